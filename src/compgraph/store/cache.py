"""Where snapshots are kept, and which one belongs to a workspace.

What only building needs is imported there: a later run, which only looks, should feel instant.
"""

import json
import os
import sys
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from compgraph.store.holds import alone
from compgraph.version import __version__
from compgraph.workspace import Workspace

HOUR_NS = 3_600 * 10**9
# A file changed within this time before it was looked at may change again without its times showing it.
_SETTLED_NS = 2 * 10**9

Stamp = tuple[str, int, int, int]
"""A file as the quick check knows it: path, size, and the two times that a change moves."""


class Cache(NamedTuple):
    """A folder of snapshots, each named by the content of what it was made of."""

    folder: Path

    def snapshot(self, key: str) -> Path:
        """The folder of the snapshot with this key, there or not."""
        return self.folder / "snapshots" / key

    def known(self, name: str, stamps: list[Stamp]) -> Path | None:
        """The finished snapshot of a workspace none of whose files has changed by name, size or time."""
        try:
            note = json.loads(self._note(name).read_bytes())
        except (OSError, ValueError):
            return None
        newest = max((max(stamp[2:]) for stamp in stamps), default=0)
        if note["stamps"] != [list(stamp) for stamp in stamps] or newest > note["checked"] - _SETTLED_NS:
            return None
        snapshot = self.snapshot(note["key"])
        return snapshot if snapshot.is_dir() else None

    def remember(self, name: str, stamps: list[Stamp], key: str, *, now: int) -> None:
        """Note which snapshot a workspace has, so that the next run need not read its files."""
        from tempfile import NamedTemporaryFile

        note = self._note(name)
        note.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=note.parent, delete=False, encoding="utf-8") as aside:
            json.dump({"key": key, "checked": now, "stamps": stamps}, aside)
        Path(aside.name).replace(note)

    def building(self) -> Path:
        """A new empty folder to build a snapshot in."""
        from tempfile import mkdtemp

        parent = self.folder / "building"
        parent.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(dir=parent))

    def finish(self, building: Path, key: str) -> Path:
        """Put a built snapshot in its place, unless another process was there first; its folder."""
        target = self.snapshot(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            building.replace(target)
        except OSError:
            if not target.is_dir():
                raise
            remove(building)
        return target

    def sweep(self, *, now: int) -> None:
        """Remove what a killed process left behind, and snapshots of no workspace.

        Nothing that is in use, and nothing under an hour old.
        """
        for leftover in (*self._folders("building"), *self._unclaimed()):
            if now - leftover.stat().st_mtime_ns > HOUR_NS:
                self._discard(leftover)

    def clear(self) -> tuple[int, int]:
        """Remove everything that nobody uses; how many snapshots that was, and how many are in use."""
        for note in (self.folder / "workspaces").glob("*"):
            note.unlink(missing_ok=True)
        gone = [self._discard(folder) for folder in list(self._folders("snapshots"))]
        for unfinished in list(self._folders("building")):
            self._discard(unfinished)
        for name in ("building", "snapshots", "workspaces"):
            with suppress(OSError):  # what is in use is still there
                (self.folder / name).rmdir()
        return sum(gone), len(gone) - sum(gone)

    def _discard(self, folder: Path) -> bool:
        """Remove a folder that nobody uses; whether it is gone. Others find all of it, or nothing."""
        aside = self.folder / "building" / f"{folder.name}.gone"
        with alone(folder) as free:
            if free:
                with suppress(OSError):  # Windows: a file in it is open
                    aside.parent.mkdir(exist_ok=True)
                    folder.rename(aside)
        if free and aside.is_dir():
            remove(aside)
        return not folder.is_dir()

    def _note(self, name: str) -> Path:
        return self.folder / "workspaces" / f"{name}.json"

    def _unclaimed(self) -> Iterator[Path]:
        claimed = set()
        for note in (self.folder / "workspaces").glob("*.json"):
            claimed.add(json.loads(note.read_bytes()).get("key"))
        return (folder for folder in self._folders("snapshots") if folder.name not in claimed)

    def _folders(self, name: str) -> Iterator[Path]:
        parent = self.folder / name
        return (path for path in parent.iterdir() if path.is_dir()) if parent.is_dir() else iter(())


def default_folder() -> Path:
    """The user's cache folder for compgraph (XDG Base Directory Specification; %LOCALAPPDATA% on Windows).

    Without a home folder it is a folder of this user's among the temporary files.
    """
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    if (given := os.environ.get(variable)) and Path(given).is_absolute():
        return Path(given) / "compgraph"
    try:
        return Path.home() / ".cache" / "compgraph"
    except RuntimeError:
        from tempfile import gettempdir

        return Path(gettempdir()) / f"compgraph-{os.getuid() if hasattr(os, 'getuid') else 'user'}"


def workspace_name(workspace: Workspace, reasoner: str) -> str:
    """A short name for a workspace and what reasons over it; should two share one, they only rebuild more often."""
    told = "\n".join([reasoner, *map(str, workspace.roots)])
    return f"{zlib.crc32(told.encode()):08x}"


def remove(folder: Path) -> None:
    """Remove a folder that nobody needs, as far as that goes."""
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)


def stamps(paths: Iterable[Path]) -> list[Stamp]:
    """What the quick check compares, one for each file that is there."""
    looks = ((path, path.stat()) for path in paths)
    return [(str(path), look.st_size, look.st_mtime_ns, look.st_ctime_ns) for path, look in looks]


def content_key(paths: Iterable[Path], *, made_by: str) -> str:
    """A name for the content of all files together, for this version of compgraph and for what it is made by."""
    from hashlib import sha256

    digest = sha256(f"{__version__} {made_by}".encode())
    for path in paths:
        digest.update(f"\n{path}\n".encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]


def now() -> int:
    """The time, in nanoseconds since 1970, on the clock of the file system's times."""
    return time.time_ns()
