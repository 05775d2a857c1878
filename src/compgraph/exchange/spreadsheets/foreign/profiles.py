"""What the columns of a foreign table look like, from their headings and what stands under them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from compgraph.exchange.spreadsheets.grids.cells import Grid
from compgraph.exchange.spreadsheets.names import LOCAL
from compgraph.exchange.spreadsheets.rows import heading_text

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """A column of a foreign table."""

    heading: str
    values: tuple[str, ...]
    """What stands in each row below the headings, without blanks around it; empty where nothing does."""

    @property
    def filled(self) -> tuple[str, ...]:
        """What stands in the rows in which something does."""
        return tuple(value for value in self.values if value)

    @property
    def names_rows(self) -> bool:
        """Whether each row has a text of its own that can be an identifier."""
        return len(set(self.filled)) == len(self.values) > 0 and all(map(LOCAL.fullmatch, self.filled))

    @property
    def counts(self) -> bool:
        """Whether all that stands there are whole numbers from 1."""
        return bool(self.filled) and all(re.fullmatch("[1-9][0-9]{0,8}", value) for value in self.filled)

    @property
    def evidence(self) -> str:
        """What was seen, in words."""
        filled = self.filled
        if not filled:
            return "empty"
        distinct = len(set(filled))
        kind = "whole numbers" if self.counts else f"{sum(map(len, filled)) // len(filled)} characters on average"
        first = " ".join(filled[0].split())
        shown = first if len(first) <= 40 else first[:37] + "..."
        return f"{len(filled)} of {len(self.values)} rows filled, {distinct} different, {kind}, first {shown!r}"


def profiles(grid: Grid) -> dict[str, Profile]:
    """The columns of a table by their headings."""
    top, *rows = sorted(grid.rows) if grid.rows else [0]
    found = {}
    for index, cell in sorted(grid.rows.get(top, {}).items()):
        values = (grid.rows[row].get(index) for row in rows)
        if heading := heading_text(cell.text):
            found[heading] = Profile(heading, tuple(value.text.strip() if value else "" for value in values))
    return found


def sheet_of(name: str) -> str:
    """The name of our sheet whose things a name speaks of, by its last word that tells; empty if none does."""
    return _by_words(name, _words()["sheets"])


def sheet_named(heading: str) -> str:
    """The name of our sheet whose things a heading names itself, by its last word; empty if it names none."""
    return _by_words((words(heading) or [""])[-1], _words()["sheets"])


def columns_of(heading: str) -> tuple[str, ...]:
    """Our columns that a heading may be, the likeliest first."""
    told = words(heading)
    return tuple(ours for ours, known in _words()["columns"].items() if told and told[-1] in known) + tuple(
        ours for ours, known in _words()["columns"].items() if told and told[-1] not in known and set(told) & set(known)
    )


def words(name: str) -> list[str]:
    """The words of a name: of ``humanCodingScheme`` human, coding, scheme."""
    return [word.lower() for word in _WORD.findall(name)]


def _by_words(name: str, known: Mapping[str, Sequence[str]]) -> str:
    for word in reversed(words(name)):
        for sheet, its_words in known.items():
            if word in its_words:
                return sheet
    return ""


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, list[str]]]:
    text = resources.files(__package__).joinpath("headings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
