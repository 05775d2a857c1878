"""A column map (TOML): which columns of a foreign table are which of ours, and which are left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from compgraph.errors import FileError
from compgraph.exchange.spreadsheets.description import FRAMEWORK, MAPPING_SETS, MAPPINGS, WITHDRAWN, Sheet, sheets
from compgraph.exchange.spreadsheets.grids.cells import Place
from compgraph.exchange.spreadsheets.rows import Heading, heading_of

Where = Mapping[str, re.Pattern[str]]
_KEYS: Mapping[str, Mapping[str, type]] = {
    "table": {"from": str, "to": str, "where": dict, "one": dict, "columns": dict},
    "left-out": {"from": str, "columns": list, "where": dict, "why": str},
    "cell": {"column": str, "pattern": str, "as": str, "where": dict, "split": str, "fill": str, "value": str},
    "one": {"column": str, "pattern": str},
}
_WHOLE = re.compile(r"(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the content of a cell comes from: a column, or a value that the map itself gives."""

    column: str = ""
    pattern: re.Pattern[str] = _WHOLE
    """What the text must be."""
    shape: str = r"\1"
    """What is made of it; ``\\1`` is the first group of the pattern."""
    where: Where = field(default_factory=dict)
    split: str = ""
    """The sign that parts several values."""
    fill: bool = False
    """Whether an empty cell means the last one above it that is not."""
    value: str = ""


@dataclass(frozen=True, slots=True)
class TableMap:
    """How rows of a foreign table become rows of one of our sheets."""

    table: str
    sheet: Sheet
    columns: tuple[tuple[Heading, tuple[Source, ...]], ...]
    where: Where
    one: Source | None
    """The rows in which this gives the same text are one row of ours; None: each row is one."""
    place: Place


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not to be carried: some columns (all, if none is named) of some rows of a table."""

    table: str
    columns: tuple[str, ...]
    where: Where
    place: Place


@dataclass(frozen=True, slots=True)
class Given:
    """A row that stands in the map itself."""

    sheet: Sheet
    cells: tuple[tuple[Heading, str], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """A column map as its file states it."""

    path: Path
    encodings: Mapping[str, str]
    rows: tuple[Given, ...]
    tables: tuple[TableMap, ...]
    left_out: tuple[LeftOut, ...]


def read_column_map(path: Path) -> ColumnMap:
    """The column map of a file. Raises FileError, with the line where that is known, for anything it can't hold."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(path, f"can't be read as UTF-8 ({error}). Check the file.") from error
    except tomllib.TOMLDecodeError as error:
        raise FileError(path, f"is no TOML: {error}. Mend it; compgraph columns makes a map to begin with.") from error
    return _Reader(path, text).map(content)


