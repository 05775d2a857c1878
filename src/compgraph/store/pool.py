"""Queries of many people at once: each in a process of its own that can be killed, so that none waits for another."""

import asyncio
import signal
from contextlib import suppress
from pathlib import Path

from compgraph.errors import LimitError, QueryError
from compgraph.store.queries import Reply, command, environment, failure, reply

_KEPT = 4_000_000
"""Bytes of an answer after which a process is not used again: what it took then, it would keep."""


class BusyError(LimitError):
    """As many queries run as may run at a time."""


class Pool:
    """Processes that answer queries over one store; started as they are needed, kept for the next one.

    At most ``most`` run at a time, each within ``memory`` bytes of address space.
    """

    def __init__(self, store: Path, *, most: int, memory: int) -> None:
        self._store = store
        self._most = most
        self._memory = memory
        self._idle: list[_Worker] = []
        self._running = 0

    async def ask(self, asked: bytes, *, seconds: float) -> Reply:
        """What a query (``queries.request``) gives. If this is cancelled, the process ends at once.

        Raises BusyError; LimitError if it takes more than ``seconds``, or too much memory; QueryError for a query that
        is wrong, or brings the engine down; SnapshotError if the store can't be opened.
        """
        if self._running >= self._most:
            raise BusyError(f"{self._most} queries are running, and no more may. Try again in a moment.")
        self._running += 1
        try:
            return await self._answer(asked, seconds)
        finally:
            self._running -= 1

    async def _answer(self, asked: bytes, seconds: float) -> Reply:
        worker = self._ready() or await _Worker.start(self._store, self._memory)
        try:
            async with asyncio.timeout(seconds):
                kind, problem, body = await worker.exchange(asked)
        except TimeoutError as error:
            await worker.end()
            raise LimitError(
                f"The query took more than {seconds:g} s and was stopped. Make it narrower: name a framework, join "
                "what is apart, add LIMIT."
            ) from error
        except EOFError as error:
            raise self._broken(await worker.end()) from error
        except BaseException:
            worker.kill()
            raise
        if len(body) > _KEPT or kind in ("many", "store"):
            worker.kill()
        else:
            self._idle.append(worker)
        if kind in ("syntax", "engine", "store"):
            raise failure(kind, problem, self._store)
        return kind, problem, body

    def _ready(self) -> "_Worker | None":
        while self._idle:
            worker = self._idle.pop()
            if worker.lives:
                return worker
        return None

    def _broken(self, code: int) -> QueryError:
        if code == -signal.SIGSEGV:
            return QueryError("The query is nested too deeply, or too long, for the engine. Make it flatter.")
        return LimitError(
            f"The query took more than {self._memory // 2**20} MiB of memory and was stopped. Make it narrower: name a "
            "framework, join what is apart, add LIMIT."
        )

    async def close(self) -> None:
        """End the processes. No query may be running."""
        await asyncio.gather(*(worker.end() for worker in self._idle))
        self._idle.clear()


class _Worker:
    """One process; it answers one query at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, store: Path, memory: int) -> "_Worker":
        return cls(
            await asyncio.create_subprocess_exec(
                *command(store, memory),
                env=environment(),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                limit=2**20,
            )
        )

    @property
    def lives(self) -> bool:
        return self._process.returncode is None

    async def exchange(self, asked: bytes) -> Reply:
        """Raises EOFError if the process ends before it has answered."""
        process = self._process
        assert process.stdin is not None and process.stdout is not None  # noqa: S101  (both are pipes)
        with suppress(ConnectionError):  # one that could not open its store has already said so
            process.stdin.write(asked)
            await process.stdin.drain()
        size = int.from_bytes(await process.stdout.readexactly(8))
        return reply(await process.stdout.readexactly(size))

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> int:
        """End the process, whatever it does; what it ended with."""
        code = self._process.returncode
        if code is None:
            # It may be ending by itself, and then how it ends is worth knowing.
            with suppress(TimeoutError):
                return await asyncio.wait_for(self._process.wait(), 0 if not self._at_end() else 1)
            self.kill()
        return await self._process.wait()

    def _at_end(self) -> bool:
        return self._process.stdout is not None and self._process.stdout.at_eof()
