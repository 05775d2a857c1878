"""The ASGI application: which address is answered by what."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from compgraph.errors import CompgraphError
from compgraph.graph import Graph
from compgraph.serve.description import examples
from compgraph.serve.guard import Guard, hosts
from compgraph.serve.limits import Limits
from compgraph.serve.names import names
from compgraph.serve.openapi import openapi
from compgraph.serve.problems import Problem, on_bug, on_error, on_http_error, on_problem
from compgraph.serve.questions import question, questions
from compgraph.serve.served import Current, Served, json_answer
from compgraph.serve.sources import Source
from compgraph.serve.sparql import GRAPHS, sparql
from compgraph.serve.validation import Validator

Handler = Callable[[Request, Served], Awaitable[Response]]


def application(
    graph: Graph,
    *,
    source: Source | None = None,
    limits: Limits | None = None,
    base: str | None = None,
    host: str = "127.0.0.1",
    reload_data: bool = False,
) -> Starlette:
    """The service of a graph, which it closes in the end.

    ``source`` is the workspace of the graph; with ``reload_data`` it is opened again when its files have changed.
    ``base`` is the address that visitors use and ``host`` the one that is listened at: requests for other hosts are
    refused.
    """
    source, limits = source or Source(), limits or Limits()
    current = Current(graph, limits)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        following = asyncio.ensure_future(current.follow(source)) if reload_data else None
        yield
        if following is not None:
            following.cancel()
        await current.served.retire()

    return Starlette(
        routes=_routes(current, Validator(source.roots(), limits), base),
        lifespan=lifespan,
        middleware=[Middleware(Guard, hosts=hosts(host, base))],
        exception_handlers={
            Problem: on_problem,
            CompgraphError: on_error,
            HTTPException: on_http_error,
            Exception: on_bug,
        },
    )


def _routes(current: Current, validator: Validator, base: str | None) -> list[Route]:
    def site(asked: Request) -> str:
        return (base or str(asked.base_url)).rstrip("/")

    async def home(asked: Request, served: Served) -> Response:
        there = {"sparql": "/sparql", "questions": "/api/questions", "names": "/api/names", "validate": "/api/validate"}
        addresses = {name: site(asked) + path for name, path in {"description": "/openapi.json", **there}.items()}
        return json_answer(asked, {"data": served.version, **addresses}, served)

    async def described(asked: Request, served: Served) -> Response:
        told = openapi(served.graph.questions, served.version, served.limits, server=site(asked))
        return json_answer(asked, told, served)

    async def example_questions(asked: Request, served: Served) -> Response:
        return await examples(asked, served, GRAPHS)

    handlers: list[tuple[str, Handler, Sequence[str]]] = [
        ("/", home, ["GET"]),
        ("/openapi.json", described, ["GET"]),
        ("/sparql", sparql, ["GET", "POST"]),
        ("/sparql/", sparql, ["GET", "POST"]),
        ("/.well-known/sparql-examples", example_questions, ["GET"]),
        ("/api/questions", questions, ["GET"]),
        ("/api/questions/{name}", question, ["GET"]),
        ("/api/names", names, ["GET"]),
        ("/api/validate", validator.validate, ["POST"]),
    ]
    return [
        Route(path, _endpoint(handler, current, methods), methods=[*methods, "OPTIONS"])
        for path, handler, methods in handlers
    ]


def _endpoint(handler: Handler, current: Current, methods: Sequence[str]) -> Callable[[Request], Awaitable[Response]]:
    allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])
    told = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }

    async def endpoint(asked: Request) -> Response:
        if asked.method == "OPTIONS":
            return Response(status_code=204, headers=told)
        async with current.served.in_use() as served:
            return await handler(asked, served)

    return endpoint
