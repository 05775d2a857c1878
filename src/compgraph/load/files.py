"""A file to its text, and the places in a text."""

from itertools import accumulate
from pathlib import Path

from compgraph.errors import FileError

DEEPEST = 256
"""How many brackets or elements may be open at a time: parsers slow down or crash on thousands, people write few."""


def file_text(path: Path) -> str:
    """The text of a UTF-8 file as it is, without a byte order mark.

    Raises FileError if the file can't be read, or is in another encoding.
    """
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise FileError(path, f"can't be read: {error.strerror}. Check the name and the permissions.") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileError(path, f"is not UTF-8 at byte {error.start}. Save it as UTF-8.", line=line) from error


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]


def file_error(path: Path, problem: str, text: str, offset: int) -> FileError:
    """The error that says what is wrong at an offset of the file's text."""
    line = text.count("\n", 0, offset) + 1
    return FileError(path, problem, line=line, column=offset - text.rfind("\n", 0, offset))
