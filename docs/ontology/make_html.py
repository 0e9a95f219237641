"""Write the ontology's pages as HTML: a page a concept, and all terms.

    python docs/ontology/make_html.py                            the concepts' pages
    python docs/ontology/make_html.py --terms                    the terms too (needs pyLODE)
    python docs/ontology/make_html.py --diagrams mermaid.min.js  the diagrams anew (needs a browser)

The pages are made from the Markdown beside this file and from ``ontology/*.ttl``; they
open from disk without a network. pyLODE (BSD-3-Clause) writes the page of classes and
properties; mermaid (MIT, from npm) draws the diagrams, which are kept as SVG, so
that readers need neither.
"""

from __future__ import annotations

import argparse
import html
import re
from collections.abc import Iterator
from pathlib import Path

import rdflib
from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup
from rdflib import RDF, RDFS, SKOS

HERE = Path(__file__).resolve().parent
ONTOLOGY = HERE.parents[1] / "ontology"
TARGET = HERE / "html"
DIAGRAMS = HERE / "diagrams"
FENCE = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)
SCHEME_FILES = ("gazette.ttl", "functions.ttl", "patterns.ttl")

PAGE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""\
<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{{ title }}</title>
<style>
body { font: 1rem/1.65 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #1b1f24;
       max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
nav { display: flex; flex-wrap: wrap; gap: .3rem 1rem; padding-bottom: .75rem; border-bottom: 1px solid #c9d1d9; }
a { color: #0b57a4; } a:focus-visible { outline: 3px solid #f0a202; }
nav a[aria-current] { color: inherit; font-weight: 700; text-decoration: none; }
h1 { font-size: 1.6rem; line-height: 1.3; } h2 { font-size: 1.2rem; margin-top: 2rem; }
pre { background: #f6f8fa; padding: .9rem 1rem; overflow-x: auto; font-size: .9rem; line-height: 1.5; }
table { border-collapse: collapse; margin: 1rem 0; } th, td { border: 1px solid #c9d1d9; padding: .35rem .7rem;
        text-align: left; vertical-align: top; }
figure { margin: 1.25rem 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
@media print { nav { display: none; } }
</style>
</head>
<body>
<nav aria-label="概念 concepts">
{% for name, label in pages %}
<a href="{{ name }}.html"{% if name == here %} aria-current="page"{% endif %}>{{ label }}</a>
{% endfor %}
</nav>
<main>
{{ body }}
</main>
</body>
</html>
""")
"""Every page: a bar that leads to all others, and the words."""


def sources() -> dict[str, str]:
    """Return the Markdown of each page by the name of its HTML file, the index first."""
    words = {"index": (HERE / "README.md").read_text(encoding="utf-8")}
    for path in sorted(HERE.glob("*.md")):
        if path.name != "README.md":
            words[path.stem] = path.read_text(encoding="utf-8")
    return words


def concept_pages() -> dict[str, str]:
    """Return the HTML of each concept's page, of the index and of the lists of concepts."""
    words = sources()
    labels = [(name, _title(text)) for name, text in words.items()]
    labels += [("schemes", "取值 · values"), ("terms", "术语 · terms")]
    made = {}
    for name, text in words.items():
        made[name] = PAGE.render(
            title=_title(text), here=name, pages=labels, body=Markup(_body(name, text))
        )
    made["schemes"] = PAGE.render(
        title="取值 · values", here="schemes", pages=labels, body=Markup(_schemes())
    )
    return made


def terms_page() -> str:
    """Return the page of classes and properties, as pyLODE writes it.

    Concept schemes are left to :func:`concept_pages`: pyLODE would take their titles for
    the ontology's own.
    """
    from pylode.profiles.ontpub import OntPub  # type: ignore[import-not-found]

    terms = rdflib.Graph().parse(ONTOLOGY / "gazette.ttl")
    for kind in (SKOS.ConceptScheme, SKOS.Concept):
        for subject in set(terms.subjects(RDF.type, kind)):
            terms.remove((subject, None, None))
    for subject in set(terms.subjects(RDFS.label)):
        zh, en = _words(terms, subject, RDFS.label)
        terms.set((subject, RDFS.label, rdflib.Literal(f"{zh} · {en}")))
    return str(OntPub(terms, sort_subjects=True).make_html())


def draw(mermaid: Path) -> None:
    """Draw the diagrams of all pages as SVG, in a browser without a network."""
    from playwright.sync_api import sync_playwright

    DIAGRAMS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.set_content("<!DOCTYPE html><meta charset=utf-8><body></body>")
        page.add_script_tag(path=str(mermaid))
        page.evaluate(
            "mermaid.initialize({startOnLoad: false, deterministicIds: true, htmlLabels: false,"
            " flowchart: {htmlLabels: false}, theme: 'neutral', fontFamily: 'system-ui, sans-serif'})"
        )
        for name, text in sources().items():
            for source in FENCE.findall(text):
                drawn = page.evaluate(
                    "async ([id, text]) => (await mermaid.render(id, text)).svg",
                    [f"diagram-{name}", source],
                )
                (DIAGRAMS / f"{name}.svg").write_text(drawn + "\n", encoding="utf-8", newline="\n")
        browser.close()


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ")


def _body(name: str, text: str) -> str:
    """Return a page's words as HTML: diagrams drawn, links to Markdown made links to HTML."""
    drawn = DIAGRAMS / f"{name}.svg"
    mark = "DIAGRAM-STANDS-HERE"
    words = MarkdownIt("commonmark").enable("table").render(FENCE.sub(mark, text))
    words = re.sub(r'href="README\.md"', 'href="index.html"', words)
    words = re.sub(r'href="([\w-]+)\.md"', r'href="\1.html"', words)
    words = words.replace('href="html/', 'href="')
    words = re.sub(r'href="\.\./', 'href="../../', words)
    label = html.escape(_title(text), quote=True)
    picture = drawn.read_text(encoding="utf-8").strip() if drawn.exists() else ""
    figure = f'<figure role="img" aria-label="{label}">{picture}</figure>'
    return words.replace(f"<p>{mark}</p>", figure)


def _schemes() -> str:
    """Return a table for each list of concepts: notation, labels, definitions."""
    known = rdflib.Graph()
    for name in SCHEME_FILES:
        known.parse(ONTOLOGY / name)
    parts = ["<h1>取值 · values</h1>"]
    for scheme in sorted(known.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        zh, en = _words(known, scheme, SKOS.prefLabel)
        anchor = html.escape(str(scheme).rpartition("#")[2], quote=True)
        parts.append(f'<h2 id="{anchor}">{html.escape(zh)} · {html.escape(en)}</h2>')
        parts.append("<table><tr><th>IRI</th><th>中文</th><th>English</th></tr>")
        for concept in sorted(known.subjects(SKOS.inScheme, scheme), key=str):
            names = _words(known, concept, SKOS.prefLabel)
            notes = _words(known, concept, SKOS.definition)
            cells = "".join(
                f"<td><strong>{html.escape(name)}</strong><br>{html.escape(note)}</td>"
                for name, note in zip(names, notes, strict=True)
            )
            parts.append(f"<tr><td><code>{html.escape(str(concept))}</code></td>{cells}</tr>")
        parts.append("</table>")
    return "\n".join(parts)


def _words(known: rdflib.Graph, subject: rdflib.term.Node, verb: rdflib.URIRef) -> tuple[str, str]:
    found = {
        word.language: str(word)
        for word in known.objects(subject, verb)
        if isinstance(word, rdflib.Literal)
    }
    return found.get("zh", ""), found.get("en", "")


def written() -> Iterator[tuple[Path, str]]:
    """Yield each page that needs neither pyLODE nor a browser, with its file."""
    for name, page in concept_pages().items():
        yield TARGET / f"{name}.html", page


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--terms", action="store_true", help="write the page of terms too")
    parser.add_argument("--diagrams", type=Path, metavar="MERMAID", help="draw the diagrams anew")
    options = parser.parse_args()
    if options.diagrams:
        draw(options.diagrams)
    TARGET.mkdir(exist_ok=True)
    for path, page in written():
        path.write_text(page, encoding="utf-8", newline="\n")
    if options.terms:
        (TARGET / "terms.html").write_text(terms_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
