"""Where files for others go: to places that are free, never over what is there."""

from collections.abc import Mapping
from pathlib import Path

from compgraph.errors import FileError
from compgraph.tidy import write_all


def write_new(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, made if need be; where they stand comes back.

    Raises FileError, with nothing written, if one is there already, or if one can't be written.
    """
    paths = {folder / name: content for name, content in files.items()}
    for path in paths:
        if path.exists():
            raise FileError(
                path, "is already there, and nothing is written over it. Choose another place, or remove it."
            )
    write_all(paths)
    return list(paths)
