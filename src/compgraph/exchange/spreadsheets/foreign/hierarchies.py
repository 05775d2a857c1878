"""Tables in which one column says what contains what: the row 3.6.2 is in the row 3.6."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from compgraph.exchange.spreadsheets.foreign.parts import NAMES, Part, Passed, cell, key, quoted
from compgraph.exchange.spreadsheets.foreign.profiles import Profile, columns_of

_PATH = re.compile(r"\w+(?:\.\w+)*")
_CONTAINED = 0.9
"""The share of the rows below the top whose container is a row as well, from which on a column is taken for a path."""
_LONG = 60
"""From how many characters on, on average, a text is a statement and no name."""


def path_column(columns: Mapping[str, Profile]) -> str:
    """The heading of the column that says what contains what; empty if none does, or if nothing names the rows."""
    named = _first("Label", columns)
    return next((name for name, column in columns.items() if named and name != named and _is_path(column)), "")


def parts_of(table: str, path: str, columns: Mapping[str, Profile]) -> tuple[list[Part], list[Passed]]:
    """What the rows of each depth are taken for, and what of them is left out.

    The deepest are indicators of those above, which are competencies, in clusters; the outermost are segments.
    """
    depths = sorted({_depth(value) for value in columns[path].values})
    sheets = dict(zip(reversed(depths), ("Indicators", "Competencies", "Clusters"), strict=False))
    if len(depths) == 2:
        sheets = dict(zip(depths, ("Clusters", "Competencies"), strict=True))
    elif len(depths) > 3:
        sheets[depths[0]] = "Segments"
    parts = [_part(table, path, depth, sheets, columns) for depth in depths if depth in sheets]
    passed = [Passed(table, _where(path, depth)) for depth in depths if depth not in sheets]
    return parts, [*passed, *_unread(parts, path, columns)]


def _part(table: str, path: str, depth: int, sheets: Mapping[int, str], columns: Mapping[str, Profile]) -> Part:
    part = Part(table, sheets[depth], where=_where(path, depth))
    own = {name: _of_depth(column, columns[path], depth) for name, column in columns.items()}
    words = _first("Label", columns)
    prefix = {"Segments": "segment.", "Clusters": "cluster."}.get(part.sheet, "")
    part.columns["Identifier"] = cell(path, f", as = '{prefix}\\1'") if prefix else quoted(path)
    part.used["Identifier"] = path
    _put_words(part, words, own)
    if part.sheet == "Clusters" and len(set(own[words].filled)) < len(own[words].filled):
        part.one, part.remark = cell(words), "The same words come again in other rows, and are taken for one cluster."
    if notes := _first("Editorial notes", own):
        part.put("Editorial notes", notes)
    _put_containers(part, path, depth, sheets)
    return part


def _put_words(part: Part, words: str, own: Mapping[str, Profile]) -> None:
    """The name of a thing: a statement is the definition of a competency that has a number to be called by."""
    number, definition = _first("Number", own), _first("Definition", own)
    if part.sheet != "Competencies":
        part.put(NAMES.get(part.sheet, "Label"), words)
    elif number and all(own[number].values) and _length(own[words]) > _LONG and not definition:
        part.put("Label", number)
        part.put("Definition", words)
    else:
        part.put("Label", words)
        for heading, name in (("Number", number), ("Definition", definition)):
            if name:
                part.put(heading, name)


def _put_containers(part: Part, path: str, depth: int, sheets: Mapping[int, str]) -> None:
    for other, sheet in sheets.items():
        pattern = f", pattern = '({_pattern(other)})\\..*'"
        if part.sheet == "Competencies" and other < depth and sheet in ("Clusters", "Segments"):
            heading, prefix = {"Clusters": ("Cluster", "cluster"), "Segments": ("Segments", "segment")}[sheet]
            part.columns[heading] = cell(path, f"{pattern}, as = '{prefix}.\\1'")
        elif part.sheet == "Indicators" and sheet == "Competencies":
            part.columns["Competency"] = cell(path, pattern)


def _unread(parts: Sequence[Part], path: str, columns: Mapping[str, Profile]) -> Iterator[Passed]:
    """Columns that are read at one depth and not at another, where they are filled too."""
    read = {name for part in parts for name in part.used.values()}
    for part in parts:
        depths = re.compile(part.where.split("'")[1])
        rows = [number for number, value in enumerate(columns[path].values) if depths.fullmatch(value)]
        left = [
            name
            for name, column in columns.items()
            if name in read - {*part.used.values()} and any(column.values[number] for number in rows)
        ]
        if left:
            yield Passed(part.table, part.where, tuple(left))


def _is_path(column: Profile) -> bool:
    values = set(column.values)
    inner = [value for value in values if "." in value]
    if len(values) != len(column.values) or not inner or not all(map(_PATH.fullmatch, values)):
        return False
    return sum(value.rpartition(".")[0] in values for value in inner) >= _CONTAINED * len(inner)


def _depth(value: str) -> int:
    return value.count(".") + 1


def _where(path: str, depth: int) -> str:
    return f"{{ {key(path)} = '{_pattern(depth)}' }}"


def _pattern(depth: int) -> str:
    return r"\.".join(["[^.]+"] * depth)


def _of_depth(column: Profile, path: Profile, depth: int) -> Profile:
    kept = (value for value, place in zip(column.values, path.values, strict=True) if _depth(place) == depth)
    return Profile(column.heading, tuple(kept))


def _first(ours: str, columns: Mapping[str, Profile]) -> str:
    """The foreign column that is likeliest one of ours and has something in it; empty if none."""
    return next((name for name, column in columns.items() if columns_of(name)[:1] == (ours,) and column.filled), "")


def _length(column: Profile) -> float:
    return sum(map(len, column.filled)) / max(1, len(column.filled))
