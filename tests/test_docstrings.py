"""The examples in docstrings run, and the functions that pages name are there."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import kg

DOCS = Path(__file__).parents[1] / "docs"
MODULES = [module.name for module in pkgutil.walk_packages(kg.__path__, "kg.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_functions_that_pages_name():
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCS.glob("measures/*.md"))
    named = set(re.findall(r"`(kg\.measures\.[a-z_.]+)`", text))
    assert len(named) > 20
    for path in named:
        module, _, function = path.rpartition(".")
        assert hasattr(importlib.import_module(module), function), path


@pytest.mark.parametrize("name", [n for n in MODULES if n.startswith("kg.measures.")])
def test_measures_have_numpy_docstrings(name):
    """A public function with a formula says what goes in, what comes out, and shows it."""
    module = importlib.import_module(name)
    for public in module.__all__:
        text = getattr(module, public).__doc__ or ""
        if ".. math::" in text and callable(getattr(module, public)):
            for heading in ("Parameters", "Returns"):
                assert f"{heading}\n" in text, (name, public, heading)
            assert ">>>" in text, (name, public)
