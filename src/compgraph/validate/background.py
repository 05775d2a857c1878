"""Long calls into native code, which Python can't interrupt, so that Ctrl-C still ends the program at once."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


def begin(call: Callable[[], Result]) -> "Future[Result]":
    """What the call will give, or raise. Whoever asks for the result only waits, and waiting can be interrupted."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - raised again, in the thread that waits
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future
