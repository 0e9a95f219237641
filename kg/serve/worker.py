"""A process that answers queries, one after the other, until it is stopped.

``python -m kg.serve.worker`` reads requests from its standard input and writes
answers to its standard output, each as a frame: four bytes of length, then JSON;
behind the JSON of an answer comes its body. The engine cannot be told to give up
a query, and its own server's time-out does not reach every part of it; so the
time-out is that the process ends.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import struct
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg.errors import GazetteError
from kg.query.syntax import syntax_message
from kg.rdf.vocabulary import PREFIXES
from kg.serve.formats import GRAPHS, RESULTS, negotiate
from kg.serve.guard import Dataset, RefusedError, UnclearError, dataset_of
from kg.store import open_build

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["Answer", "Request", "problem", "read_frame", "write_frame"]

_GRACE = 5
"""Seconds after the time-out at which a worker ends itself, should nobody end it."""


@dataclass(frozen=True, slots=True)
class Request:
    """A query as it came over HTTP; ``dataset`` is what the request names beside it."""

    query: str
    accept: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status, a media type and a body."""

    status: int
    media_type: str
    body: bytes


def problem(status: int, words: str) -> Answer:
    """Return an answer that says what is wrong."""
    return Answer(status, "text/plain", f"{words}\n".encode())


class TooLargeError(Exception):
    """The result is larger than the endpoint gives out."""


class _Capped(io.BytesIO):
    """Collects what is written, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: Buffer) -> int:
        written = super().write(data)
        if self.tell() > self.limit:
            raise TooLargeError
        return written


class Worker:
    """An open store and the limits within which it is asked."""

    def __init__(self, store: ox.Store, most_bytes: int) -> None:
        self.store = store
        self.most_bytes = most_bytes
        self.graphs = {graph.value for graph in store.named_graphs() if _is_named(graph)}

    def answer(self, request: Request) -> Answer:
        """Answer a query, or say why not."""
        try:
            own = dataset_of(request.query)
            # SPARQL 1.1 Protocol, 2.1.4: what the request names goes before FROM.
            dataset = Dataset(request.default, request.named) or own
            self._check(dataset)
            return self._evaluate(request, dataset)
        except RefusedError as error:
            return problem(403, str(error))
        except UnclearError as error:
            return problem(400, str(error))
        except TooLargeError:
            return problem(
                500,
                f"The result is larger than {self.most_bytes / 1e6:g} MB and was not sent: "
                "add a LIMIT, or ask for fewer columns. "
                f"结果超过 {self.most_bytes / 1e6:g} MB，未发送：请加 LIMIT 或减少列。",
            )
        except SyntaxError as error:
            return problem(400, syntax_message("query", request.query, str(error)))
        except (OSError, RuntimeError, ValueError, OverflowError) as error:
            return problem(500, f"The query failed: {error}. 查询失败。")

    def _check(self, dataset: Dataset) -> None:
        for graph in (*dataset.default, *dataset.named):
            if graph not in self.graphs:
                raise RefusedError(
                    f"<{graph}> is no graph of this data set, and none is fetched from elsewhere. "
                    "数据集中没有这个图，也不会从别处获取。"
                )

    def _evaluate(self, request: Request, dataset: Dataset) -> Answer:
        if dataset:
            answer = self.store.query(
                request.query,
                prefixes=PREFIXES,
                default_graph=[ox.NamedNode(graph) for graph in dataset.default],
                named_graphs=[ox.NamedNode(graph) for graph in dataset.named],
            )
        else:
            answer = self.store.query(
                request.query, prefixes=PREFIXES, use_default_graph_as_union=True
            )
        offers = list(GRAPHS if isinstance(answer, ox.QueryTriples) else RESULTS)
        media_type = negotiate(request.accept, offers)
        if media_type is None:
            return problem(406, f"This query is answered in: {', '.join(offers)}. 可用格式如上。")
        body = _Capped(self.most_bytes)
        if isinstance(answer, ox.QueryTriples):
            ox.serialize(answer, body, format=GRAPHS[media_type], prefixes=PREFIXES)
        elif isinstance(answer, ox.QueryBoolean) and RESULTS[media_type] in _FLAT:
            # The formats are for rows only; other endpoints answer with one word too.
            body.write(b"true\n" if answer else b"false\n")
        else:
            answer.serialize(body, RESULTS[media_type])
        return Answer(200, media_type, body.getvalue())


_FLAT = (ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV)


def _is_named(graph: object) -> bool:
    return isinstance(graph, ox.NamedNode)


def write_frame(stream: BinaryIO, head: object, body: bytes = b"") -> None:
    """Write one frame."""
    words = json.dumps(head, ensure_ascii=False).encode()
    stream.write(struct.pack("!II", len(words), len(body)) + words + body)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, object], bytes] | None:
    """Read one frame, or nothing at the end of the stream."""
    sizes = stream.read(8)
    if len(sizes) < 8:
        return None
    head, body = struct.unpack("!II", sizes)
    return json.loads(stream.read(head)), stream.read(body)


def _confine(memory: int, in_memory: bool) -> None:
    """Take from this process what a query does not need: much memory, and sockets.

    A store in memory opens no file any more, so no file may be opened; a socket
    is one. What the system does not know cannot be taken.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        if memory:
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if in_memory:
            # The parser is loaded now: later its files cannot be opened.
            dataset_of("ASK FROM <urn:x> { }")
            resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _has_files_open() -> bool:
    """Tell whether a file is open behind standard input, output and error."""
    for number in range(3, 64):
        with contextlib.suppress(OSError):
            os.fstat(number)
            return True
    return False


def main() -> None:
    """Open the build named first and answer until standard input ends."""
    build, timeout, most_bytes, memory = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        opened = open_build(build)
    except GazetteError as error:
        write_frame(answers, {"error": str(error)})
        return
    worker = Worker(opened.engine, most_bytes)
    _confine(memory, in_memory=not _has_files_open())
    write_frame(answers, {"graphs": sorted(worker.graphs)})
    alarm = getattr(signal, "alarm", lambda _: None)
    while (frame := read_frame(requests)) is not None:
        alarm(timeout + _GRACE)
        fields = frame[0]
        answer = worker.answer(Request(**fields))  # type: ignore[arg-type]
        alarm(0)
        head = asdict(answer)
        write_frame(answers, head, head.pop("body"))


if __name__ == "__main__":
    main()
