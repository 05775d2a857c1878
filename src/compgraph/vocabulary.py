"""The ontology's own terms: its classes with a real node each, and how they hang together."""

from dataclasses import dataclass

from compgraph.store import Store
from compgraph.terms import CG

_CLASSES = """
SELECT ?class ?label ?definition ?note
WHERE {
  ?class a owl:Class ; rdfs:isDefinedBy ?ontology ; skos:prefLabel ?label ; skos:definition ?definition .
  OPTIONAL { ?class skos:scopeNote ?note }
}
ORDER BY ?class ?note
"""

_BROADER = """
SELECT ?class ?broader
WHERE { ?class a owl:Class ; rdfs:isDefinedBy ?ontology ; rdfs:subClassOf ?broader }
ORDER BY ?class ?broader
"""

# What the ontology leaves open at one end (OWL 2 RL has no unions there) is read off the data.
_RELATIONS = """
SELECT DISTINCT ?from ?label ?to ?open
WHERE {
  ?property a owl:ObjectProperty ; rdfs:isDefinedBy ?ontology ; skos:prefLabel ?label .
  FILTER NOT EXISTS { ?property rdfs:subPropertyOf dcterms:source }
  OPTIONAL { ?property rdfs:domain ?domain }
  OPTIONAL { ?property rdfs:range ?range }
  BIND (!BOUND(?domain) || !BOUND(?range) AS ?open)
  OPTIONAL {
    FILTER (!BOUND(?domain) || !BOUND(?range))
    ?subject ?property ?object .
    ?subject a ?subject_class . ?subject_class rdfs:isDefinedBy ?ontology .
    ?object a ?object_class . ?object_class rdfs:isDefinedBy ?ontology .
  }
  BIND (COALESCE(?domain, ?subject_class) AS ?from)
  BIND (COALESCE(?range, ?object_class) AS ?to)
  FILTER (BOUND(?from) && BOUND(?to))
}
ORDER BY ?from ?label ?to
"""

# The first of its class by identifier, of the class itself rather than of a narrower one.
_EXAMPLE = """
SELECT ?node (COALESCE(?label, ?locator, "") AS ?name)
WHERE {{
  ?node a <{class_}> .
  OPTIONAL {{ ?node skos:prefLabel ?label }}
  OPTIONAL {{ ?node cg:locator ?locator }}
}}
ORDER BY ?node ?name
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the ontology."""

    iri: str
    label: str
    definition: str
    note: str
    broader: tuple[str, ...]
    """The IRIs of the classes it is a kind of."""
    example: str
    """The IRI of one real node of this class; empty if the data has none."""
    example_name: str


@dataclass(frozen=True, slots=True)
class Relation:
    """That nodes of one class point to nodes of another."""

    start: str
    label: str
    end: str
    observed: bool
    """The ontology leaves an end open, and the data shows it."""


def classes(store: Store) -> list[Class]:
    """The classes of our ontology, by IRI."""
    broader = store.texts(_BROADER)
    found = []
    for iri, label, definition, note in store.texts(_CLASSES):
        example = next(iter(store.texts(_EXAMPLE.format(class_=iri))), ("", ""))
        above = tuple(wider for narrower, wider in broader if narrower == iri)
        found.append(Class(iri, label, definition, note, above, *example))
    return found


def relations(store: Store) -> list[Relation]:
    """How the classes of our ontology hang together by its object properties."""
    return [
        Relation(start, label, end, observed=open_ == "true")
        for start, label, end, open_ in store.texts(_RELATIONS)
        if start.startswith(CG) and end.startswith(CG)
    ]