class _Reader:
    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._sheets = {s.name: s for s in sheets() if s.name not in (MAPPINGS, MAPPING_SETS, WITHDRAWN)}

    def map(self, content: dict[str, Any]) -> ColumnMap:
        for key in content:
            self._known(key, [*self._sheets, "table", "left-out", "encodings"], Place(self._path.name, 1))
        if FRAMEWORK not in content or not isinstance(content[FRAMEWORK], dict):
            raise FileError(self._path, f"does not describe the framework. Add a part [{FRAMEWORK}], with its Label.")
        encodings = {str(name): str(value) for name, value in content.get("encodings", {}).items()}
        return ColumnMap(
            path=self._path,
            encodings=encodings,
            rows=tuple(self._given(content)),
            tables=tuple(self._table(entry, place) for entry, place in self._entries(content, "table")),
            left_out=tuple(self._left_out(entry, place) for entry, place in self._entries(content, "left-out")),
        )

    def _entries(self, content: dict[str, Any], name: str) -> Iterator[tuple[dict[str, Any], Place]]:
        """The tables of a name, each with the line where it begins."""
        found = content.get(name, [])
        heads = re.finditer(rf"^\s*\[+\s*[\"']?{re.escape(name)}[\"']?\s*\]", self._text, re.MULTILINE)
        lines = [self._text.count("\n", 0, head.end()) + 1 for head in heads]
        for number, entry in enumerate(found if isinstance(found, list) else [found]):
            place = Place(self._path.name, lines[number] if number < len(lines) else 1)
            if not isinstance(entry, dict):
                raise self._error(place, f"{name} is no part with keys. Write it as [[{name}]] and lines below")
            yield entry, place

    def _given(self, content: dict[str, Any]) -> Iterator[Given]:
        for sheet in self._sheets.values():
            for entry, place in self._entries(content, sheet.name):
                cells = ((self._heading(sheet, key, place), _text(value)) for key, value in entry.items())
                yield Given(sheet, tuple(cells), place)

    def _table(self, entry: dict[str, Any], place: Place) -> TableMap:
        self._check(entry, "table", place, needed=("from", "to", "columns"))
        self._known(entry["to"], self._sheets, place)
        sheet = self._sheets[entry["to"]]
        columns = tuple(
            (self._heading(sheet, key, place), tuple(self._source(each, place) for each in _list(value)))
            for key, value in entry["columns"].items()
        )
        for column in sheet.columns:
            if column.required and column not in [heading.column for heading, _ in columns]:
                hint = f"What goes there: {column.note}"
                raise self._error(place, f"no column is said to be the {column.heading} of {sheet.name}. {hint}")
        one = self._source(entry["one"], place, "one") if "one" in entry else None
        return TableMap(entry["from"], sheet, columns, self._where(entry, place), one, place)

    def _left_out(self, entry: dict[str, Any], place: Place) -> LeftOut:
        self._check(entry, "left-out", place, needed=("from",))
        return LeftOut(entry["from"], tuple(map(str, entry.get("columns", ()))), self._where(entry, place), place)

    def _source(self, entry: Any, place: Place, kind: str = "cell") -> Source:
        if isinstance(entry, str):
            return Source(entry)
        if not isinstance(entry, dict) or ("column" in entry) == ("value" in entry):
            raise self._error(place, 'a cell is the name of a column, or { column = "..." }, or { value = "..." }')
        self._check(entry, kind, place)
        if entry.get("fill", "down") != "down":
            raise self._error(place, f'fill is {entry["fill"]!r}. Write fill = "down", or leave it out')
        return Source(
            column=entry.get("column", ""),
            pattern=self._pattern(entry["pattern"], place) if "pattern" in entry else _WHOLE,
            shape=self._shape(entry, place),
            where=self._where(entry, place),
            split=entry.get("split", ""),
            fill="fill" in entry,
            value=entry.get("value", ""),
        )

    def _shape(self, entry: dict[str, Any], place: Place) -> str:
        pattern = self._pattern(entry.get("pattern", "(.*)"), place)
        shape = str(entry.get("as", r"\1" if pattern.groups else r"\g<0>"))
        try:
            # Also what does not match has the groups of a pattern, if nothing is another way to match it.
            re.sub(f"{pattern.pattern}|", shape, "")
        except (re.error, IndexError) as error:
            raise self._error(place, f"as = {shape!r} fits no group of the pattern ({error})") from error
        return shape

    def _where(self, entry: dict[str, Any], place: Place) -> Where:
        return {str(name): self._pattern(value, place) for name, value in entry.get("where", {}).items()}

    def _pattern(self, text: object, place: Place) -> re.Pattern[str]:
        try:
            return re.compile(str(text), re.DOTALL)
        except re.error as error:
            raise self._error(place, f"{text!r} is no regular expression ({error})") from error

    def _heading(self, sheet: Sheet, name: str, place: Place) -> Heading:
        heading = heading_of(sheet, place._replace(heading=name))
        if heading is None:
            self._known(name, [column.heading for column in sheet.columns], place)
            raise self._error(place, f"{name!r} is no column of {sheet.name}")
        return heading

    def _check(self, entry: dict[str, Any], kind: str, place: Place, *, needed: tuple[str, ...] = ()) -> None:
        for key, value in entry.items():
            self._known(key, _KEYS[kind], place)
            if not isinstance(value, _KEYS[kind][key]):
                raise self._error(place, f"{key} is not written as it should be")
        for key in needed:
            if key not in entry:
                raise self._error(place, f"{key} is missing: add it")

    def _known(self, name: str, known: Any, place: Place) -> None:
        if name not in known:
            near = get_close_matches(name, list(known), 1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Known are: {', '.join(known)}"
            raise self._error(place, f"{name!r} is not known here. {hint}")

    def _error(self, place: Place, problem: str) -> FileError:
        return FileError(self._path, problem if problem.endswith(("?", ".")) else f"{problem}.", line=place.row)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return "\n".join(map(_text, value)) if isinstance(value, list) else str(value)
