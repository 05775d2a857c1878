"""A folder that is put in place whole or not at all."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from compgraph.errors import PublishError

MARKER = ".compgraph-publication"
"""The file by which a folder says that it is a publication of ours, and may be replaced by the next one."""


def check(folder: Path) -> None:
    """Raise PublishError if the folder can't be the place of a publication: nothing of anybody else's is replaced."""
    if folder.is_symlink():
        raise PublishError(f"{folder} is a link. Name the folder itself.")
    if folder.exists() and not folder.is_dir():
        raise PublishError(f"{folder} is a file. Name a folder that does not exist yet.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise PublishError(
            f"{folder} holds files that are no publication of compgraph (it has no {MARKER}), and is left as it is. "
            "Name an empty folder, or one that does not exist yet."
        )
    if not folder.absolute().parent.is_dir():
        raise PublishError(f"{folder.absolute().parent} does not exist. Make it first.")


def write_whole(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write the files (path below the folder, content) beside the folder, then put them in its place.

    Gives the number of files. If anything goes wrong, the folder is as it was. Raises PublishError if it can't be the
    place of a publication, or if the disk refuses.
    """
    check(folder)
    place = folder.absolute()
    try:
        building = Path(mkdtemp(prefix=f".{place.name}.", dir=place.parent))
        try:
            count = _write(building, files)
            _swap(building, place)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
    except OSError as error:
        problem = error.strerror or str(error)
        raise PublishError(f"{folder} can't be written: {problem}. Free some space, or name another place.") from error
    return count


def _write(building: Path, files: Iterable[tuple[str, bytes]]) -> int:
    count = 0
    made: set[Path] = set()
    for name, content in files:
        path = building / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        with path.open("xb") as file:  # a path that comes twice is a bug, and never overwrites
            file.write(content)
        count += 1
    building.chmod(0o777 & ~_umask())  # mkdtemp makes it for its owner alone; a web server must read it
    return count


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _swap(building: Path, place: Path) -> None:
    if not place.exists():
        building.rename(place)
        return
    former = Path(mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    place.rename(former / place.name)
    try:
        building.rename(place)
    except BaseException:
        (former / place.name).rename(place)
        raise
    finally:
        shutil.rmtree(former, ignore_errors=True)
