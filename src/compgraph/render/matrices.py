"""The links between two frameworks as a matrix: what stands in each cell, with its sign, its words and its count."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from compgraph.comparisons import FrameworkComparison
from compgraph.comparisons.frameworks import Entry, Side, Standing
from compgraph.comparisons.links import Link
from compgraph.relations import RELATIONS
from compgraph.terms import plural

SIGNS = {
    "progresses to": "→",
    "carried on from": "←",
    "exact match": "=",
    "close match": "≈",
    "part of something broader": "<",
    "covers something narrower": ">",
    "related": "○",
}
"""The sign of each kind of link."""

STRENGTHS = (("strong", 0.8), ("fair", 0.6), ("weak", 0.0))
"""The bands of confidence that a picture tells apart, with the least confidence of each."""

_GAPS = {
    "none found": ("–", "somebody looked and found no counterpart"),
    "not looked at": ("?", "nothing is on record, neither a link nor that none was found"),
    "no link": ("·", "none is on record between these two"),
    "itself": ("■", "the same competency on both sides"),
}


class Cell(NamedTuple):
    """Where a row and a column meet."""

    sign: str
    """All kinds of link between the two, or the sign of a gap."""
    text: str
    """The same with the confidence of each: ``≈ 0.9``."""
    words: str
    """The same in words."""
    kind: str
    """The strongest kind of link, or the kind of gap."""
    strength: str
    """Of the strongest link: a band of ``STRENGTHS``, or ``unstated``; empty for a gap."""
    comment: str
    """What the links rest on."""


class Line(NamedTuple):
    """A row or a column."""

    head: str
    """A short number, unique on its side."""
    entry: Entry
    links: int
    """In how many cells of it there is a link."""

    @property
    def margin(self) -> str:
        """The count, or why there is nothing to count."""
        counted = self.links or self.entry.standing is Standing.NO_LINK
        return str(self.links) if counted else self.entry.standing.value


class Row(NamedTuple):
    """A row with its cells."""

    line: Line
    cells: tuple[Cell, ...]


class Sign(NamedTuple):
    """A line of the legend."""

    kind: str
    sign: str
    meaning: str
    strength: str
    """The band in which the sign is shown; empty for a gap."""


class Matrix(NamedTuple):
    """Everything that a picture of the matrix shows."""

    rows: Side
    columns: Side
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    """The rows by cluster; a single group without a name where there are no clusters."""
    heads: tuple[Line, ...]
    total: int
    """How many pairs of competencies are linked."""
    summary: tuple[str, ...]
    """The counts, in sentences."""
    legend: tuple[Sign, ...]
    """All signs that occur."""

    @property
    def title(self) -> str:
        """What the matrix is of."""
        if self.rows.iri == self.columns.iri:
            return f"Links within {self.rows.label}"
        return f"Links from {self.rows.label} to {self.columns.label}"

    @property
    def none_found(self) -> tuple[Entry, ...]:
        """The competencies of both sides for which somebody looked and found no counterpart."""
        sides = (self.rows, self.columns)
        return tuple(dict.fromkeys(entry for side in sides for entry in side.standing(Standing.NONE_FOUND)))


def matrix(comparison: FrameworkComparison) -> Matrix:
    """The matrix of a comparison. Columns stand by number where the source gives them numbers."""
    rows, columns = comparison.rows, comparison.columns
    numbered = all(entry.number.isdecimal() for entry in columns.entries)
    across = sorted(columns.entries, key=lambda entry: int(entry.number)) if numbered else columns.entries
    linked = Counter(row for row, _ in comparison.links), Counter(column for _, column in comparison.links)
    lines = [Line("", entry, linked[0][entry.iri]) for entry in rows.entries]
    found = [Row(line, tuple(_cell(comparison, line.entry, column) for column in across)) for line in lines]
    groups = [(name, tuple(group)) for name, group in groupby(found, key=lambda row: row.line.entry.group)]
    heads = [
        Line(entry.number if _are_unique(across) else str(place), entry, linked[1][entry.iri])
        for place, entry in enumerate(across, 1)
    ]
    return Matrix(
        rows=rows,
        columns=columns,
        groups=tuple(groups),
        heads=tuple(heads),
        total=len({frozenset(pair) for pair in comparison.links}),
        summary=tuple(dict.fromkeys((_counted(comparison), _standings(rows), _standings(columns)))),
        legend=_legend(cell for row in found for cell in row.cells),
    )


def _are_unique(entries: Iterable[Entry]) -> bool:
    numbers = [entry.number for entry in entries]
    return all(numbers) and len(set(numbers)) == len(numbers)


def _cell(comparison: FrameworkComparison, row: Entry, column: Entry) -> Cell:
    if row.iri == column.iri:
        return _gap("itself")
    if links := comparison.links.get((row.iri, column.iri)):
        return Cell(
            sign="".join(SIGNS[link.relation] for link in links),
            text=", ".join(f"{SIGNS[link.relation]} {link.confidence}".rstrip() for link in links),
            words="; ".join(told(link) for link in links),
            kind=links[0].relation,
            strength=strength(links[0].confidence),
            comment=" ".join(link.comment for link in links if link.comment),
        )
    for standing in (Standing.NONE_FOUND, Standing.NOT_LOOKED_AT):
        if standing in (row.standing, column.standing):
            return _gap(standing.value)
    return _gap("no link")


def told(link: Link) -> str:
    """A link in words."""
    return f"{link.relation}, confidence {link.confidence or 'not stated'}"


def strength(confidence: str) -> str:
    """The band that a confidence falls into."""
    return next(name for name, least in STRENGTHS if float(confidence) >= least) if confidence else "unstated"


def _gap(kind: str) -> Cell:
    sign = _GAPS[kind][0]
    return Cell(sign, sign, kind, kind, "", "")


def _counted(comparison: FrameworkComparison) -> str:
    """How many links there are of each kind; within one framework each is seen from both ends, and counted once."""
    kinds = Counter(
        link.relation
        for (row, column), links in comparison.links.items()
        for link in links
        if not (link.relation == "carried on from" and (column, row) in comparison.links)
    )
    told_kinds = ", ".join(f"{kind} {kinds[kind]}" for kind in RELATIONS if kinds[kind])
    return f"{_many(sum(kinds.values()), 'link')}{': ' if told_kinds else ''}{told_kinds}."


def _standings(side: Side) -> str:
    counts = Counter(entry.standing for entry in side.entries)
    parts = ", ".join(f"{counts[standing]} {standing.value}" for standing in Standing if counts[standing])
    elsewhere = " Elsewhere is a part of the other framework that is not shown." if counts[Standing.ELSEWHERE] else ""
    return f"{side.label}: of {_many(len(side.entries), 'competency')}, {parts}.{elsewhere}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else plural(noun)}"


def _legend(cells: Iterable[Cell]) -> tuple[Sign, ...]:
    shown = list(cells)
    signs, gaps = {sign for cell in shown for sign in cell.sign if cell.strength}, {cell.kind for cell in shown}
    links = [
        Sign(kind, sign, f"{kind}, as seen from the row", "strong") for kind, sign in SIGNS.items() if sign in signs
    ]
    return (*links, *(Sign(kind, sign, f"{kind}: {why}", "") for kind, (sign, why) in _GAPS.items() if kind in gaps))
