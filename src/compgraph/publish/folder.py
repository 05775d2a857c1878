"""A folder that is put in place whole or not at all."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from compgraph.errors import PublishError
from compgraph.store.holds import alone, hold

MARKER = ".compgraph-publication"
"""The file by which a folder says that it is a publication of ours, and may be replaced by the next one."""
_NEW, _OLD = "new", "old"


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

    Gives the number of files. If anything goes wrong, the folder is as it was; what a killed process left beside it is
    removed. Raises PublishError if it can't be the place of a publication, or if the disk refuses.
    """
    check(folder)
    place = folder.absolute()
    try:
        _clear(place)
        with _beside(place) as aside:
            count = _write(aside / _NEW, files)
            _swap(aside, place)
    except OSError as error:
        problem = error.strerror or str(error)
        raise PublishError(f"{folder} can't be written: {problem}. Free some space, or name another place.") from error
    return count


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """A hidden folder beside a place, which is removed in the end, and by nobody else as long as this process lives."""
    held = None
    while held is None:  # somebody cleared it before it was held
        aside = Path(mkdtemp(prefix=_start(place), dir=place.parent))
        held = hold(aside)
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        held.let_go()


def _clear(place: Path) -> None:
    """Remove what killed processes left beside a place, but put back what one of them had taken out of it."""
    for aside in [each for each in place.parent.iterdir() if each.name.startswith(_start(place))]:
        with alone(aside) as is_left:
            if is_left:
                if (aside / _OLD / MARKER).is_file() and not place.exists():
                    (aside / _OLD).rename(place)
                shutil.rmtree(aside, ignore_errors=True)


def _start(place: Path) -> str:
    """How the names of the hidden folders begin that are made for a place."""
    return f".{place.name}.compgraph-"


def _write(building: Path, files: Iterable[tuple[str, bytes]]) -> int:
    count = 0
    building.mkdir()
    made = {building}
    for name, content in files:
        path = building / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        with path.open("xb") as file:  # a path that comes twice is a bug, and never overwrites
            file.write(content)
        count += 1
    return count


def _swap(aside: Path, place: Path) -> None:
    if place.exists():
        place.rename(aside / _OLD)
    try:
        (aside / _NEW).rename(place)
    except BaseException:
        if (aside / _OLD).exists():
            (aside / _OLD).rename(place)
        raise
