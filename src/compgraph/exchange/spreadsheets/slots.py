"""The slots of SSSOM (1.1) in sheets: those of columns, also of such as ``sheets.yaml`` does not name."""

from functools import cache

from compgraph.exchange.spreadsheets.description import MAPPINGS, Column, Kind, sheets
from compgraph.terms import SSSOM
from compgraph.tidy.sssom import PROPAGATED, SLOTS

SSSOM_VERSION = "1.1"
ENDS = ("subject_id", "object_id")
_OF_SETS = (
    *("cardinality_scope", "comment", "creator_id", "creator_label", "curation_rule", "curation_rule_text"),
    *("issue_tracker", "license", "mapping_set_confidence", "mapping_set_description", "mapping_set_source"),
    *("mapping_set_title", "mapping_set_version", "mapping_tool", "other", "publication_date", "see_also"),
    *("sssom_version", "subject_source"),
)
_LISTS_OF_SETS = frozenset({"creator_id", "creator_label", "mapping_set_source", "see_also"})


def slot_of(column: Column) -> str:
    """The name of the slot that a column holds."""
    return column.property.removeprefix(SSSOM)


@cache
def extra_slot(sheet: str, name: str) -> Column | None:
    """A column for a slot that ``sheets.yaml`` does not name, if SSSOM has one of this name."""
    if name not in (SLOTS if sheet == MAPPINGS else PROPAGATED | {*_OF_SETS}):
        return None
    if any(slot_of(column) == name for each in sheets() if each.name == sheet for column in each.columns):
        return None
    many = SLOTS[name].many if name in SLOTS else name in _LISTS_OF_SETS
    if sheet != MAPPINGS and name in _LISTS_OF_SETS:
        many = True
    return Column(name, SSSOM + name, Kind.SLOT, f"The slot {name} of SSSOM.", many=many)
