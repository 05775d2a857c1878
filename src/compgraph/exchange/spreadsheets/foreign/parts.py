"""The parts of a column map that is being proposed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

NAMES = {"Indicators": "Text", "Behaviours": "Text"}
"""Which column of a sheet has the words, where that is not Label."""
_PREFIXES = {"Levels": "level.", "Clusters": "cluster.", "Indicators": "indicator.", "Behaviours": "behaviour."}


@dataclass(slots=True)
class Part:
    """One ``[[table]]`` of the map that is proposed."""

    table: str
    sheet: str
    columns: dict[str, str] = field(default_factory=dict)
    """TOML by our headings."""
    used: dict[str, str] = field(default_factory=dict)
    """Foreign headings by ours."""
    where: str = ""
    one: str = ""
    remark: str = ""

    @property
    def name(self) -> str:
        """The heading of our column for the words."""
        return NAMES.get(self.sheet, "Label")

    def put(self, heading: str, name: str, *, extra: str = "") -> None:
        """Say which foreign column one of ours is."""
        prefix = prefix_of(self.sheet) if heading == "Identifier" else ""
        shaped = f", as = '{prefix}\\1'" if prefix else ""
        self.columns[heading] = cell(name, shaped + extra) if shaped or extra else quoted(name)
        self.used[heading] = name


@dataclass(slots=True)
class Passed:
    """One ``[[left-out]]`` of the map that is proposed: some columns of some rows, or all of them."""

    table: str
    where: str
    columns: tuple[str, ...] = ()


def prefix_of(sheet: str) -> str:
    """How the identifiers of a sheet begin, so that those of two sheets differ."""
    return _PREFIXES.get(sheet, "")


def cell(name: str, extra: str = "") -> str:
    """A column with more to say, as TOML."""
    return f"{{ column = {quoted(name)}{extra} }}"


def key(name: str) -> str:
    """A key of TOML."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)


def quoted(text: str) -> str:
    """A text of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
