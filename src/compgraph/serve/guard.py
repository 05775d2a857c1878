"""What holds for every request and every answer: which hosts we answer for, and what browsers may do with answers."""

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from compgraph.serve.problems import Problem

_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, Content-Location, Data-Version, ETag, Last-Modified, Link, Retry-After",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class Guard:
    """Refuses requests for other hosts, and adds to every answer the headers that keep browsers safe."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if _host(Headers(scope=scope).getlist("host")) in self._hosts:
            await self._app(scope, receive, guarded)
        else:
            detail = "This server does not answer for that host. Whoever runs it names its address with --base."
            await Problem(421, detail).response()(scope, receive, guarded)


def hosts(*addresses: str | None) -> frozenset[str]:
    """The hosts that a server answers for: this machine's own names for itself, and those of some addresses."""
    named = (urlsplit(each if "//" in each else f"//{each}").hostname for each in addresses if each)
    return frozenset((*_LOOPBACK, *(f"[{name}]" if ":" in name else name for name in named if name)))


def _host(given: Iterable[str]) -> str:
    """The host of the one Host header, without the port; empty if there is none, or several."""
    values = list(given)
    if len(values) != 1:
        return ""
    name, colon, port = values[0].lower().rpartition(":")
    return name if colon and port.isdecimal() else values[0].lower()
