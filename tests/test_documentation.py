"""Documentation tells the truth: every finding rule, command and file that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.cli import COMMANDS, command_parser

ROOT = Path(__file__).parents[1]


def test_every_finding_rule_is_documented() -> None:
    modules = sorted((ROOT / "kg").rglob("*.py"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    rules = set(re.findall(r"Finding(?:Fact)?\(\s*\"([a-z-]+)\"", code))
    rules |= set(re.findall(r"\"(unread-[a-z-]+)\"", code))
    documented = re.findall(
        r"^\| `([a-z-]+)`", (ROOT / "docs" / "findings.md").read_text("utf-8"), re.M
    )
    assert len(rules) >= 10
    assert rules == set(documented)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme(command: str) -> None:
    text = command_parser(command).format_help()
    assert "usage" in text
    if command != "build":
        assert f"`kg {command}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh-CN.md", "docs/extraction.md", "docs/collections.md"]
)
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert links
    for link in links:
        assert (path.parent / link).exists(), link


def test_files_named_in_the_extraction_page_exist() -> None:
    text = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    for name in re.findall(r"`(kg/[a-z_/]+(?:\.py)?)`", text):
        assert (ROOT / name).exists(), name
