"""The slots of SSSOM (1.1) in sheets: those of columns, also of such as ``sheets.yaml`` does not name."""

from functools import cache

from compgraph.exchange.spreadsheets.description import MAPPINGS, Column, Kind, sheets
from compgraph.terms import SSSOM
from compgraph.tidy.sssom import SET_SLOTS, SLOTS

SSSOM_VERSION = "1.1"
ENDS = ("subject_id", "object_id")


def slot_of(column: Column) -> str:
    """The name of the slot that a column holds."""
    return column.property.removeprefix(SSSOM)


@cache
def extra_slot(sheet: str, name: str) -> Column | None:
    """A column for a slot that ``sheets.yaml`` does not name, if SSSOM has one of this name."""
    slot = (SLOTS if sheet == MAPPINGS else SET_SLOTS).get(name)
    if slot is None or any(
        slot_of(column) == name for each in sheets() if each.name == sheet for column in each.columns
    ):
        return None
    return Column(name, SSSOM + name, Kind.SLOT, f"The slot {name} of SSSOM.", many=slot.many)
