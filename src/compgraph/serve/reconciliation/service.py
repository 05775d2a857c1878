"""The addresses of the reconciliation service."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event, Semaphore
from time import monotonic
from typing import TypeVar
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from compgraph.errors import LimitError
from compgraph.reconcile import Query, Reconciler
from compgraph.render.reconciled import preview_page
from compgraph.serve.answers import answer
from compgraph.serve.bodies import FORM, address, media_type, parameters, text_of, while_there
from compgraph.serve.limits import Limits
from compgraph.serve.problems import Problem
from compgraph.serve.reconciliation import answers, suggestions
from compgraph.serve.reconciliation.requests import Extension, batch, extension, single
from compgraph.serve.served import Served, json_answer

PATH = "reconcile"
Handler = Callable[[Request, Served], Awaitable[Response]]
GoOn = Callable[[], None]
"""Raises if the work has taken too long, or nobody waits for it any more."""
Work = Callable[[Reconciler, GoOn], object]
_Made = TypeVar("_Made")
_IN_A_FRAME = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *; base-uri 'none'; form-action 'none'"


class Reconciliation:
    """Answers in threads, of which so many may work at a time."""

    def __init__(self, limits: Limits) -> None:
        self._most = limits.reconciliations
        self._free = Semaphore(self._most)
        self._threads = ThreadPoolExecutor(self._most, thread_name_prefix="reconcile")

    def handlers(self) -> dict[str, tuple[Handler, Sequence[str]]]:
        """What answers each address, by which methods."""
        return {
            PATH: (self._service, ["GET", "POST"]),
            f"{PATH}/preview": (self._preview, ["GET"]),
            f"{PATH}/view": (self._view, ["GET"]),
            **{f"{PATH}/{path}": (self._suggestion(made), ["GET"]) for path, made in suggestions.MADE.items()},
        }

    async def _service(self, asked: Request, served: Served) -> Response:
        """The answer to ``queries``, ``query`` or ``extend``; the manifest where none is sent."""
        given = dict(parameters(asked.url.query))
        if asked.method == "POST":
            given |= await _form(asked, served.limits)
        there = answers.Place(address(asked), PATH, f"{served.site.base}id/", served.version)
        work = _work(given, served.limits) or partial(_manifest, there)
        return json_answer(asked, await self._done(asked, served, work), served)

    async def _preview(self, asked: Request, served: Served) -> Response:
        """A small page about a thing, to be shown in a frame (section 5.3)."""
        given = dict(parameters(asked.url.query))

        def page(reconciler: Reconciler, _go_on: GoOn) -> str:
            node = suggestions.thing(given, served.graph.names)
            return preview_page(node, answers.described(node, reconciler), answers.facts(node, reconciler))

        body = (await self._done(asked, served, page)).encode()
        headers = {"Content-Security-Policy": _IN_A_FRAME, "Data-Version": served.version}
        return answer(asked, body, "text/html; charset=utf-8", changed=served.made, headers=headers)

    async def _view(self, asked: Request, served: Served) -> Response:
        """Sends on to the page of a thing, or to its preview if it has none."""
        node = suggestions.thing(dict(parameters(asked.url.query)), served.graph.names)
        page = f"{served.site.addresses.page(node.iri)}.html"
        found = await served.documents.get(page)
        place = quote(page, safe="/~") if found else f"{PATH}/preview?{urlencode({'id': node.iri})}"
        return Response(status_code=303, headers={"Location": f"{asked.scope['root_path']}/{place}"})

    def _suggestion(self, made: suggestions.Made) -> Handler:
        async def handler(asked: Request, served: Served) -> Response:
            given = dict(parameters(asked.url.query))
            told = await self._done(asked, served, lambda reconciler, _: made(given, served.graph.names, reconciler))
            return json_answer(asked, told, served)

        return handler

    async def _done(self, asked: Request, served: Served, work: Callable[[Reconciler, GoOn], _Made]) -> _Made:
        """What some work gives, in a thread. Raises Problem, also if too much is going on, and LimitError."""
        if not self._free.acquire(blocking=False):
            detail = f"{self._most} requests are being reconciled, and no more may. Try again in a moment."
            raise Problem(503, detail, headers={"Retry-After": "2"})
        gone, end = Event(), monotonic() + served.limits.seconds

        def go_on() -> None:
            if gone.is_set() or monotonic() > end:
                raise LimitError(f"The batch took more than {served.limits.seconds:g} s. Send fewer names at a time.")

        doing = self._threads.submit(work, served.reconciler, go_on)
        doing.add_done_callback(lambda _: self._free.release())
        waiting = asyncio.wrap_future(doing)
        try:
            return await while_there(asked, _shielded(waiting))
        finally:
            gone.set()
            await asyncio.wait({waiting})  # the graph stays open for as long as a thread reads it
            waiting.exception()  # whoever is still there has it already


async def _shielded(waiting: "asyncio.Future[_Made]") -> _Made:
    return await asyncio.shield(waiting)


async def _form(asked: Request, limits: Limits) -> dict[str, str]:
    if media_type(asked) != FORM:
        raise Problem(415, f"Send queries=..., query=... or extend=... as {FORM}.", accepted=[FORM])
    return dict(parameters(await text_of(asked, most=limits.batch_bytes, seconds=limits.waiting_seconds)))


def _work(given: Mapping[str, str], limits: Limits) -> Work | None:
    """What is asked for, read and ready to be done; None if nothing is. Raises Problem."""
    if "queries" in given:
        return partial(_batch, batch(given["queries"], most=limits.batch))
    if "query" in given:
        return partial(_single, single(given))
    if "extend" in given:
        return partial(_extended, extension(given["extend"], most=limits.batch))
    return None


def _manifest(there: answers.Place, reconciler: Reconciler, _go_on: GoOn) -> object:
    return answers.manifest(reconciler, there)


def _batch(queries: Mapping[str, Query], reconciler: Reconciler, go_on: GoOn) -> object:
    told = {}
    for key, query in queries.items():
        go_on()
        told[key] = answers.result(reconciler.candidates(query), reconciler)
    return told


def _single(query: Query, reconciler: Reconciler, _go_on: GoOn) -> object:
    return answers.result(reconciler.candidates(query), reconciler)


def _extended(asked: Extension, reconciler: Reconciler, _go_on: GoOn) -> object:
    return answers.extended(asked, reconciler)
