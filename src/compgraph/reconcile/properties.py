"""What is known of things that can be reconciled: a column can be held against it, or extended with it."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from compgraph.reconcile.words import plain, words
from compgraph.store import Store
from compgraph.terms import CG

_VALUES = """
SELECT ?node ?value ?label WHERE {{
  VALUES ?type {{ {types} }}
  ?node a ?type ; {path} ?value .{range}
  OPTIONAL {{ ?value skos:prefLabel ?label }}
}}
ORDER BY ?node ?label ?value
"""


class Property(NamedTuple):
    """Something that is known of things; ``properties.yaml`` says what each field means."""

    identifier: str
    name: str
    about: str
    of: tuple[str, ...]
    """The IRIs of the classes of the things that have it."""
    path: str
    range: str
    """The IRI of the class of its values; empty if they are texts or numbers, or of several classes."""
    counts: bool = False
    """Whether the values are whole numbers."""


class Value(NamedTuple):
    """A value of a property: a text or number as it is written, or a thing with its label."""

    text: str
    iri: str = ""


Values = Mapping[str, tuple[Value, ...]]
"""The values of a property, by the IRI of the thing that has them."""


@cache
def properties() -> Mapping[str, Property]:
    """The properties by their identifiers, in the order in which they are offered."""
    import yaml

    described = yaml.safe_load(resources.files(__package__).joinpath("properties.yaml").read_text("utf-8"))
    return {
        identifier: Property(
            identifier,
            fields["name"],
            fields["about"],
            tuple(CG + name for name in fields["of"]),
            fields["path"],
            CG + fields["range"] if "range" in fields else "",
            fields.get("counts", False),
        )
        for identifier, fields in described.items()
    }


def values(store: Store, property_: Property) -> Values:
    """The values of a property, of everything that has it. Raises QueryError."""
    types = " ".join(f"<{type_}>" for type_ in property_.of)
    range_ = f" ?value a <{property_.range}> ." if property_.range else ""
    found: dict[str, dict[Value, None]] = defaultdict(dict)
    for node, value, label in store.texts(_VALUES.format(types=types, path=property_.path, range=range_)):
        found[node][Value(label, value) if label else Value(value)] = None
    return {node: tuple(known) for node, known in found.items()}


def is_meant(value: Value, wanted: str) -> bool:
    """Whether a value is the one that is asked for.

    A thing is asked for by its IRI, the last part of it, its label, or words of its label: *California* is the
    *California Leadership Competency Model*.
    """
    asked, label = plain(wanted), plain(value.text)
    if not asked:
        return False
    if not value.iri:
        return asked == label
    names = {value.iri, value.iri.rpartition("/")[2]}
    return wanted.strip() in names or asked == label or set(words(asked)) <= set(words(label))
