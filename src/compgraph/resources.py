"""One thing, whole: what the graph says of it, what points to it, and what is expected, level by level."""

from collections import defaultdict
from dataclasses import dataclass

from compgraph.relations import relation, strength
from compgraph.store import Store
from compgraph.store.names import Node
from compgraph.terms import (
    CG,
    COMPETENCY,
    DCTERMS,
    DCTERMS_SOURCE,
    DEFINITION_SOURCE,
    DESCRIPTOR_SOURCE,
    FRAMEWORK,
    LABEL_SOURCE,
    LOCATOR,
    PREF_LABEL,
    RATING_SOURCE,
    RDF_TYPE,
    ROLE_PROFILE,
    SKOS,
    words,
)

_FACTS = """
SELECT ?property ?name ?value ?label
WHERE {{
  <{iri}> ?property ?value .
  OPTIONAL {{ ?property skos:prefLabel ?name }}
  OPTIONAL {{ ?value skos:prefLabel|foaf:name ?label }}
}}
ORDER BY ?property ?label STRLEN(STR(?value)) ?value
"""

_MENTIONS = """
SELECT ?property ?name ?subject ?label
WHERE {{
  ?subject ?property <{iri}> .{only}
  OPTIONAL {{ ?property skos:prefLabel ?name }}
  OPTIONAL {{ ?subject skos:prefLabel ?own }}
  OPTIONAL {{ ?subject cg:locator ?locator }}
  BIND (COALESCE(?own, ?locator) AS ?label)
  FILTER (BOUND(?label))
}}
ORDER BY ?property ?subject ?label
"""

_CELLS = """
SELECT ?level ?level_label ?proficiency ?descriptor ?indicator ?indicator_text ?text
WHERE {{
  ?expectation {asks} .
  ?level skos:prefLabel ?level_label .
  OPTIONAL {{ ?level cg:inFamily/cg:position ?family }}
  OPTIONAL {{ ?level cg:rank ?rank }}
  OPTIONAL {{ ?expectation cg:expectedProficiency/skos:prefLabel ?proficiency }}
  OPTIONAL {{ ?expectation cg:descriptor ?descriptor }}
  OPTIONAL {{
    ?behaviour cg:demonstrates ?expectation ; skos:prefLabel ?text .
    OPTIONAL {{ ?behaviour cg:position ?position }}
    OPTIONAL {{
      ?behaviour cg:elaborates ?indicator .
      ?indicator skos:prefLabel ?indicator_text .
      OPTIONAL {{ ?indicator cg:position ?indicator_position }}
    }}
  }}
}}
ORDER BY ?family ?rank ?level_label ?level ?indicator_position ?position ?behaviour
"""

_LINKS = """
SELECT ?predicate ?forward ?modifier ?other_label ?framework_label ?confidence ?comment ?other
WHERE {{
  {{
    ?record a sssom:Mapping ; sssom:subject_id <{iri}> ; sssom:object_id ?other . BIND (true AS ?forward)
    OPTIONAL {{ ?record sssom:object_source/skos:prefLabel ?searched }}
  }}
  UNION {{
    ?record a sssom:Mapping ; sssom:object_id <{iri}> ; sssom:subject_id ?other . BIND (false AS ?forward)
    OPTIONAL {{ ?record sssom:subject_source/skos:prefLabel ?searched }}
  }}
  ?record sssom:predicate_id ?predicate .
  OPTIONAL {{ ?record sssom:predicate_modifier ?modifier }}
  OPTIONAL {{ ?record sssom:confidence ?confidence }}
  OPTIONAL {{ ?record sssom:comment ?comment }}
  OPTIONAL {{ ?other skos:prefLabel ?named ; skos:inScheme/skos:prefLabel ?home }}
  BIND (COALESCE(?named, ?searched) AS ?other_label)
  BIND (IF(BOUND(?named), ?home, "") AS ?framework_label)
}}
ORDER BY ?framework_label ?predicate DESC(?confidence) ?other_label ?other
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of a thing, with its values as people read them."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What is expected in one competency at one level, or of one role."""

    level: str
    proficiency: str
    descriptor: str
    behaviours: tuple[tuple[str, str], ...]
    """Indicator (its text, or nothing) and behaviour, in the order of the source."""


@dataclass(frozen=True, slots=True)
class Link:
    """A mapping or progression that a thing has a part in, with its reasons."""

    relation: str
    """In words, as seen from the thing: ``close match``, ``carried on from``, ``none found``, ``not: exact match``."""
    other: str
    """The name of the other end; for ``none found``, of the framework that was searched."""
    where: str
    """The framework of the other end; empty for ``none found``."""
    confidence: str
    comment: str


