"""Templates, scripts and files: what every page of the site is made with."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.pages.labels import (
    ACTS,
    CERTAINTIES,
    DEADLINES,
    JOINT,
    LEVELS,
    RELATIONS,
    ROLES,
    RULES,
    SEVERITIES,
    Label,
)
from kg.pages.texts import TEXTS, script_texts
from kg.pages.volume import VolumeView

__all__ = ["STATIC", "Assets", "Renderer", "environment", "number_text"]

HERE = Path(__file__).parent
STATIC = HERE / "static"

# The browser is told to load nothing but the site's own files. Scripts that stand
# in a page are named by their hash, so that no other inline script ever runs.
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; "
    "img-src 'self' data: blob:; base-uri 'none'; form-action 'none'"
)


@cache
def environment() -> Environment:
    """Return the Jinja environment of all pages: everything is escaped."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["json.dumps_kwargs"] = {
        "sort_keys": True,
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
    env.globals.update(
        say=say,
        number_text=number_text,
        script_texts=script_texts(),
        ACTS=ACTS,
        ROLES=ROLES,
        RULES=RULES,
        CERTAINTIES=CERTAINTIES,
        DEADLINES=DEADLINES,
        JOINT=JOINT,
        RELATIONS=RELATIONS,
        SEVERITIES=SEVERITIES,
        LEVELS=LEVELS,
        Label=Label,
    )
    return env


def say(key: str, **values: object) -> Label:
    """Return the text ``key`` in both languages with ``values`` set in."""
    zh, en = TEXTS[key]
    return Label(zh.format(**values), en.format(**values)) if values else Label(zh, en)


def number_text(value: object) -> str:
    """Return a value as a reader wants it: at most four digits behind the point."""
    if value in ("", None):
        return "—"
    if not isinstance(value, float):
        return str(value)
    if 0 < abs(value) < 0.001:
        return f"{value:.2g}"
    return f"{value:.4f}".rstrip("0").rstrip(".")


@cache
def static_text(name: str) -> str:
    """Return a file of ``static/``."""
    return (STATIC / name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    """Return the hash by which a content security policy names an inline text."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@dataclass(frozen=True, slots=True)
class Assets:
    """The scripts and styles of one page.

    Parameters
    ----------
    scripts
        Files of ``static/``, in the order in which they run.
    root
        The way from the page to the site's folder: empty, or ``../``.
    inline
        Whether the page holds them itself, and so can be sent by mail alone.
    """

    scripts: tuple[str, ...] = ("core.js",)
    styles: tuple[str, ...] = ("site.css",)
    root: str = ""
    inline: bool = False

    @property
    def policy(self) -> str:
        """The page's content security policy."""
        if not self.inline:
            return POLICY.format(scripts="'self'", styles="'self'")
        return POLICY.format(
            scripts=" ".join(["'self'", *(_source(static_text(name)) for name in self.scripts)]),
            styles=" ".join(_source(static_text(name)) for name in self.styles),
        )

    def text(self, name: str) -> Markup:
        """Return a static file to stand in the page.

        These are the program's own files; what a document says never goes here.
        """
        return Markup(static_text(name))


@dataclass
class Renderer:
    """Writes pages below one folder and remembers which static files they use.

    ``folder`` is that of the site, or of a ``volume`` of it, which has none of these files.
    """

    folder: Path
    common: Mapping[str, Any]
    volume: VolumeView | None = None
    used: set[str] = field(default_factory=set)

    def context(self, page: str, assets: Assets, **values: object) -> dict[str, Any]:
        """Return what a template gets to see."""
        self.used.update(("server.js", "icon.svg"))
        if not assets.inline:
            self.used.update(assets.scripts, assets.styles)
        return {
            **self.common,
            "page": page,
            "assets": assets,
            "root": assets.root,
            "top": assets.root + (self.volume.up if self.volume else ""),
            "volume": self.volume,
            **values,
        }

    def write(self, page: str, template: str, assets: Assets, **values: object) -> None:
        """Render ``template`` to the file ``page`` of the site."""
        context = self.context(page, assets, **values)
        self.save(page, environment().get_template(template).render(context))

    def save(self, page: str, text: str) -> None:
        """Write a file of the site: UTF-8 with line feeds, whatever the machine's locale."""
        path = self.folder.joinpath(*PurePosixPath(page).parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))

    def data(self, name: str, value: object) -> None:
        """Write data that a page loads when it is asked for them, as ``data/NAME.js``."""
        template = environment().get_template("data.js")
        self.save(f"data/{name}.js", template.render(name=name, value=value))

    def copy_static(self) -> None:
        """Put the static files beside the pages, with the licences of others' work."""
        for name in sorted(self.used):
            self.save(f"static/{name}", static_text(name))
        for licence in sorted((STATIC / "licences").iterdir()):
            name = f"licences/{licence.name}"
            self.save(f"static/{name}", static_text(name))
