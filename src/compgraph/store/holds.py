"""Who uses a folder of the cache: as long as somebody does, nobody removes it.

The locks are the system's own, and end with the process. Windows has none for folders; there, a folder of which a file
is open cannot be moved, and whoever removes one moves it first.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_NO_LOCK = -1


class Hold:
    """A folder in use, until it is let go."""

    def __init__(self, lock: int) -> None:
        self._lock = lock

    def let_go(self) -> None:
        """Use the folder no more; it does not matter how often that is said."""
        lock, self._lock = self._lock, _NO_LOCK
        if lock != _NO_LOCK:
            os.close(lock)


def hold(folder: Path) -> Hold | None:
    """Use a folder; None if it is not there, or was removed just now."""
    lock = _opened(folder)
    if lock is None:
        return None
    taken = Hold(lock)
    if lock != _NO_LOCK:
        with suppress(OSError):  # a file system without locks: then as before, unprotected
            fcntl.flock(lock, fcntl.LOCK_SH)
        if not _is_at(lock, folder):
            taken.let_go()
            return None
    return taken


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody uses a folder; if so, whoever wants to has to wait until the block ends."""
    lock = _opened(folder)
    taken = Hold(_NO_LOCK if lock is None else lock)
    try:
        yield lock is not None and _is_free(lock)
    finally:
        taken.let_go()


def _opened(folder: Path) -> int | None:
    if sys.platform == "win32":
        return _NO_LOCK if folder.is_dir() else None
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None


def _is_free(lock: int) -> bool:
    if lock == _NO_LOCK:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _is_at(lock: int, folder: Path) -> bool:
    """Whether what is locked still has this name: it may have been moved away while we waited."""
    try:
        return os.path.samestat(os.fstat(lock), folder.stat())
    except OSError:
        return False
