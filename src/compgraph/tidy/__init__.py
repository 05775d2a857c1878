"""Graph or table to canonical text: the only writer of kept files."""

from compgraph.tidy.files import write, write_all
from compgraph.tidy.layout import layout_faults
from compgraph.tidy.sssom import Slot, SlotKind, sssom_text
from compgraph.tidy.turtle import comment_line, turtle_text

__all__ = ["Slot", "SlotKind", "comment_line", "layout_faults", "sssom_text", "turtle_text", "write", "write_all"]
