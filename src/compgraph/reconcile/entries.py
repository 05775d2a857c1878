"""What can be reconciled: the things of a graph, with every name and all text that belongs to each."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from compgraph.store import Store
from compgraph.store.names import Node
from compgraph.terms import (
    BEHAVIOUR,
    CLUSTER,
    COMPETENCY,
    FRAMEWORK,
    INDICATOR,
    LEVEL,
    LEVEL_SCALE,
    PROFICIENCY_LEVEL,
    ROLE_FAMILY,
    ROLE_LEVEL,
    ROLE_PROFILE,
    SEGMENT,
)

NAMED = (COMPETENCY, FRAMEWORK, CLUSTER, SEGMENT, LEVEL, LEVEL_SCALE, ROLE_FAMILY, ROLE_PROFILE)
"""The classes of what has a name; they are searched where no type is asked for."""
STATEMENTS = (INDICATOR, BEHAVIOUR)
"""The classes of what has a text for a name."""
TYPES = (*NAMED, ROLE_LEVEL, PROFICIENCY_LEVEL, *STATEMENTS)
"""The classes whose members can be reconciled, the most usual first."""

_NAMES = """
SELECT ?node ?name ?language ?number WHERE {{
  ?node a <{type}> ; skos:prefLabel|skos:altLabel|dcterms:title ?name .
  BIND (LANG(?name) AS ?language)
  OPTIONAL {{ ?node skos:notation ?number }}
}}
ORDER BY ?node ?name ?number
"""
_TEXTS = """
SELECT ?node ?text ?language WHERE {{
  {{ ?node a <{type}> ; skos:definition ?text }}
  UNION {{ ?node a <{type}> . ?part cg:ofCompetency ?node ; skos:prefLabel|cg:descriptor ?text }}
  UNION {{ ?node a <{type}> . ?behaviour cg:demonstrates ?node ; skos:prefLabel ?text }}
  UNION {{ ?node a <{type}> . ?cell cg:ofCompetency ?node . ?behaviour cg:demonstrates ?cell ; skos:prefLabel ?text }}
  BIND (LANG(?text) AS ?language)
}}
"""


class Text(NamedTuple):
    """A text and the tag of its language, empty if it has none."""

    text: str
    language: str = ""


class Entry(NamedTuple):
    """A thing that can be reconciled."""

    node: Node
    names: tuple[Text, ...]
    """What it is called; a number and the name together are a name as well."""
    codes: tuple[str, ...]
    """What it is numbered by."""
    texts: tuple[Text, ...]
    """What is said of it: definition, indicators, behaviours."""


def entries(store: Store, type_: str) -> tuple[Entry, ...]:
    """The members of a class, by IRI. Raises QueryError."""
    names: dict[str, dict[Text, None]] = defaultdict(dict)
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    texts: dict[str, list[Text]] = defaultdict(list)
    for iri, name, language, number in store.texts(_NAMES.format(type=type_)):
        names[iri][Text(name, language)] = None
        if number:
            names[iri][Text(f"{number} {name}", language)] = None
            codes[iri][number] = None
    for iri, text, language in store.texts(_TEXTS.format(type=type_)):
        texts[iri].append(Text(text, language))
    return tuple(
        Entry(node, tuple(names[node.iri]), tuple(codes[node.iri]), tuple(texts[node.iri]))
        for node in _nodes(store, names)
    )


def _nodes(store: Store, iris: dict[str, dict[Text, None]]) -> Iterator[Node]:
    for iri in iris:
        if (node := store.names.node(iri)) is not None:
            yield node
