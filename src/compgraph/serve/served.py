"""What is served at the moment, and the change to what a workspace has become."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from functools import cached_property

from starlette.requests import Request
from starlette.responses import Response

from compgraph.errors import CompgraphError, QuestionError
from compgraph.reconcile import Reconciler
from compgraph.serve.answers import answer
from compgraph.serve.documents import Documents
from compgraph.serve.kept import Kept
from compgraph.serve.limits import Limits
from compgraph.serve.paths import Paths
from compgraph.serve.sources import Opened, Source
from compgraph.store import Table
from compgraph.store.answers import decode
from compgraph.store.pool import BusyError, Pool
from compgraph.store.queries import request

_EVERY = 1.0  # seconds between two looks at the files of a workspace
_ROOM = 2**24
"""Bytes of answers to queries that are kept."""
_LOG = logging.getLogger("uvicorn.error")


class Served:
    """One state of the data, and the processes that are asked about it.

    The canned questions have processes of their own: no number of ad hoc queries keeps them waiting.
    """

    def __init__(self, opened: Opened, limits: Limits, *, is_direct: bool = False) -> None:
        self.graph = opened.graph
        self.site = opened.site
        self.limits = limits
        self.is_direct = is_direct
        """Whether an identifier is answered at once, and not by sending the client on."""
        self.paths = Paths(opened)
        self.documents = Documents(opened, self.turn)
        self.links: dict[str, str] = {}
        """The Link headers that were made, by path."""
        self.answers: Kept[Hashable, tuple[bytes, str]] = Kept(_ROOM)
        """Answers to ad hoc queries, and their types, by all that a request says."""
        folder = self.graph.store.folder
        self.ad_hoc = Pool(folder, most=limits.processes, memory=limits.memory)
        self.canned = Pool(folder, most=limits.processes, memory=limits.memory)
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._users = 0
        self._retired = False

    @cached_property
    def version(self) -> str:
        """A name for what the data says."""
        return self.graph.store.version

    @cached_property
    def made(self) -> float:
        """When the snapshot was made, in seconds since 1970."""
        return self.graph.store.made

    @cached_property
    def reconciler(self) -> Reconciler:
        """What says what names may mean."""
        return Reconciler(self.graph.store)

    async def table(self, query: str, *, default: list[str] | None = None) -> Table:
        """The rows that answer a query of ours or of a question. Raises QueryError, QuestionError if it has no rows."""
        asked = request(query, prefixes=self.graph.store.prefixes, default=default, size=self.limits.answer_bytes)
        kind, _, body = await self.canned.ask(asked, seconds=self.limits.seconds)
        rows = decode(kind, body)
        if not isinstance(rows, Table):
            raise QuestionError("This question is no SELECT query: whoever keeps it should correct its file.")
        return rows

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Lets one at a time ask the graph itself, in a thread. Raises BusyError if too many wait for that."""
        if self._waiting >= self.limits.processes:
            raise BusyError(f"{self._waiting} others wait for a comparison or an explanation. Try again in a moment.")
        self._waiting += 1
        try:
            async with self._turn:
                yield
        finally:
            self._waiting -= 1

    @asynccontextmanager
    async def in_use(self) -> AsyncIterator["Served"]:
        """Keeps everything open for as long as a request needs it."""
        self._users += 1
        try:
            yield self
        finally:
            self._users -= 1
            await self._close_if_done()

    async def retire(self) -> None:
        """Close everything as soon as the last request is answered that needs it."""
        self._retired = True
        await self._close_if_done()

    async def _close_if_done(self) -> None:
        if self._retired and not self._users:
            await asyncio.gather(self.ad_hoc.close(), self.canned.close())
            self.graph.close()


class Current:
    """Holds what is served at the moment."""

    def __init__(self, opened: Opened, limits: Limits, *, is_direct: bool = False) -> None:
        self.served = Served(opened, limits, is_direct=is_direct)

    async def follow(self, source: Source) -> None:
        """Serve what a workspace has become, whenever its files change, without an end.

        Requests are answered all the while, each from one state of the data. A workspace that is broken is not taken
        up; the log says what is wrong.
        """
        seen = source.stamps()
        while True:
            await asyncio.sleep(_EVERY)
            try:
                stamps = await asyncio.to_thread(source.stamps)
                if stamps == seen:
                    continue
                seen = stamps
                opened = await asyncio.to_thread(source.open)
            except (CompgraphError, OSError, UnicodeError) as error:  # a file may be half written, or go as we read
                _LOG.warning("The changed workspace is not taken up: %s", " ".join(str(error).split()))
                continue
            before = self.served
            self.served = Served(opened, before.limits, is_direct=before.is_direct)
            await before.retire()
            _LOG.info("The changed workspace is served: data %s.", self.served.version)


def json_answer(asked: Request, told: object, served: Served) -> Response:
    """What the data at hand gives, as JSON."""
    body = json.dumps(told, ensure_ascii=False, indent=1).encode()
    headers = {"Data-Version": served.version}
    return answer(asked, body, "application/json", changed=served.made, headers=headers)