@dataclass(frozen=True, slots=True)
class Resource:
    """Everything that the graph says of one thing."""

    node: Node
    facts: tuple[Fact, ...]
    mentions: tuple[Fact, ...]
    """What points to it, by property."""
    links: tuple[Link, ...]
    """Its links both ways, and the frameworks in which nothing was found."""
    columns: tuple[Column, ...]
    """For a competency, its levels side by side; for a role, its competencies."""


# What the heading, the table or another line already says.
_SAID = {
    RDF_TYPE,
    ROLE_PROFILE,
    PREF_LABEL,
    DCTERMS_SOURCE,
    SKOS + "semanticRelation",
    *(SKOS + name for name in ("mappingRelation", "exactMatch", "closeMatch")),
    *(SKOS + name for name in ("broadMatch", "narrowMatch", "relatedMatch")),
    CG + "progressesTo",
}
_IN_TABLE = {CG + "ofCompetency", CG + "forRole"}

# What a table of expectations is about, and what its columns are.
_ASKS = {
    COMPETENCY: "cg:ofCompetency <{iri}> ; cg:atLevel|cg:forRole ?level",
    ROLE_PROFILE: "cg:forRole <{iri}> ; cg:ofCompetency ?level",
}

# Properties of other vocabularies, in the words of this field; ours have their own labels.
_WORDS = {
    SKOS + "notation": "number",
    SKOS + "altLabel": "also called",
    SKOS + "definition": "definition",
    SKOS + "inScheme": "framework",
    SKOS + "member": "member",
    SKOS + "editorialNote": "note",
    DCTERMS + "isPartOf": "part of",
}
_ORDER = (SKOS + "notation", SKOS + "altLabel", SKOS + "definition", SKOS + "inScheme", DCTERMS + "isPartOf")
_LAST = (LOCATOR, LABEL_SOURCE, DEFINITION_SOURCE, DESCRIPTOR_SOURCE, RATING_SOURCE, SKOS + "editorialNote")


def resource(store: Store, node: Node) -> Resource:
    """What there is to show of a node."""
    # To a framework everything in it points; its competencies are what a reader looks for.
    only = " ?subject a cg:Competency ." if node.kinds[0] == FRAMEWORK else ""
    hidden = _SAID | (_IN_TABLE if node.kinds[0] in _ASKS else set())
    return Resource(
        node=node,
        facts=_facts(store, _FACTS.format(iri=node.iri), hidden),
        mentions=_facts(store, _MENTIONS.format(iri=node.iri, only=only), hidden),
        links=_links(store, node),
        columns=_columns(store, node),
    )


def _facts(store: Store, query: str, hidden: set[str]) -> tuple[Fact, ...]:
    values: dict[tuple[int, str], list[str]] = defaultdict(list)
    for property_, name, value, label in store.texts(query):
        if property_ not in hidden:
            values[_rank(property_), name or _WORDS.get(property_) or words(property_)].append(label or value)
    return tuple(Fact(said, tuple(dict.fromkeys(shown))) for (_, said), shown in sorted(values.items()))


def _links(store: Store, node: Node) -> tuple[Link, ...]:
    links = []
    for predicate, forward, modifier, *told, _ in store.texts(_LINKS.format(iri=node.iri)):
        links.append(Link(relation(predicate, forward=forward == "true", denied=bool(modifier)), *told))
    return tuple(sorted(links, key=lambda link: (strength(link.relation), -float(link.confidence or 0))))


def _rank(property_: str) -> int:
    """Where a property stands: what places a thing first, where it comes from last."""
    if property_ in _ORDER:
        return _ORDER.index(property_)
    return len(_ORDER) + (1 + _LAST.index(property_) if property_ in _LAST else 0)


def _columns(store: Store, node: Node) -> tuple[Column, ...]:
    if node.kinds[0] not in _ASKS:
        return ()
    query = _CELLS.format(asks=_ASKS[node.kinds[0]].format(iri=node.iri))
    levels: dict[str, tuple[str, str, str]] = {}
    behaviours: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for level, label, proficiency, descriptor, _, indicator, text in store.texts(query):
        levels[level] = (label, proficiency, descriptor)
        if text:
            behaviours[level].append((indicator, text))
    return tuple(Column(*said, tuple(behaviours[level])) for level, said in levels.items())
