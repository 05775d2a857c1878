"""Canonical SSSOM TSV, and what each slot of the standard holds (SSSOM 1.1, https://w3id.org/sssom/)."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum

import yaml

from compgraph.terms import PREFIXES


class SlotKind(Enum):
    """What the values of a slot are."""

    ENTITY = "entity"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of SSSOM: its name, what it holds, and whether ``|`` parts several values."""

    name: str
    kind: SlotKind = SlotKind.TEXT
    many: bool = False


def _entities(*names: str, many: bool = False) -> list[Slot]:
    return [Slot(name, SlotKind.ENTITY, many) for name in names]


def _texts(*names: str, many: bool = False) -> list[Slot]:
    return [Slot(name, SlotKind.TEXT, many) for name in names]


SLOTS: dict[str, Slot] = {
    slot.name: slot
    for slot in (
        *_entities("record_id", "subject_id"),
        *_texts("subject_label", "subject_category"),
        *_entities("predicate_id"),
        *_texts("predicate_label", "predicate_modifier"),
        *_entities("object_id"),
        *_texts("object_label", "object_category"),
        *_entities("mapping_justification"),
        *_entities("author_id", many=True),
        *_texts("author_label", many=True),
        *_entities("reviewer_id", many=True),
        *_texts("reviewer_label", many=True),
        *_entities("creator_id", many=True),
        *_texts("creator_label", many=True),
        *_entities("license"),
        *_texts("subject_type"),
        *_entities("subject_source"),
        *_texts("subject_source_version", "object_type"),
        *_entities("object_source"),
        *_texts("object_source_version", "predicate_type"),
        *_entities("mapping_provider", "mapping_source"),
        *_texts("mapping_cardinality"),
        *_texts("cardinality_scope", many=True),
        *_texts("mapping_tool"),
        *_entities("mapping_tool_id"),
        *_texts("mapping_tool_version"),
        Slot("mapping_date", SlotKind.DATE),
        Slot("publication_date", SlotKind.DATE),
        Slot("review_date", SlotKind.DATE),
        Slot("confidence", SlotKind.NUMBER),
        Slot("reviewer_agreement", SlotKind.NUMBER),
        *_entities("curation_rule", many=True),
        *_texts("curation_rule_text", many=True),
        *_entities("subject_match_field", "object_match_field", many=True),
        *_texts("match_string", many=True),
        *_entities("subject_preprocessing", "object_preprocessing", many=True),
        Slot("similarity_score", SlotKind.NUMBER),
        *_texts("similarity_measure"),
        *_entities("see_also", many=True),
        *_entities("issue_tracker_item"),
        *_entities("derived_from", many=True),
        *_texts("other", "comment"),
    )
}
"""The slots of a mapping, in the order of the standard, which is the order of our columns."""

PROPAGATED = frozenset(
    {
        *("cardinality_scope", "curation_rule", "curation_rule_text", "mapping_date", "mapping_provider"),
        *("mapping_tool", "mapping_tool_id", "mapping_tool_version", "object_match_field", "object_preprocessing"),
        *("object_source", "object_source_version", "object_type", "predicate_type", "similarity_measure"),
        *("subject_match_field", "subject_preprocessing", "subject_source", "subject_source_version", "subject_type"),
    }
)
"""The slots that hold for every row when they stand in the header (SSSOM 1.1, propagation of slots)."""

SET_SLOTS: dict[str, Slot] = {
    slot.name: slot
    for slot in (
        *_texts("sssom_version"),
        *_entities("mapping_set_id"),
        *_texts("mapping_set_version"),
        *_entities("mapping_set_source", many=True),
        *_texts("mapping_set_title", "mapping_set_description"),
        Slot("mapping_set_confidence", SlotKind.NUMBER),
        *(SLOTS[name] for name in ("creator_id", "creator_label", "license", "publication_date")),
        *(slot for name, slot in SLOTS.items() if name in PROPAGATED),
        *(SLOTS["see_also"], Slot("issue_tracker", SlotKind.ENTITY), SLOTS["other"], SLOTS["comment"]),
    )
}
"""The slots of a mapping set but its ``curie_map``, in the order of the header."""

_BUILT_IN = {name: PREFIXES[name] for name in ("owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd")}
_MUST_BE_QUOTED = re.compile(r'["\t\n\r]')


def sssom_text(metadata: Mapping[str, object], rows: Iterable[Mapping[str, str]]) -> str:
    """The canonical SSSOM/TSV of a mapping set (SSSOM 1.1, Canonical SSSOM/TSV format).

    LF; header and columns in the standard's order and only those that are used; so are the prefixes, without those that
    everybody knows; rows sorted by their slots. But nothing is condensed or rounded: a value stays where and as it was
    stated.
    """
    kept = [{name: value for name, value in row.items() if value} for row in rows]
    columns = [name for name in SLOTS if any(name in row for row in kept)]
    lines = sorted([row.get(name, "") for name in columns] for row in kept)
    table = "".join("\t".join(map(_quoted, line)) + "\n" for line in [columns, *lines])
    return _header(_trimmed(metadata, kept)) + table


def listed(value: object) -> list[str]:
    """The values of a slot of a header, which may hold one without making a list of it."""
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


class _Dumper(yaml.SafeDumper):
    """Quotes doubly what can't stand plain, as the standard has it."""

    def choose_scalar_style(self) -> str:
        style: str = super().choose_scalar_style()
        return '"' if style == "'" else style


def _header(metadata: Mapping[str, object]) -> str:
    names = [name for name in SET_SLOTS if name in metadata]
    others = sorted(name for name in metadata if name not in SET_SLOTS and name != "curie_map")
    prefixes = {"curie_map": metadata["curie_map"]} if metadata.get("curie_map") else {}
    slots = prefixes | {name: _stated(name, metadata[name]) for name in [*names, *others]}
    text: str = yaml.dump(
        slots, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**31, default_flow_style=False
    )
    return "".join(f"#{line}\n" for line in text.splitlines())


def _stated(name: str, value: object) -> object:
    """A value as YAML is to write it: several as a list, also if it is one, and a date without quotes."""
    slot = SET_SLOTS.get(name)
    if slot and slot.many:
        return listed(value)
    if slot and slot.kind is SlotKind.DATE:
        with suppress(ValueError):  # what is no date is told by a rule
            return date.fromisoformat(str(value))
    return value


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if _MUST_BE_QUOTED.search(value) else value


def _trimmed(metadata: Mapping[str, object], rows: list[dict[str, str]]) -> dict[str, object]:
    trimmed = dict(metadata)
    prefixes = metadata.get("curie_map")
    if isinstance(prefixes, Mapping):
        used = _prefixes_used(metadata, rows)
        kept = (name for name in sorted(prefixes) if name in used and _BUILT_IN.get(name) != prefixes[name])
        trimmed["curie_map"] = {name: prefixes[name] for name in kept}
    return trimmed


def _prefixes_used(metadata: Mapping[str, object], rows: list[dict[str, str]]) -> set[str]:
    values = [value for row in rows for name, value in row.items() if SLOTS[name].kind is SlotKind.ENTITY]
    values += [each for name, value in metadata.items() if name != "curie_map" for each in listed(value)]
    return {part.partition(":")[0].strip() for value in values for part in value.split("|")}
