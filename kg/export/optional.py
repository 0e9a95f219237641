"""Packages that only some exports and plots need."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kg.errors import GazetteError

__all__ = ["optional"]


def optional(package: str, purpose: str, extra: str = "export") -> ModuleType:
    """Import a package, or say what to install."""
    try:
        return import_module(package)
    except ImportError:
        name = package.partition(".")[0]
        raise GazetteError(
            f"{purpose} needs the package {name}: pip install 'gazette-kg[{extra}]' "
            f"· 缺少 {name}，请安装 gazette-kg[{extra}]"
        ) from None
