"""Mapping sets as SSSOM tables, as they are published: under the site's base, without what is hidden."""

from collections.abc import Collection, Mapping

import pyoxigraph as ox

from compgraph.load import MappingSet
from compgraph.publish.bases import rebased_iri
from compgraph.terms import SSSOM
from compgraph.tidy import SlotKind, sssom_text
from compgraph.tidy.sssom import SET_SLOTS, SLOTS, listed


def published_table(mapping_set: MappingSet, kept: Collection[ox.Triple], base: str) -> str:
    """The canonical SSSOM TSV of those slots of a set that stand in ``kept``, its triples as they are published."""
    said = {
        (triple.subject.value, triple.predicate.value) for triple in kept if isinstance(triple.subject, ox.NamedNode)
    }
    prefixes = mapping_set.prefixes()  # also those known everywhere, which hold for our own base alone
    moved = {name: rebased_iri(start, base) for name, start in prefixes.items()}
    rows = []
    for line, row in zip(mapping_set.lines, mapping_set.rows, strict=True):
        record = rebased_iri(mapping_set.expand(row["record_id"], line).value, base)
        slots = {name: value for name, value in row.items() if name == "record_id" or (record, SSSOM + name) in said}
        if len(slots) > 1:
            rows.append({name: _slot(name, value, prefixes, moved, base) for name, value in slots.items()})
    return sssom_text(_header(mapping_set, prefixes, moved, base), rows)


def _header(
    mapping_set: MappingSet, prefixes: Mapping[str, str], moved: Mapping[str, str], base: str
) -> dict[str, object]:
    header: dict[str, object] = {**mapping_set.metadata, "curie_map": moved}
    for name, slot in SET_SLOTS.items():
        if name in header and slot.kind is SlotKind.ENTITY:
            values = [_entity(each, prefixes, moved, base) for each in listed(header[name])]
            header[name] = values if slot.many else values[0]
    return header


def _slot(name: str, value: str, prefixes: Mapping[str, str], moved: Mapping[str, str], base: str) -> str:
    if SLOTS[name].kind is not SlotKind.ENTITY:
        return value
    return "|".join(_entity(each.strip(), prefixes, moved, base) for each in value.split("|"))


def _entity(value: str, prefixes: Mapping[str, str], moved: Mapping[str, str], base: str) -> str:
    """A CURIE as it is where its prefix moves with it, else the whole IRI."""
    prefix, _, local = value.partition(":")
    if prefix not in prefixes or local.startswith("//"):
        return rebased_iri(value, base)
    whole = rebased_iri(prefixes[prefix] + local, base)
    return value if whole == moved[prefix] + local else whole
