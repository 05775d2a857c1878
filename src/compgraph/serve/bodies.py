"""What a client sends: as much as it may, within the time it may take; and work that ends when the client goes."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from compgraph.serve.problems import Problem

FORM = "application/x-www-form-urlencoded"
_FIELDS = 100
_AT_ONCE = 0.1
"""Seconds before we begin to look whether the client is still there."""
_Result = TypeVar("_Result")


def address(request: Request) -> str:
    """Where the service stands, as the visitor sees it, without a slash at the end."""
    return f"{request.scope['scheme']}://{request.headers['host']}{request.scope['root_path']}"


def query_parameters(request: Request) -> list[tuple[str, str]]:
    """The names and values of the query string. Raises Problem as ``parameters``."""
    return parameters(request.scope["query_string"].decode("latin-1"))


def parameters(text: str) -> list[tuple[str, str]]:
    """The names and values of a query string or a form. Raises Problem if it is not UTF-8, or has too many."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise Problem(400, "The parameters are not UTF-8 behind their percent signs. Encode them as UTF-8.") from error
    except ValueError as error:
        raise Problem(400, f"There are more than {_FIELDS} parameters. Send fewer.") from error


def media_type(request: Request) -> str:
    """The media type of what is sent, empty if the client does not say.

    Raises Problem for another encoding than UTF-8, and for what is compressed: a few bytes could become any number.
    """
    kind, *rest = request.headers.get("content-type", "").lower().split(";")
    for name, _, value in (part.strip().partition("=") for part in rest):
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            raise Problem(415, "The body is said not to be UTF-8. Send it as UTF-8.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem(415, "A compressed body is not taken. Send it as it is.", headers={"Accept-Encoding": "identity"})
    return kind.strip()


async def text_of(request: Request, *, most: int, seconds: float) -> str:
    """The body of a request. Raises Problem if it is longer than ``most`` bytes, comes too slowly, or is not UTF-8."""
    too_long = Problem(413, f"The body is longer than {most} bytes, which is as much as is taken. Make it shorter.")
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise too_long
    received = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                received += part
                if len(received) > most:
                    raise too_long
    except TimeoutError as error:
        raise Problem(408, f"The body took more than {seconds:g} s to come. Send it faster.") from error
    except ClientDisconnect as error:
        raise Problem(400, "The connection ended before the body did.") from error
    try:
        return received.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"The body is not UTF-8 at byte {error.start}. Send it as UTF-8.") from error


async def while_there(request: Request, work: Coroutine[Any, Any, _Result]) -> _Result:
    """What the work gives, as long as the client waits for it; the work is cancelled when the client goes.

    Raises Problem then, which nobody receives. The body must have been read before.
    """
    working, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert working is not None  # noqa: S101  (this is a coroutine)
    watching: list[asyncio.Task[None]] = []
    gone: list[bool] = []

    def leave(watched: asyncio.Task[None]) -> None:
        if not watched.cancelled():
            gone.append(working.cancel())

    def watch() -> None:
        watching.append(loop.create_task(_gone(request)))
        watching[0].add_done_callback(leave)

    later = loop.call_later(_AT_ONCE, watch)
    try:
        return await work
    except asyncio.CancelledError:
        if not gone:
            raise
        working.uncancel()
        raise Problem(408, "The client has gone.") from None
    finally:
        later.cancel()
        for each in watching:
            each.cancel()


async def _gone(request: Request) -> None:
    """Returns when the client closes the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
