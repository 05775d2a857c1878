"""What went wrong, as ``application/problem+json`` (RFC 9457)."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from compgraph.errors import CompgraphError, LimitError, QueryError
from compgraph.store.pool import BusyError

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger("uvicorn.error")


class Problem(Exception):  # noqa: N818  (the word of RFC 9457)
    """A request that cannot be answered as it is: a status, what is wrong and what to do, and further members."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **members: object
    ) -> None:
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members
        super().__init__(detail)

    def body(self) -> bytes:
        """The problem as JSON."""
        told = {"title": HTTPStatus(self.status).phrase, "status": self.status, "detail": self.detail}
        given = {name: value for name, value in self.members.items() if value is not None}
        return json.dumps(told | given, ensure_ascii=False, indent=2).encode() + b"\n"

    def response(self) -> Response:
        """The problem as an answer that no cache keeps."""
        headers = {"Cache-Control": "no-store", "Vary": "Accept", **self.headers}
        return Response(self.body(), self.status, headers, media_type=MEDIA_TYPE)


def of_error(error: CompgraphError) -> Problem:
    """What one of our errors is for someone who asks over the web."""
    if isinstance(error, BusyError):
        return Problem(503, str(error), headers={"Retry-After": "2"})
    if isinstance(error, LimitError):
        return Problem(503, str(error), headers={"Retry-After": "60"})
    if isinstance(error, QueryError):
        return Problem(400, str(error), line=error.line, column=error.column)
    return Problem(400, str(error))


async def on_problem(_request: Request, problem: Exception) -> Response:
    """Answers with a problem."""
    assert isinstance(problem, Problem)  # noqa: S101  (registered for no other)
    return problem.response()


async def on_error(_request: Request, error: Exception) -> Response:
    """Answers with one of our errors."""
    assert isinstance(error, CompgraphError)  # noqa: S101  (registered for no other)
    return of_error(error).response()


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answers for a path or a method that there is not."""
    assert isinstance(error, HTTPException)  # noqa: S101  (registered for no other)
    allowed = ", ".join(sorted((error.headers or {}).get("Allow", "").split(", ")))
    told = {
        404: "There is nothing at this address. What there is: /openapi.json",
        405: f"{request.method} is not for this address. Use one of: {allowed}",
    }
    headers = {"Allow": allowed} if allowed else None
    return Problem(error.status_code, told.get(error.status_code, error.detail), headers=headers).response()


async def on_bug(_request: Request, error: Exception) -> Response:
    """Answers for what should never happen; what it was stays in the log."""
    _LOG.error("A request failed by a fault of compgraph's own.", exc_info=error)
    return Problem(500, "This is a fault of the server, and is in its log. Please report it.").response()
