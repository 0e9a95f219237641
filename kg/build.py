"""The main job: from files to a build folder with graph, store, tables and site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.facts import DocumentFacts
from kg.files import exchange, fresh_folder, inputs
from kg.pipeline import Pipeline
from kg.rdf.vocabulary import DEFAULT_BASE

__all__ = ["BuildResult", "build"]

Progress = Callable[[int, int, str], None]
"""Called with how many files are done, how many there are, and the next one's name."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build has made, for the summary; ``errors`` are files left out."""

    folder: Path
    documents: int
    notices: int
    units: int
    tasks: int
    assignments: int
    findings: int
    errors: tuple[InputError, ...]
    notes: tuple[str, ...]


def build(
    paths: Sequence[Path],
    folder: Path,
    base: str = DEFAULT_BASE,
    registers: Sequence[Path] = (),
    progress: Progress | None = None,
) -> BuildResult:
    """Read files and write the knowledge graph.

    Parameters
    ----------
    paths
        Files and folders.
    folder
        The build folder; what stood there is replaced as a whole, and only when
        everything has been written.
    base
        The IRI that the data's identifiers hang from.
    registers
        Register files of the user's own, before the one that comes along.
    progress
        Told about each file.

    Raises
    ------
    RegisterError
        A register file is not valid.
    """
    pipeline = Pipeline(registers)
    errors: list[InputError] = []
    notes: list[str] = []
    facts = _read_all(pipeline, paths, errors, notes, progress)
    if facts:
        fresh = fresh_folder(folder)
        write(facts, fresh, base)
        exchange(fresh, folder)
    used = {fact.unit for document in facts for fact in document.assignments}
    return BuildResult(
        folder,
        len(facts),
        sum(len(document.notices) for document in facts),
        len(used),
        sum(len(document.tasks) for document in facts),
        sum(len(document.assignments) for document in facts),
        sum(len(document.findings) for document in facts),
        tuple(errors),
        tuple(notes),
    )


def _read_all(
    pipeline: Pipeline,
    paths: Sequence[Path],
    errors: list[InputError],
    notes: list[str],
    progress: Progress | None,
) -> list[DocumentFacts]:
    """Read every file; a file that cannot be read is an error, the others go on."""
    found = list(inputs(paths))
    facts: dict[str, DocumentFacts] = {}
    for done, entry in enumerate(found):
        if isinstance(entry, InputError):
            errors.append(entry)
            continue
        path, name = entry
        if progress:
            progress(done, len(found), name)
        try:
            document = pipeline.read(path, name)
            _check_gazette(document, path)
        except InputError as error:
            errors.append(error)
            continue
        same = facts.get(document.document.id)
        if same is not None:
            notes.append(
                f"{path}: same text as {same.document.name}, read once · 内容相同，只读一次"
            )
            continue
        facts[document.document.id] = document
    if progress:
        progress(len(found), len(found), "")
    return [facts[key] for key in sorted(facts)]


def _check_gazette(facts: DocumentFacts, path: Path) -> None:
    """Refuse a text in which nothing of a gazette is found."""
    numbered = any(notice.number for notice in facts.notices)
    if not numbered and not facts.assignments and not facts.references and not facts.memberships:
        raise InputError(
            str(path),
            "no notice found: neither a document number (发文字号) nor a duty or reference; "
            "is this a gazette? · 没有找到通知、分工或引用，这是公报吗？",
        )


def write(facts: Sequence[DocumentFacts], folder: Path, base: str) -> None:
    """Write all of a build into ``folder``: graph, store, tables, site."""
    from kg.measures import measure, write_measures
    from kg.measures.cube import observations
    from kg.pages.site import write_site
    from kg.rdf.dataset import quads, turtle
    from kg.store import write_store
    from kg.tables import write_tables

    measures = measure(facts)
    lines = quads(facts, base, observations(measures, base))
    nquads = folder / "graph.nq"
    nquads.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    (folder / "graph.ttl").write_bytes(turtle(lines))
    write_store(nquads, folder / "store")
    write_tables(folder / "tables", facts)
    write_measures(folder / "tables", measures)
    write_site(folder / "site", facts)
