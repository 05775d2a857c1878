"""Answers for what went wrong: to people as a page, to programs as ``application/problem+json`` (RFC 9457)."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from compgraph.errors import CompgraphError
from compgraph.pages import Site, problem_page
from compgraph.serve.negotiation import Format, chosen
from compgraph.serve.problems import MEDIA_TYPE, Problem, of_error
from compgraph.serve.site import PAGE_HEADERS

_LOG = logging.getLogger("uvicorn.error")
_PAGE, _DATA = Format("html", "text/html"), Format("json", MEDIA_TYPE, ("application/json",))
_FOR_PROGRAMS = ("/api", "/sparql", "/openapi.json", "/reconcile")
_TITLES = {404: "Nothing here", 406: "Not in that format", 410: "Withdrawn"}


async def on_problem(asked: Request, problem: Exception) -> Response:
    """Answers with a problem."""
    assert isinstance(problem, Problem)  # noqa: S101  (registered for no other)
    path = asked.scope["path"].removeprefix(asked.scope["root_path"])
    is_for_programs = path.startswith(_FOR_PROGRAMS) and not path.endswith(".html")
    formats = (_DATA, _PAGE) if is_for_programs else (_PAGE, _DATA)
    plain = problem.response()
    if chosen(asked.headers.get("accept"), formats) is not _PAGE:
        return plain
    site: Site = asked.app.state.current.served.site
    title = _TITLES.get(problem.status, problem.title)
    available = problem.members.get("available") or problem.members.get("accepted") or ()
    assert isinstance(available, list | tuple)  # noqa: S101  (as they are always given)
    page = problem_page(site, path.lstrip("/"), title=title, detail=problem.detail, listed=available)
    headers = {name: value for name, value in plain.headers.items() if name not in ("content-length", "content-type")}
    return Response(page, problem.status, headers | PAGE_HEADERS, media_type="text/html")


async def on_error(asked: Request, error: Exception) -> Response:
    """Answers with one of our errors."""
    assert isinstance(error, CompgraphError)  # noqa: S101  (registered for no other)
    return await on_problem(asked, of_error(error))


async def on_http_error(asked: Request, error: Exception) -> Response:
    """Answers for a method that no address has."""
    assert isinstance(error, HTTPException)  # noqa: S101  (registered for no other)
    detail = f"{asked.method} is not for this address. The answer to OPTIONS says what is."
    return await on_problem(asked, Problem(error.status_code, detail, headers=error.headers))


async def on_bug(_asked: Request, error: Exception) -> Response:
    """Answers for what should never happen; what it was stays in the log."""
    _LOG.error("A request failed by a fault of compgraph's own.", exc_info=error)
    return Problem(500, "This is a fault of the server, and is in its log. Please report it.").response()
