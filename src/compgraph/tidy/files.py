"""Write kept files whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Put ``text`` in place of the file as UTF-8 with LF line ends; a kill at any moment leaves old or new."""
    write_all({path: text})


def write_all(files: Mapping[Path, str]) -> None:
    """Put a text in place of each file as ``write`` does; none is touched before all are written beside their places.

    Folders that are missing are made.
    """
    aside: dict[Path, Path] = {}
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            aside[path] = Path(name)
            _fill(descriptor, text)
            aside[path].chmod(path.stat().st_mode if path.exists() else 0o644)
        for path, written in aside.items():
            written.replace(path)
    except BaseException:
        for written in aside.values():
            written.unlink(missing_ok=True)
        raise


def _fill(descriptor: int, text: str) -> None:
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
