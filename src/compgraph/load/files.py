"""A file to its text."""

from pathlib import Path

from compgraph.errors import FileError


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
