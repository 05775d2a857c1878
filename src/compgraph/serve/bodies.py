"""What a client sends: as much as it may, within the time it may take; and work that ends when the client goes."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from compgraph.serve.problems import Problem

FORM = "application/x-www-form-urlencoded"
_FIELDS = 100
_Result = TypeVar("_Result")


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

    Raises Problem then, which nobody receives.
    """
    doing, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({doing, gone}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        raise Problem(408, "The client has gone.")
    finally:
        gone.cancel()
        doing.cancel()
        await asyncio.gather(doing, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    """Returns when the client closes the connection; the body must have been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
