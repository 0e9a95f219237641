"""Workers: as many as there are queries at once, up to a limit; a slow one is ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Coroutine
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.serve.worker import Answer, Request, problem

__all__ = ["Limits", "Pool"]

_START = 300
"""Seconds that a worker may take to open the store."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use.

    Parameters
    ----------
    timeout
        Seconds.
    result
        Bytes of the answer.
    request
        Bytes of the query and what comes with it.
    memory
        Bytes of a worker's memory; 0 for as many as there are.
    workers
        Queries at once.
    """

    timeout: int = 30
    result: int = 64_000_000
    request: int = 1_000_000
    memory: int = 4_000_000_000
    workers: int = 8


class _EndedError(Exception):
    """The worker is no more."""


class _Worker:
    """One process, and the pipes to it."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.ended = False

    @classmethod
    async def start(cls, build: Path, limits: Limits) -> tuple[_Worker, list[str]]:
        """Start a process and wait until it has opened the store; return its graphs too."""
        numbers = (limits.timeout, limits.result, limits.memory)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kg.serve.worker",
            str(build),
            *map(str, numbers),
            stdin=PIPE,
            stdout=PIPE,
            # An engine that runs out of memory prints its stack.
            stderr=asyncio.subprocess.DEVNULL,
            env={**_environment(), "PYTHONUTF8": "1"},
        )
        worker = cls(process)
        try:
            head, _ = await asyncio.wait_for(worker._read(), _START)
        except asyncio.CancelledError:
            # The server stops while this worker is still opening the store.
            await worker.end()
            raise
        except (_EndedError, TimeoutError):
            await worker.end()
            raise StoreError(f"{build}: no worker could open the store · 无法打开图谱") from None
        if "error" in head:
            await worker.end()
            raise StoreError(str(head["error"]))
        return worker, [str(graph) for graph in head["graphs"]]  # type: ignore[attr-defined]

    async def ask(self, request: Request) -> Answer:
        """Send a request and return the answer."""
        words = json.dumps(asdict(request), ensure_ascii=False).encode()
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(struct.pack("!II", len(words), 0) + words)
            await self.process.stdin.drain()
        except ConnectionError as error:
            raise _EndedError from error
        head, body = await self._read()
        return Answer(int(str(head["status"])), str(head["media_type"]), body)

    async def _read(self) -> tuple[dict[str, object], bytes]:
        assert self.process.stdout is not None
        try:
            sizes = struct.unpack("!II", await self.process.stdout.readexactly(8))
            head = json.loads(await self.process.stdout.readexactly(sizes[0]))
            return head, await self.process.stdout.readexactly(sizes[1])
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            self.ended = True
            raise _EndedError from error

    async def end(self) -> None:
        """Kill the process and wait until it is gone."""
        if not self.ended:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
        await self.process.wait()
        # What could not be written is asked for: else asyncio prints it when it is forgotten.
        assert self.process.stdin is not None
        self.process.stdin.close()
        with contextlib.suppress(ConnectionError):
            await self.process.stdin.wait_closed()


def _environment() -> dict[str, str]:
    """Return the environment of a worker: this one, with the program findable."""
    import os

    root = str(Path(__file__).resolve().parents[2])
    path = os.environ.get("PYTHONPATH", "")
    # Names with a secret in them are not for a process that runs other people's queries.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return {**kept, "PYTHONPATH": f"{root}{os.pathsep}{path}" if path else root}


class Pool:
    """Answers requests, each in a worker of its own while it lasts."""

    def __init__(self, build: Path, limits: Limits) -> None:
        self.build = build
        self.limits = limits
        self.graphs: list[str] = []
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._places = asyncio.Semaphore(limits.workers)
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def open(self) -> None:
        """Start the first worker, which tells what the data set holds."""
        await self._spare()

    async def close(self) -> None:
        """End every worker, and with it the query that it is at."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._all))
        self._all.clear()

    async def ask(self, request: Request) -> Answer:
        """Answer a request; one that takes too long is ended, and its worker with it."""
        try:
            async with asyncio.timeout(self.limits.timeout):
                await self._places.acquire()
            if self._closed:
                self._places.release()
                return problem(503, "The server is stopping. 服务正在停止。")
        except TimeoutError:
            return problem(
                503,
                f"All {self.limits.workers} places are taken by other queries; try again later. "
                "正在执行的查询已满，请稍后再试。",
            )
        try:
            return await self._ask(request)
        finally:
            self._places.release()

    async def _ask(self, request: Request) -> Answer:
        worker = await self._take()
        back = False
        try:
            async with asyncio.timeout(self.limits.timeout):
                answer = await worker.ask(request)
            back = True
            return answer
        except TimeoutError:
            return problem(
                500,
                f"The query timed out after {self.limits.timeout} s and was stopped. "
                f"查询超过 {self.limits.timeout} 秒，已停止。",
            )
        except _EndedError:
            return problem(
                500,
                "The query used up the memory that it may have, or broke the engine, or the server "
                "was stopped. 查询耗尽内存、使引擎出错，或服务已停止。",
            )
        finally:
            # A request that was called off leaves an answer in the pipe, so its worker
            # goes the way of one that was too slow.
            if back:
                self._idle.append(worker)
            elif not self._closed:
                self._later(self._replace(worker))

    async def _take(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.process.returncode is None:
                if not self._idle and len(self._all) < self.limits.workers:
                    self._later(self._spare())
                return worker
            self._all.discard(worker)
        worker, _ = await _Worker.start(self.build, self.limits)
        self._all.add(worker)
        return worker

    async def _spare(self) -> None:
        """Start a worker ahead of the query that will need it."""
        worker, graphs = await _Worker.start(self.build, self.limits)
        self.graphs = graphs
        self._all.add(worker)
        self._idle.append(worker)

    async def _replace(self, worker: _Worker) -> None:
        await worker.end()
        self._all.discard(worker)
        if not self._idle:
            await self._spare()

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        # A spare that could not start is missed by nobody: the next query starts its own.
        if not task.cancelled():
            task.exception()
