"""The sheets of a framework, from the one table that describes them: ``sheets.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from compgraph.terms import PREFIXES, RDF_TYPE


class Kind(StrEnum):
    """What the cells of a column hold."""

    IDENTIFIER = "identifier"
    TEXT = "text"
    """Words of a language: that of the framework, or the one in the heading (``Label @de``)."""
    WORD = "word"
    """A name or number that belongs to no language."""
    WHOLE = "whole"
    DECIMAL = "decimal"
    YES_NO = "yes-no"
    DATE = "date"
    """A year, a month of a year, or a day."""
    IRI = "iri"
    POINTER = "pointer"
    """A place in a source document, or a web address."""
    ROW = "row"
    """The name of a row, mostly of another sheet."""
    CHOICE = "choice"
    SLOT = "slot"
    """The value of a slot of SSSOM, of a mapping or of a mapping set."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column; ``sheets.yaml`` says what each field means. It is the same as itself alone."""

    heading: str
    property: str
    kind: Kind
    note: str
    required: bool = False
    many: bool = False
    named: bool = False
    rows: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    through: str = ""
    within: str = ""
    inverse: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One sheet; ``sheets.yaml`` says what each field means. It is the same as itself alone."""

    name: str
    about: str
    columns: tuple[Column, ...]
    classes: tuple[str, ...] = ()
    identifier: str = ""
    base: str = "framework"
    framework: str = ""
    key: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    cite: str = "name"

    @property
    def file(self) -> str:
        """The name of the sheet's file in a folder of csv."""
        return f"{normal(self.name).replace(' ', '-')}.csv"

    @property
    def naming(self) -> Column | None:
        """The column by which a row is called, if the sheet has one."""
        return next((column for column in self.columns if column.named), None)

    @property
    def typed(self) -> bool:
        """Whether a column, and not the sheet, says of which class a row is."""
        return any(column.property == RDF_TYPE for column in self.columns)

    def column(self, heading: str) -> Column:
        """The column of this heading, which must be there."""
        return next(column for column in self.columns if column.heading == heading)


FRAMEWORK, EXPECTATIONS, WITHDRAWN = "Framework", "Expectations", "Withdrawn"
MAPPING_SETS, MAPPINGS = "Mapping sets", "Mappings"
READ_ME = "Read me"


def normal(name: str) -> str:
    """A name as it is compared: in small letters, with single blanks."""
    return " ".join(name.casefold().split())


@lru_cache(maxsize=1)
def sheets() -> tuple[Sheet, ...]:
    """All sheets, in their order: what a row names stands in an earlier sheet, or in its own."""
    text = resources.files(__package__).joinpath("sheets.yaml").read_text(encoding="utf-8")
    return tuple(_sheet(entry) for entry in yaml.safe_load(text)["sheets"])


def _sheet(entry: dict[str, Any]) -> Sheet:
    classes = entry.get("class", [])
    return Sheet(
        name=entry["name"],
        about=entry["about"],
        columns=tuple(_column(column) for column in entry["columns"]),
        classes=tuple(_iri(name) for name in ([classes] if isinstance(classes, str) else classes)),
        identifier=entry.get("identifier", ""),
        base=entry.get("base", "framework"),
        framework=_iri(entry.get("framework", "")),
        key=tuple(entry["key"]),
        order=tuple(entry.get("order", ())),
        cite=entry.get("cite", "name"),
    )


def _column(entry: dict[str, Any]) -> Column:
    return Column(
        heading=entry["heading"],
        property=_iri(entry.get("property", "")),
        kind=Kind(entry["kind"]),
        note=entry["note"],
        required=entry.get("required", False),
        many=entry.get("many", False),
        named=entry.get("named", False),
        rows=tuple(entry.get("rows", ())),
        choices={name: _iri(iri) for name, iri in entry.get("choices", {}).items()},
        through=_iri(entry.get("through", "")),
        within=entry.get("within", ""),
        inverse=entry.get("inverse", False),
        example=str(entry.get("example", "")),
    )


def _iri(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return f"{PREFIXES[prefix]}{local}" if curie else ""
