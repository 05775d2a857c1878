"""The XML inside a workbook, as a stream of tags; what could make a reader run away is refused."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree.ElementTree import ParseError, XMLParser

from compgraph.errors import FileError
from compgraph.exchange.spreadsheets.grids.cells import BOUNDS, size_within

_CHUNK = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
ENCRYPTED = 0x1

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str, str], None]


class Package:
    """An opened workbook: a zip of XML parts, within bounds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.is_file() and not size_within(path):
            raise FileError(path, f"has more than {BOUNDS.file} bytes, the bound. {_SMALLER}")
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, ValueError) as error:
            raise FileError(path, _no_workbook(path)) from error
        try:
            self._check()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._zip.namelist()

    def under(self, folder: str) -> list[str]:
        """The parts in a folder."""
        return sorted(name for name in self._zip.namelist() if name.startswith(folder))

    def parse(self, part: str, start: Start, end: End) -> None:
        """Call ``start`` with each tag and its attributes, ``end`` with each tag and the text just before its end.

        Names come without their namespaces, which differ between the two kinds of OOXML. Raises FileError.
        """
        # Entities are refused in the target, before any is expanded.
        parser = XMLParser(target=_Target(self.path, part, start, end))  # noqa: S314
        if not self.has(part):
            raise FileError(self.path, f"lacks its part {part}. {_SAVE_ANEW}")
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.feed(chunk)
            parser.close()
        except _BROKEN as error:
            raise FileError(self.path, f"is broken in its part {part} ({error}). {_SAVE_ANEW}") from error

    def _check(self) -> None:
        parts = self._zip.infolist()
        if len(parts) > BOUNDS.parts:
            raise FileError(self.path, f"packs {len(parts)} parts, and {BOUNDS.parts} are the bound. {_SMALLER}")
        if (size := sum(part.file_size for part in parts)) > BOUNDS.unpacked:
            raise FileError(self.path, f"unpacks to {size} bytes, and {BOUNDS.unpacked} are the bound. {_SMALLER}")
        for part in parts:
            if part.flag_bits & ENCRYPTED or part.compress_type not in _METHODS:
                raise FileError(self.path, f"is encrypted or packed in an unusual way. {_SAVE_ANEW}")


class _Target:
    """What the parser drives: strips namespaces, gathers text, and stops at a document type."""

    def __init__(self, path: Path, part: str, start: Start, end: End) -> None:
        self._path, self._part = path, part
        self._start, self._end = start, end
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._text.clear()
        self._start(_local(tag), {_local(name): value for name, value in attributes.items()})

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        self._end(_local(tag), "".join(self._text))
        self._text.clear()

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        problem = f"declares a document type ({name}) in its part {self._part}, which no spreadsheet program writes"
        raise FileError(self._path, f"{problem} and which could hide entities. {_SAVE_ANEW}")

    def close(self) -> None:
        pass


def _no_workbook(path: Path) -> str:
    try:
        with path.open("rb") as file:
            old = file.read(4) == _OLD_FORMAT
    except OSError as error:
        return f"can't be read: {error.strerror}. Check the name and the permissions."
    if old:
        return "is protected by a password, or of the old kind .xls. Save it as .xlsx, without a password."
    return f"is no workbook. {_SAVE_ANEW}"


def _local(name: str) -> str:
    return name.rpartition("}")[2]


_BROKEN = (ParseError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError)
_SAVE_ANEW = "Open it in a spreadsheet program, and save it anew as .xlsx."
_SMALLER = "Split the framework, or remove what is no framework; nothing was read."
