"""What else is known of two things: what both are in, and whether a counterpart was looked for in vain."""

from dataclasses import dataclass

from compgraph.links.evidence import Evidence, evidence
from compgraph.links.kinds import KINDS
from compgraph.links.paths import Link
from compgraph.links.surroundings import listed
from compgraph.links.things import Thing, Things

_CONTAINERS = """
SELECT DISTINCT ?container
WHERE {{
  {{ VALUES ?in {{ {upwards} }} <{one}> ?in ?container . <{other}> ?in ?container }}
  UNION {{ VALUES ?holds {{ {downwards} }} ?container ?holds <{one}> ; ?holds <{other}> }}
  FILTER (isIRI(?container))
}}
ORDER BY ?container
"""

_NONE_FOUND = """
SELECT ?record ?thing ?predicate
WHERE {{
  VALUES (?thing ?other) {{ (<{one}> <{other}>) (<{other}> <{one}>) }}
  ?other skos:inScheme|dcterms:isPartOf ?framework .
  ?record sssom:predicate_id ?predicate .
  {{ ?record sssom:subject_id ?thing ; sssom:object_id sssom:NoTermFound ; sssom:object_source ?framework }}
  UNION {{ ?record sssom:object_id ?thing ; sssom:subject_id sssom:NoTermFound ; sssom:subject_source ?framework }}
}}
ORDER BY ?record ?thing
"""


@dataclass(frozen=True, slots=True)
class NoneFound:
    """That somebody looked for a counterpart of one thing in the framework of the other, and found none."""

    thing: Thing
    evidence: Evidence


def containers(things: Things, one: str, other: str) -> tuple[Thing, ...]:
    """What two things are both directly in: a framework, a cluster, a level."""
    upwards = listed(iri for iri, kind in KINDS.items() if kind.up > 0)
    downwards = listed(iri for iri, kind in KINDS.items() if kind.up < 0)
    query = _CONTAINERS.format(one=one, other=other, upwards=upwards, downwards=downwards)
    return tuple(things[container] for (container,) in things.store.texts(query, asserted=True))


def none_found(things: Things, one: str, other: str) -> tuple[NoneFound, ...]:
    """The records that say that one of two things has no counterpart in the framework of the other."""
    rows = things.store.texts(_NONE_FOUND.format(one=one, other=other), asserted=True)
    links = {Link(thing, predicate, "", record): thing for record, thing, predicate in rows}
    found = evidence(things.store, links)
    return tuple(NoneFound(things[thing], found[link]) for link, thing in links.items())
