"""Write files whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from compgraph.errors import FileError


def write(path: Path, text: str) -> None:
    """Put ``text`` in place of the file as UTF-8 with LF line ends; a kill at any moment leaves old or new.

    Raises FileError as ``write_all`` does.
    """
    write_all({path: text})


def write_all(files: Mapping[Path, str | bytes]) -> None:
    """Put a text or bytes in place of each file as ``write`` does.

    None is touched before all are written beside their places. Folders that are missing are made. Raises FileError if
    the disk refuses: it is full, or may not be written.
    """
    aside: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            aside[path] = Path(name)
            _fill(descriptor, content if isinstance(content, bytes) else content.encode())
            aside[path].chmod(path.stat().st_mode if path.exists() else 0o644)
        for path, written in aside.items():
            written.replace(path)
    except OSError as error:
        problem = f"can't be written: {error.strerror or error}. Free some space or mend the permissions, then repeat."
        raise FileError(path, problem) from error
    finally:
        for written in aside.values():
            written.unlink(missing_ok=True)


def _fill(descriptor: int, content: bytes) -> None:
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
