"""Tables for people: wrapped to the width they have, a record a block where columns would be too narrow."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # findings are shown without a store
    from compgraph.store import Table, Term

_GAP = "  "
_LABEL = "_label"
_NARROWEST = 18
"""Below this many characters a column of prose is no longer pleasant to read."""

Style = Callable[[str], str]
"""Makes a heading stand out; on a pipe it changes nothing."""


_Cells = Sequence[str]


def table_text(table: Table, *, prefixes: Mapping[str, str], width: int, ids: bool = False, style: Style = str) -> str:
    """The rows as a table of at most ``width`` characters; where that is too narrow, each row as a block of lines.

    Columns that are empty throughout are left out, and so are identifiers whose names stand beside them (``level``
    and ``level_label``), unless ``ids``.
    """
    headings, rows = readable(table, prefixes=prefixes, ids=ids)
    return grid_text(headings, rows, width=width, style=style)


def readable(table: Table, *, prefixes: Mapping[str, str], ids: bool = False) -> tuple[list[str], list[list[str]]]:
    """The headings and cells that a person is shown, as ``table_text`` says."""
    rows = [[_shown(term, prefixes) for term in row] for row in table.rows]
    shown = shown_columns(table.columns, rows, ids=ids)
    return list(shown.values()), [[row[place] for place in shown] for row in rows]


def shown_columns(columns: _Cells, rows: Sequence[Sequence[object]], *, ids: bool = False) -> dict[int, str]:
    """The places of the columns that a person is shown, with their headings, as ``table_text`` says."""
    shown = {}
    for place, name in enumerate(columns):
        is_named = f"{name}{_LABEL}" in columns
        if (ids or not is_named) and (not rows or any(row[place] for row in rows)):
            shown[place] = (name if ids else name.removesuffix(_LABEL)).replace("_", " ")
    return shown


def grid_text(headings: _Cells, rows: Sequence[_Cells], *, width: int, style: Style = str) -> str:
    """Cells of text under headings, laid out like ``table_text``."""
    widths = _widths([headings, *rows], width)
    if widths is None:
        return "\n".join(_record(headings, row, width, style) for row in rows)
    rule = _GAP.join("-" * size for size in widths) + "\n"
    spaced = any(height > 1 for row in rows for height in _heights(row, widths))
    body = ("\n" if spaced else "").join(_lines(row, widths, str) for row in _without_repeats(rows))
    return _lines(headings, widths, style) + rule + body


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI with the longest prefix that fits, or as it is."""
    fits = [(len(start), name, start) for name, start in prefixes.items() if iri.startswith(start)]
    if not fits:
        return iri
    _, name, start = max(fits)
    return f"{name}:{iri[len(start) :]}"


def _shown(term: Term | None, prefixes: Mapping[str, str]) -> str:
    if term is None:
        return ""
    if term.kind == "uri":
        return shorten(term.value, prefixes)
    # Several IRIs in one cell stand apart by blanks.
    if term.value.startswith(("http://", "https://")):
        return " ".join(shorten(part, prefixes) for part in term.value.split(" "))
    return term.value


def _widths(lines: Sequence[_Cells], width: int) -> list[int] | None:
    """How wide each column is; None if prose would be squeezed."""
    columns = list(zip(*lines, strict=True))
    natural = [max(1, *map(len, column)) for column in columns]
    room = width - len(_GAP) * (len(columns) - 1)
    longest = [max((len(word) for text in column for word in text.split()), default=0) for column in columns]
    least = [min(size, max(_NARROWEST, word)) for size, word in zip(natural, longest, strict=True)]
    if sum(least) > room:
        return None
    if sum(natural) <= room:
        return natural
    return _shared(natural, least, room)


def _shared(natural: list[int], least: list[int], room: int) -> list[int]:
    """Give each column what it needs at least, then what it wants, a character at a time to the most squeezed."""
    widths = list(least)
    for _ in range(room - sum(widths)):
        squeeze = [want / have if have < want else 0.0 for want, have in zip(natural, widths, strict=True)]
        widths[squeeze.index(max(squeeze))] += 1
    return widths


def _without_repeats(rows: Sequence[_Cells]) -> Iterator[_Cells]:
    """The rows without the leading cells that only repeat the row above."""
    above: _Cells = ()
    for row in rows:
        same = 0
        while same < len(above) - 1 and row[same] == above[same]:
            same += 1
        yield [*[""] * same, *row[same:]]
        above = row


def _heights(row: _Cells, widths: Sequence[int]) -> Iterable[int]:
    return (len(_wrapped(cell, size)) for cell, size in zip(row, widths, strict=True))


def _lines(row: _Cells, widths: Sequence[int], style: Style) -> str:
    cells = [_wrapped(cell, size) for cell, size in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    lines = []
    for number in range(height):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        line = _GAP.join(part.ljust(size) for part, size in zip(parts, widths, strict=True)).rstrip()
        lines.append(f"{style(line)}\n")
    return "".join(lines)


def _record(headings: _Cells, row: _Cells, width: int, style: Style) -> str:
    label = max(map(len, headings))
    lines = []
    for heading, cell in zip(headings, row, strict=True):
        first, *rest = _wrapped(cell, max(width - label - len(_GAP), _NARROWEST))
        lines.append(f"{style(heading.ljust(label))}{_GAP}{first}".rstrip())
        lines.extend(f"{' ' * label}{_GAP}{line}" for line in rest)
    return "".join(f"{line}\n" for line in lines)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
