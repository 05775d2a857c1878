"""Answers that can be asked for again on a condition (RFC 9110, section 13)."""

from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response


def answer(
    request: Request,
    body: bytes,
    content_type: str,
    *,
    changed: float | None = None,
    headers: Mapping[str, str],
    tag: str = "",
) -> Response:
    """The answer to a request, or 304 if the client has it already.

    The strong ETag is of the bytes (``tag``, if it is known); ``changed`` is when what the answer tells last did, in
    seconds since 1970.
    """
    tag = tag or f'"{sha256(body).hexdigest()[:24]}"'
    sent = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache", **headers}
    if changed is not None:
        sent["Last-Modified"] = _date(changed)
    if request.method in ("GET", "HEAD") and _is_known(request, tag, changed):
        return Response(status_code=304, headers=sent)
    return Response(body, headers=sent | {"Content-Type": content_type})


@lru_cache(maxsize=8)
def _date(seconds: float) -> str:
    return formatdate(seconds, usegmt=True)


def _is_known(request: Request, tag: str, changed: float | None) -> bool:
    if (tags := request.headers.get("if-none-match")) is not None:
        known = {each.strip().removeprefix("W/") for each in tags.split(",")}
        return bool(known & {tag, "*"})
    since = request.headers.get("if-modified-since")
    if since is None or changed is None:
        return False
    try:
        return int(changed) <= parsedate_to_datetime(since).timestamp()
    except (ValueError, OverflowError):  # no date: the condition does not count (section 13.1.3)
        return False
