"""Write a kept file whole or not at all."""

import os
import tempfile
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Put ``text`` in place of the file as UTF-8 with LF line ends; a kill at any moment leaves old or new."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(path.stat().st_mode if path.exists() else 0o644)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
