"""Any csv, folder of csv or workbook to grids of cells named as in the file; how each was read is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from compgraph.errors import FileError
from compgraph.exchange.spreadsheets.grids.cells import BOUNDS, Findings, Grid, Place, size_within
from compgraph.exchange.spreadsheets.grids.csv_files import delimiter, grid_of
from compgraph.exchange.spreadsheets.grids.xlsx_reader import read_workbook

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_WESTERN = "windows-1252"
_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs"}


def foreign_grids(path: Path, findings: Findings, encodings: Mapping[str, str]) -> tuple[Grid, ...]:
    """The tables of a workbook by the names of its sheets, those of csv by the names of the files.

    Encodings are those that the map states, by file; of other files it is found out, and told unless it is UTF-8.
    Raises FileError for what can't be read, exceeds the bounds, or is in another encoding than stated.
    """
    if path.suffix.lower() == ".xlsx" and path.is_file():
        return read_workbook(path)
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files or files[0].suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise FileError(
            path, "is no table that compgraph reads. Give a workbook (.xlsx), a csv file, or a folder of csv."
        )
    return tuple(_read(files, findings, encodings))


def _read(files: list[Path], findings: Findings, encodings: Mapping[str, str]) -> Iterator[Grid]:
    room = BOUNDS.cells
    for file in files:
        if not size_within(file):
            raise FileError(file, f"has more than {BOUNDS.file} bytes, the bound. Split it; nothing was read.")
        content = file.read_bytes()
        encoding = encodings.get(file.name) or encoding_of(content)
        text = _decoded(file, content, encoding)
        if told := reading_told(content, encoding, text):
            findings.remark(Place(file.name), f"Read as {told}.")
        grid = grid_of(file, file.name, text, findings, room)
        room -= sum(map(len, grid.rows.values()))
        yield grid


def encoding_of(content: bytes) -> str:
    """The encoding that some bytes seem to be in: by their mark, else UTF-8 if they are that, else Western European."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _WESTERN
    return "utf-8"


def reading_told(content: bytes, encoding: str, text: str) -> str:
    """In words what is not plain about a csv file; empty for UTF-8 with commas."""
    marked = any(content.startswith(mark) for mark in _MARKS)
    sign = delimiter(text)
    if encoding in ("utf-8", "utf-8-sig") and not marked and sign == ",":
        return ""
    name = {"utf-8-sig": "UTF-8"}.get(encoding, encoding.replace("utf", "UTF"))
    return f"{name}{', with a byte order mark' if marked else ''}, parted by {_SIGNS[sign]}"


def _decoded(file: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except (ValueError, LookupError) as error:  # UnicodeError is a ValueError
        hint = f'State its encoding in the map: [encodings], and below it "{file.name}" = "windows-1252" or another'
        raise FileError(file, f"is not in the encoding {encoding} ({error}). {hint}.") from error
