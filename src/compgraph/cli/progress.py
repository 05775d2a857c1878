"""A bar on a terminal while something takes its time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichBar

    from compgraph.store import Progress


@contextmanager
def waiting(stage: str) -> Iterator[None]:
    """A bar that moves on a terminal while something takes its time, and nothing elsewhere."""
    with progress_bar() as progress:
        progress(stage, 0, 0)
        yield


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere; it appears with the first thing there is to wait for."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _all: None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.stop()


class _Bar:
    """A progress bar that is made when it is first shown: most runs have nothing to wait for."""

    def __init__(self) -> None:
        self._bar: RichBar | None = None

    def show(self, stage: str, done: int, steps: int) -> None:
        from rich.console import Console
        from rich.progress import Progress as RichBar

        if self._bar is None:
            self._bar = RichBar(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._bar.add_task(stage)
        self._bar.update(self._bar.task_ids[0], completed=done, total=steps or None, description=stage)

    def stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()
