"""What holds for every request and every answer: which hosts we answer for, and what browsers may do with answers."""

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from compgraph.serve.problems import Problem

_HEADERS = [
    (name.lower().encode(), value.encode())
    for name, value in {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Link, ETag, Content-Location, Last-Modified, Allow, Data-Version",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }.items()
]
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class Guard:
    """Refuses requests for other hosts, tells the application where it stands, and adds the headers that keep browsers
    safe to every answer.

    ``site`` is the address that visitors use, with a slash at its end, and ``folder`` its path; without a ``site`` it
    is the host that a request names. A proxy may leave the folder out of the paths that it passes on.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], site: str | None, folder: str) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._site = urlsplit(site) if site else None
        self._root = folder.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"] = list(message["headers"])
                said = {name for name, _ in headers}
                headers += [each for each in _HEADERS if each[0] not in said]
            await send(message)

        if _host([value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]) in self._hosts:
            await self._app(self._placed(scope), receive, guarded)
        else:
            detail = "This server does not answer for that host. Whoever runs it names its address with --site."
            await Problem(421, detail).response()(scope, receive, guarded)

    def _placed(self, scope: Scope) -> Scope:
        """The scope as if the visitor had asked us without a proxy."""
        placed = dict(scope)
        if self._root:
            path = scope["path"]
            placed["root_path"] = self._root
            placed["path"] = path if path.startswith(f"{self._root}/") else self._root + path
        if self._site:
            placed["scheme"] = self._site.scheme
            others = [each for each in scope["headers"] if each[0] != b"host"]
            placed["headers"] = [*others, (b"host", self._site.netloc.encode())]
        return placed


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
