"""What went wrong, as ``application/problem+json`` (RFC 9457)."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from compgraph.errors import CompgraphError, LimitError, QueryError
from compgraph.store.pool import BusyError

MEDIA_TYPE = "application/problem+json"


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
        told = {"title": self.title, "status": self.status, "detail": self.detail}
        given = {name: value for name, value in self.members.items() if value is not None}
        return json.dumps(told | given, ensure_ascii=False, indent=2).encode() + b"\n"

    @property
    def title(self) -> str:
        """What it is in a word or two."""
        return HTTPStatus(self.status).phrase

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
