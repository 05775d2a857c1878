"""What came of an import from sheets, for people: what is wrong, where, and what was carried."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from compgraph.exchange.spreadsheets.grids.cells import CellFinding, Place, Weight
from compgraph.exchange.spreadsheets.importing import Import
from compgraph.render.people import Style

_SHOWN = 12
"""How many stretches of rows are named of which the same is told."""


def cell_findings_text(findings: Iterable[CellFinding], *, width: int, style: Style = str) -> str:
    """A block for each finding; what is said of several rows of a column is said once."""
    same: dict[tuple[Weight, str, str, str], list[Place]] = {}
    for finding in findings:
        key = (finding.weight, finding.place.sheet, finding.place.column, finding.message)
        same.setdefault(key, []).append(finding.place)
    return "".join(_block(*key, places, width, style) for key, places in same.items())


def carried_text(carried: Mapping[str, tuple[int, int]]) -> str:
    """A line for each sheet with what was read of it."""
    lines = [(name, _count(rows, "row"), _count(cells, "cell")) for name, (rows, cells) in carried.items()]
    widths = [max(len(line[part]) for line in lines) for part in range(3)] if lines else []
    return "".join(
        f"{name:{widths[0]}}  {rows:>{widths[1]}}  {cells:>{widths[2]}}".rstrip() + "\n" for name, rows, cells in lines
    )


def outcome_text(prepared: Import, *, stops: bool) -> str:
    """What was written, or why nothing was."""
    counts = Counter(finding.weight for finding in prepared.findings)
    if stops:
        told = " and ".join(_count(counts[weight], *nouns) for weight, nouns in _STOPPING.items() if counts[weight])
        hint = " To leave out what has no place: --allow-loss" if not counts[Weight.FAULT] else ""
        return f"Nothing was written, because of {told}.{hint}\n"
    reading = prepared.reading
    lines = [f"{len(reading.triples)} statements, {_count(len(reading.new), 'new identifier')}."]
    if counts[Weight.LOSS]:
        lines.append(f"Not carried, as allowed: {_count(counts[Weight.LOSS], 'thing')} told above.")
    return "".join(f"{line}\n" for line in [*lines, *(f"Wrote {path}" for path in prepared.files)])


_STOPPING = {Weight.FAULT: ("fault",), Weight.LOSS: ("thing without a place", "things without a place")}


def _block(weight: Weight, sheet: str, column: str, message: str, places: list[Place], width: int, style: Style) -> str:
    rows = sorted({place.row for place in places if place.row})
    where = [sheet]
    if rows:
        where.append(f"row{'s' if len(rows) > 1 else ''} {_listed(rows)}")
    if column:
        heading = places[0].heading
        where.append(f"column {column}" + (f" ({heading})" if heading else ""))
    wrapped = textwrap.wrap(message, width, initial_indent="  ", subsequent_indent="  ")
    return "".join(f"{line}\n" for line in [style(f"{weight}: {', '.join(where)}"), *wrapped])


def _listed(rows: list[int]) -> str:
    """The numbers of the rows; of many, the first."""
    runs = list(_runs(rows))
    shown = ", ".join(runs[:_SHOWN])
    return f"{shown} and others, {len(rows)} in all" if len(runs) > _SHOWN else shown


def _runs(rows: list[int]) -> Iterator[str]:
    """``2-4`` for 2, 3 and 4."""
    for _, run in groupby(enumerate(rows), key=lambda item: item[1] - item[0]):
        numbers = [number for _, number in run]
        yield str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
