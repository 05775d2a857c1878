"""Edits of a mapping set: what is done to the first row whose predicate begins so."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tests.mutants.cuts import Cut, cut
from tests.mutants.edits import Damage, Edit

_AS_IT_IS: Mapping[str, str] = MappingProxyType({})


class _Table:
    """The table of a mapping set, row by row."""

    def __init__(self, whole: Cut) -> None:
        self._whole = whole
        self.first = next(place for place, line in enumerate(whole.lines) if not line.startswith("#")) + 1
        columns = whole.lines[self.first - 1].split("\t")
        self.rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in whole.lines[self.first :]]

    def of(self, kind: str) -> Iterator[int]:
        """The places of the rows of a kind."""
        return (place for place, row in enumerate(self.rows) if re.match(kind, row["predicate_id"]))

    def damage(self, place: int, told: str) -> Damage:
        """The table as it is now; told of the node that a cell of this row names."""
        lines = (*self._whole.lines[: self.first], *("\t".join(row.values()) for row in self.rows))
        return Damage(self._whole._replace(lines=lines), self.rows[place][told], self.first + place + 1)


def cells(kind: str, new: Mapping[str, str], told: str = "record_id") -> Edit:
    """Changes cells of a row."""

    def damage(whole: Cut) -> Damage | None:
        table = _Table(whole)
        for place in table.of(kind):
            if (changed := _filled(new, table.rows[place])) is not None:
                table.rows[place].update(changed)
                return table.damage(place, told)
        return None

    return _of_tables(damage)


def again(kind: str, new: Mapping[str, str], told: str = "record_id", before: Mapping[str, str] = _AS_IT_IS) -> Edit:
    """Adds a row like another with some cells changed, after what ``before`` says was changed in both."""

    def damage(whole: Cut) -> Damage | None:
        table = _Table(whole)
        for place in table.of(kind):
            row = table.rows[place]
            if (changed := _filled(new, row)) is not None:
                row.update(before)
                table.rows.append({**row, "record_id": row["record_id"] + "-again", **changed})
                return table.damage(len(table.rows) - 1, told)
        return None

    return _of_tables(damage)


def headless(slot: str, kind: str) -> Edit:
    """Takes a line from the header; told of a row."""

    def damage(whole: Cut) -> Damage | None:
        lines = tuple(line for line in whole.lines if not line.startswith(f"#{slot}:"))
        table = _Table(whole._replace(lines=lines))
        return next((table.damage(place, "record_id") for place in table.of(kind)), None)

    return _of_tables(damage)


def _of_tables(damage: Edit) -> Edit:
    return lambda whole: damage(whole) if whole.is_table else None


def _filled(new: Mapping[str, str], row: Mapping[str, str]) -> dict[str, str] | None:
    """The cells with the row's own put in, ``{subject_id}``, or another of the object's framework, ``{Level}``."""

    def asked(name: re.Match[str]) -> str:
        if name[1] in row:
            return row[name[1]]
        others = [each.name for each in cut(row["object_id"].partition(":")[0]).of(name[1])]
        return next(other for other in others if other != row["object_id"])

    try:
        return {column: re.sub(r"\{(\w+)\}", asked, value) for column, value in new.items()}
    except StopIteration:
        return None
