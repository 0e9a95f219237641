"""The main job: from files to a build folder with graph, store, tables and site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.cache import FactsCache
from kg.citations import linked_all
from kg.collection import merged
from kg.errors import InputError
from kg.facts import DocumentFacts
from kg.files import exchange, fresh_folder, inputs, passed_over
from kg.pipeline import register_files
from kg.rdf.vocabulary import DEFAULT_BASE
from kg.readings import Progress, read_all

__all__ = ["BuildResult", "build"]


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
    workers: int = 0,
    cache: bool = True,
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
    workers
        How many processes read; 0 for one a processor, where files are many.
    cache
        Whether files that have not changed since the last build are taken from
        what they said then.

    Raises
    ------
    RegisterError
        A register file is not valid.
    """
    errors: list[InputError] = []
    notes = list(passed_over(paths))
    kept = FactsCache(folder.with_name(f".{folder.name}.cache"), register_files(registers))
    found: list[tuple[Path, str]] = []
    for entry in inputs(paths):
        if isinstance(entry, InputError):
            errors.append(entry)
        else:
            found.append(entry)
    read: dict[str, DocumentFacts] = {}
    outcomes = read_all(found, registers, kept if cache else None, workers, progress)
    for (path, _), outcome in zip(found, outcomes, strict=True):
        if isinstance(outcome, InputError):
            errors.append(outcome)
            continue
        same = read.get(outcome.document.id)
        if same is not None:
            notes.append(
                f"{path}: same text as {same.document.name}, read once · 内容相同，只读一次"
            )
            continue
        read[outcome.document.id] = outcome
    facts = linked_all(merged(read.values()))
    if facts:
        fresh = fresh_folder(folder)
        write(facts, fresh, base)
        exchange(fresh, folder)
        if cache:
            kept.prune()
    used = {fact.unit for document in facts for fact in document.assignments}
    return BuildResult(
        folder,
        len(facts),
        sum(len(document.notices) for document in facts),
        len(used),
        sum(len(document.tasks) for document in facts),
        sum(len(document.assignments) for document in facts),
        sum(len(document.findings) + len(document.across) for document in facts),
        tuple(errors),
        tuple(notes),
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
    write_site(folder / "site", facts, [asdict(row) for row in measures.load])
