"""Queries of many people at once: each in a process of its own that can be killed, so that none waits for another."""

import asyncio
import signal
from contextlib import suppress
from pathlib import Path

from compgraph.errors import LimitError, QueryError
from compgraph.store.queries import Reply, command, environment, failure, reply

_KEPT = 4_000_000
"""Bytes of an answer after which a process is not used again: what it took then, it would keep."""
_PATIENCE = 1.0
"""Seconds that a query waits until another has ended."""


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
        self._killed: list[_Worker] = []
        self._places = asyncio.Semaphore(most)

    async def ask(self, asked: bytes, *, seconds: float) -> Reply:
        """What a query (``queries.request``) gives. If this is cancelled, the process ends at once.

        Raises BusyError; LimitError if it takes more than ``seconds``, or too much memory; QueryError for a query that
        is wrong, or brings the engine down; SnapshotError if the store can't be opened.
        """
        if self._places.locked():
            await self._wait()
        else:
            await self._places.acquire()
        try:
            return await self._answer(asked, seconds)
        finally:
            self._places.release()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._places.acquire()
        except TimeoutError as error:
            raise BusyError(f"{self._most} queries are running, and no more may. Try again in a moment.") from error

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
            self._kill(worker)
            raise
        if len(body) > _KEPT or kind in ("many", "store"):
            self._kill(worker)
        else:
            self._idle.append(worker)
        if kind in ("syntax", "engine", "store"):
            raise failure(kind, problem, self._store)
        return kind, problem, body

    def _kill(self, worker: "_Worker") -> None:
        """End a process without waiting for it; ``close`` does."""
        worker.kill()
        self._killed = [*(each for each in self._killed if each.lives), worker]

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
        await asyncio.gather(*(worker.end() for worker in (*self._idle, *self._killed)))
        self._idle.clear()
        self._killed.clear()


class _Worker(asyncio.SubprocessProtocol):
    """One process; it answers one query at a time."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._answer: asyncio.Future[Reply] | None = None
        self._ended = asyncio.get_running_loop().create_future()
        self._is_broken = False
        self._process: asyncio.SubprocessTransport

    @classmethod
    async def start(cls, store: Path, memory: int) -> "_Worker":
        _, worker = await asyncio.get_running_loop().subprocess_exec(
            cls,
            *command(store, memory),
            env=environment(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        return worker

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The process runs."""
        assert isinstance(transport, asyncio.SubprocessTransport)  # noqa: S101  (it was asked for)
        self._process = transport

    @property
    def lives(self) -> bool:
        return self._process.get_returncode() is None

    async def exchange(self, asked: bytes) -> Reply:
        """Raises EOFError if the process ends before it has answered."""
        self._answer = asyncio.get_running_loop().create_future()
        if self._is_broken:
            raise EOFError
        incoming = self._process.get_pipe_transport(0)
        assert isinstance(incoming, asyncio.WriteTransport)  # noqa: S101  (it is a pipe)
        incoming.write(asked)
        return await self._answer

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Take in a part of the answer, which begins with its length."""
        self._received += data
        if len(self._received) - 8 >= int.from_bytes(self._received[:8]):
            message, self._received = bytes(self._received[8:]), bytearray()
            if self._answer is not None and not self._answer.done():
                self._answer.set_result(reply(message))

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """No more will come from the process, or it takes in no more."""
        if fd == 1:
            self._is_broken = True
            if self._answer is not None and not self._answer.done():
                self._answer.set_exception(EOFError())

    def process_exited(self) -> None:
        """The process has ended."""
        self._process.close()
        if not self._ended.done():
            self._ended.set_result(None)

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> int:
        """End the process, unless it is ending by itself; what it ended with."""
        if self._is_broken:
            with suppress(TimeoutError):  # how it ends is worth knowing
                await asyncio.wait_for(asyncio.shield(self._ended), 1)
        self.kill()
        await self._ended
        return self._process.get_returncode() or 0
