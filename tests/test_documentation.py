"""Documentation tells the truth: every finding rule, command and file that it names exists."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from kg.cli import COMMANDS, command_parser, main
from kg.resolution.register import LEVELS

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


@pytest.mark.parametrize("command", [*COMMANDS, "nothing"])
def test_wrong_use_is_told_in_both_languages(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--no-such-option"])
    assert caught.value.code == 2
    program = f"kg {command}" if command in COMMANDS else "kg"
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith(f"{program}: error: ")
    assert line.endswith(f" · 用法有误，参见 {program} --help")


@pytest.mark.parametrize("command", ["query unit-load", "measure", "validate"])
def test_what_the_system_refuses_is_told_in_one_line(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    build = "名" * 300
    assert main([*command.split(), "--build", build]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"kg: {build}")
    assert err.endswith(" · 文件无法读写\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "README.zh-CN.md",
        "docs/collections.md",
        "docs/extraction.md",
        "docs/findings.md",
        "docs/register.md",
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert links
    for link in links:
        assert (path.parent / link).exists(), link


def test_the_example_of_a_register_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "register.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^( *)```(\w+)\n(.*?)^ *```$", page, re.M | re.S)
    notice, stub, register, counties = (
        textwrap.dedent(text) for _, language, text in blocks if language
    )
    paths = {"notice.txt": notice, "my.ttl": register, "my.csv": counties}
    for name, text in paths.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    source, own, rows = (str(tmp_path / name) for name in paths)
    assert main(["units", "unresolved", "--turtle", source]) == 0
    assert capsys.readouterr().out.endswith(f"\n\n{stub}\n")

    written, official = "市活力办", "苏州市城市活力提升工作办公室"
    explain = ["units", "explain", written, "--date", "2022-05-06", "--register", own]
    for issuer, named in (
        ("苏州市人民政府", official),
        ("苏州市姑苏区人民政府", official),
        ("徐州市人民政府", "徐州市活力办"),
    ):
        assert main([*explain, "--issuer", issuer]) == 0
        assert f"{written} → {named}  " in capsys.readouterr().out
    assert main(["units", "unresolved", source, "--register", own]) == 0
    assert "every name is resolved" in capsys.readouterr().out

    for issuer, day, place in (
        ("新立县人民政府", "2027-03-01", "新立县"),
        ("洛阳市旧立区人民政府", "2026-03-01", "洛阳市旧立区"),
    ):
        arguments = ["units", "explain", place[-1] + "财政局", "--issuer", issuer, "--date", day]
        assert main([*arguments, "--register", rows]) == 0
        assert f"→ {place}财政局  " in capsys.readouterr().out


def test_the_lists_in_the_register_page_are_those_of_the_register() -> None:
    page = (ROOT / "docs" / "register.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `gaz:(unitKind|level)` \| `\w+:` ([\w, ]+?) ·", page, re.M)
    patterns = (ROOT / "ontology" / "patterns.ttl").read_text(encoding="utf-8")
    for (_, names), prefix in zip(listed, ("kind", "level"), strict=True):
        declared = re.findall(rf"^{prefix}:(\w+) a skos:Concept", patterns, re.M)
        assert sorted(names.split(", ")) == sorted(declared)
    assert set(declared) == set(LEVELS)


def test_files_named_in_the_extraction_page_exist() -> None:
    text = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    for name in re.findall(r"`(kg/[a-z_/]+(?:\.py)?)`", text):
        assert (ROOT / name).exists(), name
