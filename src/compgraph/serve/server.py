"""The application on a socket: slow clients are cut off, and a request to end is followed in order."""

import asyncio
import signal
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from compgraph.serve.limits import Limits
from compgraph.serve.problems import MEDIA_TYPE, Problem

_LONGEST_HEAD = 2**16


def run(app: Starlette, *, host: str, port: int, limits: Limits) -> None:
    """Serve until SIGTERM or Ctrl-C; requests under way are answered. Raises SystemExit or KeyboardInterrupt then."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=type("_Protocol", (PatientProtocol,), {"seconds": limits.waiting_seconds}),
        ws="none",
        loop="asyncio",
        log_level="info",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=int(limits.seconds) + 5,
    )
    signal.signal(signal.SIGTERM, end)  # uvicorn follows the signal itself, and hands it on when it is done
    uvicorn.Server(config).run()


class _Joined:
    """A transport that sends the head of an answer together with its body, and not each by itself."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send a body with the head that came before it; keep a head until then."""
        if not self._head and data.startswith(b"HTTP/1.1 ") and not data.startswith(b"HTTP/1.1 100"):
            self._head = data
        else:
            self._transport.write(self._head + data)
            self._head = b""

    def flush(self) -> None:
        """Send a head that has no body."""
        if self._head:
            self.write(b"")

    def close(self) -> None:
        """Send what is kept, and then no more."""
        self.flush()
        self._transport.close()


class PatientProtocol(HttpToolsProtocol):
    """The protocol of a connection that is cut off when its client keeps us waiting for so many seconds.

    A client does so between its first sign, or the connection, and the end of the head of its request, and when it
    takes in nothing of an answer. (The application itself waits for bodies.)
    """

    seconds = 15.0

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._patience: asyncio.TimerHandle | None = None
        self._is_head = True
        self._head_length = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._joined = _Joined(transport)
        self.transport = self._joined  # type: ignore[assignment]
        self._begin_to_wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_head:
            self._head_length += len(data)
            if self._head_length > _LONGEST_HEAD:
                self.send_400_response("The head of the request is too long.")
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._patience is None:
            self._begin_to_wait()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_head, self._head_length = True, 0

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._is_head:  # nobody asks for what may come behind a body, however much it is
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._is_head = False

    def on_response_complete(self) -> None:
        self._joined.flush()
        super().on_response_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._begin_to_wait()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, or has too long a head, as every other mistake is answered."""
        body = Problem(400, f"{msg} A head may have {_LONGEST_HEAD // 1024} kB: send a long query with POST.").body()
        head = f"HTTP/1.1 400 Bad Request\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\n"
        self.transport.write(f"{head}connection: close\r\n\r\n".encode() + body)
        self.transport.close()

    def _begin_to_wait(self) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(self.seconds, self._lose_patience)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _lose_patience(self) -> None:
        self._patience = None
        self.transport.abort()
