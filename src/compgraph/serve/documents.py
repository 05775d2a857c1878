"""What stands at each path of the published site: made when it is first asked for, and kept while there is room."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from hashlib import sha256
from typing import NamedTuple

from compgraph import pages
from compgraph.publish.servers.table import JSON_FOLDER, NAMED_TYPES, TYPES
from compgraph.serve.kept import Kept
from compgraph.serve.sources import Opened

_ROOM = 2**25
"""Bytes of pages and data that are kept. The files for programs are made together, and stay."""
_FIXED = pages.FIXED | {"live.js": lambda _site, _questions: pages.live_script_text()}
_FOR_PROGRAMS = frozenset({"void.ttl", "catalog.ttl", "context.jsonld", "sitemap.xml", "robots.txt", "CITATION.cff"})
_FOR_PROGRAMS_BELOW = ("dumps/", JSON_FOLDER, ".well-known/", "sitemap-")

Turn = Callable[[], AbstractAsyncContextManager[None]]
"""Lets one at a time ask the graph itself."""


class Document(NamedTuple):
    """A document as it is sent."""

    body: bytes
    tag: str
    """Its strong ETag."""
    content_type: str

    @classmethod
    def of(cls, body: bytes, path: str) -> "Document":
        """With the tag that these bytes have, and the type that the path tells."""
        return cls(body, f'"{sha256(body).hexdigest()[:24]}"', _type(path))


class Documents:
    """The documents of one state of the data."""

    def __init__(self, opened: Opened, turn: Turn) -> None:
        self._opened = opened
        self._turn = turn
        self._comparisons = {f"{path}.html": pair for pair, path in opened.site.comparisons.items()}
        self._endings: dict[str, tuple[str, ...]] = {}
        self._kept: Kept[str, Document] = Kept(_ROOM)
        self._files: asyncio.Future[dict[str, Document]] | None = None

    async def get(self, path: str) -> Document | None:
        """The document at a path (without the slash in front), or None if there is none. Raises BusyError."""
        if (kept := self._kept.get(path)) is not None:
            return kept
        if path in _FOR_PROGRAMS or path.startswith(_FOR_PROGRAMS_BELOW):
            files = await self._for_programs()
            return files.get(path) or files.get(f"{path}/index.json")  # a list, where a disk has a folder
        page, _, ending = path.rpartition(".")
        if path in _FIXED or ending in self.endings(page):
            made = await asyncio.to_thread(self._made, path)
        elif path in self._comparisons:
            async with self._turn():
                made = await asyncio.to_thread(self._compared, path)
        else:
            return None
        return self._kept.keep(path, made, len(made.body))

    def endings(self, page: str) -> tuple[str, ...]:
        """The formats of the page of an identifier: HTML, and those that can hold its data. None if there is none."""
        if page not in self._endings:
            site = self._opened.site
            if not (iri := site.addresses.identifier(page)):
                return ()
            triples = pages.described(site.catalogue, iri)
            self._endings[page] = ("html", *(each.ending for each in pages.formats(triples)))
        return self._endings[page]

    async def _for_programs(self) -> dict[str, Document]:
        if self._files is None:
            self._files = asyncio.ensure_future(asyncio.to_thread(self._all_for_programs))
        return await asyncio.shield(self._files)

    def _all_for_programs(self) -> dict[str, Document]:
        return {path: Document.of(content, path) for path, content in self._opened.files().items()}

    def _made(self, path: str) -> Document:
        site = self._opened.site
        page, _, ending = path.rpartition(".")
        if path in _FIXED:
            text = _FIXED[path](site, self._opened.graph.questions)
        elif ending == "html":
            text = pages.thing_page(site, site.addresses.identifier(page))
        else:
            triples = pages.described(site.catalogue, site.addresses.identifier(page))
            text = pages.data_text(triples, ending, site.prefixes)
        return Document.of(text.encode(), path)

    def _compared(self, path: str) -> Document:
        comparison = self._opened.graph.compare(*self._comparisons[path])
        text = pages.comparison_page(self._opened.site, comparison, path.removesuffix(".html"))
        return Document.of(text.encode(), path)


def _type(path: str) -> str:
    if path in NAMED_TYPES:
        return NAMED_TYPES[path]
    return TYPES["json" if path.startswith(JSON_FOLDER) else path.rpartition(".")[2]]
