"""Canonical SSSOM TSV, and what each slot of the standard holds (SSSOM 1.1, https://w3id.org/sssom/)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

import yaml


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

HEADER = (
    "sssom_version",
    "mapping_set_id",
    "mapping_set_title",
    "mapping_set_description",
    "mapping_set_version",
    "license",
    "curie_map",
)
"""The keys of the header that come first; all others follow by name."""


def sssom_text(metadata: Mapping[str, object], rows: Iterable[Mapping[str, str]]) -> str:
    """The canonical SSSOM TSV of a mapping set: LF, used columns in the standard's order, rows sorted.

    Rows sort by subject, predicate, object and record; the prefixes of the header are cut to those that are used.
    """
    kept = [{name: value for name, value in row.items() if value} for row in rows]
    columns = [name for name in SLOTS if any(name in row for row in kept)]
    ordered = sorted(kept, key=lambda row: [row.get(name, "") for name in _SORT])
    lines = ["\t".join(columns), *("\t".join(row.get(name, "") for name in columns) for row in ordered)]
    return _header(_trimmed(metadata, kept)) + "".join(f"{line}\n" for line in lines)


_SORT = ("subject_id", "predicate_id", "object_id", "record_id")


def _header(metadata: Mapping[str, object]) -> str:
    first = {key: metadata[key] for key in HEADER if key in metadata}
    rest = {key: metadata[key] for key in sorted(metadata) if key not in HEADER}
    text = yaml.safe_dump(first | rest, sort_keys=False, allow_unicode=True, width=2**31, default_flow_style=False)
    return "".join(f"#{line}\n" for line in text.splitlines())


def _trimmed(metadata: Mapping[str, object], rows: list[dict[str, str]]) -> dict[str, object]:
    trimmed = dict(metadata)
    prefixes = metadata.get("curie_map")
    if isinstance(prefixes, Mapping):
        used = _prefixes_used(metadata, rows)
        trimmed["curie_map"] = {name: prefixes[name] for name in sorted(prefixes) if name in used}
    return trimmed


def _prefixes_used(metadata: Mapping[str, object], rows: list[dict[str, str]]) -> set[str]:
    values = [value for row in rows for name, value in row.items() if SLOTS[name].kind is SlotKind.ENTITY]
    values += [value for value in metadata.values() if isinstance(value, str)]
    return {part.partition(":")[0].strip() for value in values for part in value.split("|")}
