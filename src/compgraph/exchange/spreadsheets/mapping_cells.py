"""The cells of mapping sets and mappings to the values of slots (SSSOM 1.1); entities become IRIs."""

from __future__ import annotations

from collections.abc import Mapping

from compgraph.exchange.spreadsheets.description import normal
from compgraph.exchange.spreadsheets.grids.cells import Findings
from compgraph.exchange.spreadsheets.names import LOCAL, Names, is_iri
from compgraph.exchange.spreadsheets.prefixes import expand, shorten
from compgraph.exchange.spreadsheets.rows import Entry, Row
from compgraph.exchange.spreadsheets.slots import ENDS, slot_of
from compgraph.exchange.spreadsheets.statements_of_rows import named
from compgraph.exchange.spreadsheets.values import choices_text
from compgraph.load.sssom import PATTERNS
from compgraph.terms import NO_TERM_FOUND, SKOS
from compgraph.tidy import SlotKind
from compgraph.tidy.sssom import SET_SLOTS, SLOTS

NONE_FOUND = SKOS + "mappingRelation"
_FORMS = {SlotKind.NUMBER: "no number. Write it as 0.9", SlotKind.DATE: "no day. Write it as 2020-05-31"}


def identified(entry: Entry, base: str, findings: Findings) -> str:
    """The IRI that an identifier stands for, below a base."""
    text = entry.cell.text
    if not (LOCAL.fullmatch(text) or is_iri(text)):
        rule = "Use letters without accents, digits, dots, hyphens and underscores, the first and the last no dot"
        findings.fault(entry.place, f"{text!r} is no identifier. {rule}.")
    return text if is_iri(text) else f"{base}/{text}"


def header_value(entry: Entry, text: str, known: Mapping[str, str], findings: Findings) -> str | None:
    """The value of a slot of a mapping set as the header of its file has it; None and a fault for what is none."""
    slot = slot_of(entry.heading.column)
    kind = SET_SLOTS[slot].kind if slot in SET_SLOTS else SlotKind.TEXT
    if slot == "object_source" and LOCAL.fullmatch(text):
        text = f"id:{text}"
    if kind is SlotKind.ENTITY:
        iri = _entity(entry, text, known, findings)
        return shorten(iri, known) if iri and not is_iri(text) else iri
    return " ".join(text.split("\n")) if kind is SlotKind.TEXT else _formed(entry, text, kind, findings)


def slot_value(entry: Entry, text: str, known: Mapping[str, str], names: Names, findings: Findings) -> str | None:
    """The value of a slot of a mapping; None and a fault for what is none."""
    column, slot = entry.heading.column, SLOTS[slot_of(entry.heading.column)]
    if column.choices:
        return _relation(entry, text, known, findings)
    if column.rows:
        return named(entry, text, names, findings)
    if slot.kind is SlotKind.ENTITY:
        return _entity(entry, text, known, findings)
    if slot.kind is not SlotKind.TEXT:
        return _formed(entry, text, slot.kind, findings)
    if "\t" in text or "\n" in text or (slot.many and "|" in text):
        signs = "a line break, a tab or the sign |" if slot.many else "a line break or a tab"
        findings.fault(entry.place, f"A mapping file cannot hold {signs} in a text. Write a blank or a dash instead.")
    return text


def check_ends(row: Row, slots: dict[str, list[str]], findings: Findings) -> None:
    """Both ends are there; or, where nothing was found, one of the two."""
    empty = [name for name in ENDS if not slots.get(name)]
    filled = [heading for heading in ("From", "To") if row.entry(heading)]
    if slots.get("predicate_id") == [NONE_FOUND]:
        if len(filled) != 1:
            hint = "Fill in From alone if the other framework has nothing, To alone if this one has nothing."
            findings.fault(row.place, f"None found is said of exactly one thing. {hint}")
        elif len(empty) == 1:
            slots[empty[0]] = [NO_TERM_FOUND]
    elif len(filled) < len(ENDS):
        findings.fault(row.place, "A mapping has two ends. Fill in From and To; or choose the relation none found.")


def _relation(entry: Entry, text: str, known: Mapping[str, str], findings: Findings) -> str | None:
    choices = {normal(name): iri for name, iri in entry.heading.column.choices.items()}
    chosen = choices.get(normal(text)) or expand(text, known)
    if chosen and is_iri(chosen):
        return chosen
    findings.fault(entry.place, f"{text!r} is no relation. Write {choices_text(entry.heading.column.choices)}.")
    return None


def _entity(entry: Entry, text: str, known: Mapping[str, str], findings: Findings) -> str | None:
    iri = expand(text, known)
    if iri and is_iri(iri):
        return iri
    message = f"{text!r} is no identifier. Write it as california:thoroughness, or as a whole web address."
    findings.fault(entry.place, message)
    return None


def _formed(entry: Entry, text: str, kind: SlotKind, findings: Findings) -> str | None:
    if PATTERNS[kind].fullmatch(text):
        return text
    findings.fault(entry.place, f"{text!r} is {_FORMS[kind]}.")
    return None
