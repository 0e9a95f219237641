"""Modules take from each other only what the other one offers."""

from __future__ import annotations

import ast
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATHS = sorted((ROOT / "kg").rglob("*.py"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_taken_is_offered(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kg."):
            offered = import_module(node.module).__all__
            for name in (alias.name for alias in node.names):
                assert name in offered or find_spec(f"{node.module}.{name}"), (node.module, name)
