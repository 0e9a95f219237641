"""Where the pages of units, notices and documents are, from the site's folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from kg.facts import Unit

__all__ = ["document_pages", "notice_pages", "slugs", "unit_pages"]

SLUG_LENGTH = 60
UNSAFE = re.compile(r"[^\w〔〕（）]+")


def slugs(names: Mapping[str, str]) -> dict[str, str]:
    """Give each id a file name that every file system takes.

    A name that had to be cut or cleaned, or that another id has too, gets eight
    digits of the id's SHA-256 behind it.
    """
    result: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in sorted(names.items()):
        slug = UNSAFE.sub("-", name).strip("-")[:SLUG_LENGTH]
        if slug != name or not slug or slug.casefold() in taken:
            digest = hashlib.sha256(key.encode()).hexdigest()[:8]
            slug = f"{slug}-{digest}" if slug else digest
        taken.add(slug.casefold())
        result[key] = slug
    return result


def unit_pages(units: Iterable[Unit]) -> dict[str, str]:
    """Return each unit's page by its id, from the site's folder, without encoding."""
    names = {unit.id: unit.name for unit in units}
    return {key: f"units/{slug}.html" for key, slug in slugs(names).items()}


def notice_pages(names: Mapping[str, str]) -> dict[str, str]:
    """Return each notice's page by its id, likewise; ``names`` tell what notices are called."""
    return {key: f"notices/{slug}.html" for key, slug in slugs(names).items()}


def document_pages(names: Mapping[str, str]) -> dict[str, str]:
    """Return each document's page by its id, without encoding; ``names`` are those of files."""
    stems = {key: PurePath(name).stem for key, name in names.items()}
    return {key: f"documents/{slug}.html" for key, slug in slugs(stems).items()}
