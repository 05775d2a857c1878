"""The ASGI application: which address is answered by what."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from compgraph.errors import CompgraphError
from compgraph.serve.bodies import address
from compgraph.serve.checking import ValidationForm
from compgraph.serve.description import examples
from compgraph.serve.failures import on_bug, on_error, on_http_error, on_problem
from compgraph.serve.forms import compare_form, explain_form, question_form, search_form
from compgraph.serve.guard import Guard, hosts
from compgraph.serve.limits import Limits
from compgraph.serve.names import names
from compgraph.serve.negotiation import Format, chosen
from compgraph.serve.openapi import openapi
from compgraph.serve.problems import Problem
from compgraph.serve.querying import sparql_form
from compgraph.serve.questions import found_question, question, questions
from compgraph.serve.reconciliation import PATH, Reconciliation
from compgraph.serve.served import Current, Served, json_answer
from compgraph.serve.site import site_path
from compgraph.serve.sources import Opened, Source
from compgraph.serve.sparql import GRAPHS, sparql
from compgraph.serve.validation import Validator

# The endpoint refuses methods itself, since each address has others.
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
Handler = Callable[[Request, Served], Awaitable[Response]]
Handlers = Mapping[str, tuple[Handler, Sequence[str]]]


def application(
    source: Source | None = None,
    *,
    opened: Opened | None = None,
    limits: Limits | None = None,
    site: str | None = None,
    host: str = "127.0.0.1",
    is_direct: bool = False,
    reload_data: bool = False,
) -> Starlette:
    """The service of a workspace, ours if none is named; what is ``opened`` of it already it closes in the end.

    ``site`` is the address that visitors use, if it is neither that of the identifiers nor ``host``, which is listened
    at: requests for other hosts are refused. With ``is_direct`` an identifier is answered with 200 and
    Content-Location, and not with 303; with ``reload_data`` the workspace is opened again when its files have changed.
    """
    source, limits = source or Source(), limits or Limits()
    opened = opened or source.open()
    current = Current(opened, limits, is_direct=is_direct)
    handlers = _handlers(Validator(source.roots(), limits), Reconciliation(limits))
    folder = opened.rules.folder if site is None else _folder(site)
    if site is None and folder != "/":
        site = source.base

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        following = asyncio.ensure_future(current.follow(source)) if reload_data else None
        yield
        if following is not None:
            following.cancel()
        await current.served.retire()

    app = Starlette(
        routes=[Route("/{path:path}", _endpoint(current, handlers), methods=_METHODS)],
        lifespan=lifespan,
        middleware=[Middleware(Guard, hosts=hosts(host, source.base, site), site=site, folder=folder)],
        exception_handlers={
            Problem: on_problem,
            CompgraphError: on_error,
            HTTPException: on_http_error,
            Exception: on_bug,
        },
    )
    app.state.current = current
    return app


def _folder(site: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(site).path or "/"


def _handlers(validator: Validator, reconciliation: Reconciliation) -> Handlers:
    """What answers each address, by which methods. What is not here is a path of the published site."""
    return {
        "sparql": (_sparql, ["GET", "POST"]),
        "sparql/": (_sparql, ["GET", "POST"]),
        "sparql.html": (sparql_form, ["GET"]),
        "compare.html": (compare_form, ["GET"]),
        "explain.html": (explain_form, ["GET"]),
        "search.html": (search_form, ["GET"]),
        "validate.html": (ValidationForm(validator).answer, ["GET", "POST"]),
        "openapi.json": (_described, ["GET"]),
        ".well-known/sparql-examples": (_examples, ["GET"]),
        "api": (_programs, ["GET"]),
        "api/questions": (questions, ["GET"]),
        "api/names": (names, ["GET"]),
        "api/validate": (validator.validate, ["POST"]),
        **reconciliation.handlers(),
    }


def _endpoint(current: Current, handlers: Handlers) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(asked: Request) -> Response:
        handler, methods = handlers.get(asked.path_params["path"]) or _other(asked.path_params, handlers)
        if asked.method not in methods and not (asked.method == "HEAD" and "GET" in methods):
            return _without_answer(asked, methods)
        async with current.served.in_use() as served:
            return await handler(asked, served)

    return endpoint


def _other(parts: dict[str, str], handlers: Handlers) -> tuple[Handler, Sequence[str]]:
    """What answers an address that has the name of a question in it, or is of the published site."""
    folder, _, name = parts["path"].rpartition("/")
    if folder == "api/questions":
        parts["name"] = name
        return question, ["GET"]
    if folder == "questions" and name.endswith(".html"):
        parts["name"] = name.removesuffix(".html")
        return question_form, ["GET"]
    if f"{parts['path']}.html" in handlers or (folder == "questions" and name):
        return _with_ending, ["GET"]
    return site_path, ["GET"]


async def _with_ending(asked: Request, served: Served) -> Response:
    """Where the page is whose address was written without its ending, as the identifiers of answers are."""
    path = f"{asked.path_params['path']}.html"
    folder, _, name = asked.path_params["path"].rpartition("/")
    if folder:
        found_question(served, name)
    query = f"?{asked.url.query}" if asked.url.query else ""
    location = f"{asked.scope['root_path']}/{quote(path)}{query}"
    return Response(status_code=301, headers={"Location": location, "Data-Version": served.version})


def _without_answer(asked: Request, methods: Sequence[str]) -> Response:
    """What OPTIONS says of an address, and any method that it does not have. Raises Problem for the latter."""
    allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])
    if asked.method != "OPTIONS":
        detail = f"{asked.method} is not for this address. Use one of: {allowed}"
        raise Problem(405, detail, headers={"Allow": allowed})
    told = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers=told)


async def _programs(asked: Request, served: Served) -> Response:
    """What there is for programs."""
    site = f"{address(asked)}/"
    there = {"sparql": "sparql", "questions": "api/questions", "names": "api/names", "validate": "api/validate"}
    there["reconcile"] = PATH
    addresses = {name: site + path for name, path in {"description": "openapi.json", **there}.items()}
    return json_answer(asked, {"data": served.version, **addresses}, served)


async def _described(asked: Request, served: Served) -> Response:
    told = openapi(served.graph.questions, served.version, served.limits, server=address(asked))
    return json_answer(asked, told, served)


async def _examples(asked: Request, served: Served) -> Response:
    return await examples(asked, served, GRAPHS)


_PAGE = Format("html", "text/html")


async def _sparql(asked: Request, served: Served) -> Response:
    """The protocol; to a browser, which sends no query and likes HTML best, the page to write one on."""
    if asked.method != "POST" and not asked.scope["query_string"]:
        formats = (*GRAPHS, _PAGE)
        if chosen(asked.headers.get("accept"), formats) is _PAGE:
            return await sparql_form(asked, served)
    return await sparql(asked, served)
