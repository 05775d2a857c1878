"""The application on a socket: slow clients are cut off, and a request to end is followed in order."""

import asyncio
import signal
from types import FrameType
from typing import Any

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from compgraph.serve.limits import Limits
from compgraph.serve.problems import MEDIA_TYPE, Problem


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


class PatientProtocol(H11Protocol):
    """The protocol of a connection that is cut off when its client keeps us waiting for so many seconds.

    A client does so between its first sign, or the connection, and the end of the head of its request, and when it
    takes in nothing of an answer. (The application itself waits for bodies.)
    """

    seconds = 15.0

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begin_to_wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._patience is None:
            self._begin_to_wait()

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
        problem = Problem(400, f"{msg} The head of a request may have 64 kB: send a long query with POST.")
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"connection", b"close")]
        for event in (h11.Response(status_code=400, headers=headers), h11.Data(problem.body()), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
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
