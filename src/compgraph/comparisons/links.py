"""What links two things, from one side to the other: the triples, and what the mapping records say of them."""

from collections import defaultdict
from typing import NamedTuple, TypeAlias

from compgraph.relations import relation, strength
from compgraph.store import Store

# Each branch begins at one end and only asks of the other whether it fits, so that the engine walks along the links and
# never pairs all with all.
_TRIPLES = """
SELECT DISTINCT ?one ?other ?predicate ?forward
WHERE {{
  {{
    VALUES ?predicate {{
      skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch cg:progressesTo
    }}
    {one}
    ?one ?predicate ?other .
    FILTER EXISTS {{ {other} }}
    BIND (true AS ?forward)
  }}
  UNION
  {{
    {one}
    ?other cg:progressesTo ?one .
    FILTER EXISTS {{ {other} }}
    BIND (cg:progressesTo AS ?predicate)
    BIND (false AS ?forward)
  }}
  FILTER (?one != ?other)
}}
ORDER BY ?one ?other ?predicate ?forward
"""

_RECORDS = """
SELECT DISTINCT ?one ?other ?predicate ?forward ?confidence ?comment ?record
WHERE {{
  {{
    {one}
    ?record sssom:subject_id ?one ; sssom:object_id ?other ; sssom:predicate_id ?predicate .
    FILTER EXISTS {{ {other} }}
    BIND (true AS ?forward)
  }}
  UNION
  {{
    {one}
    ?record sssom:object_id ?one ; sssom:subject_id ?other ; sssom:predicate_id ?predicate .
    FILTER EXISTS {{ {other} }}
    BIND (false AS ?forward)
  }}
  MINUS {{ ?record sssom:predicate_modifier ?modifier }}
  OPTIONAL {{ ?record sssom:confidence ?confidence }}
  OPTIONAL {{ ?record sssom:comment ?comment }}
}}
ORDER BY ?one ?other DESC(?confidence) ?record ?comment
"""


class Link(NamedTuple):
    """One link, as seen from the first side."""

    relation: str
    """One of ``compgraph.relations.RELATIONS``."""
    confidence: str
    """From 0 to 1; empty where no record states it: a link that was inferred, or stated without a record."""
    comment: str


Links: TypeAlias = dict[tuple[str, str], tuple[Link, ...]]
"""The links from one side to the other, by the IRIs of their ends, the strongest first."""


def links_between(store: Store, one: str, other: str) -> Links:
    """The links between every ``?one`` and ``?other`` that these two graph patterns bind."""
    recorded: dict[tuple[str, str, str], Link] = {}
    for start, end, predicate, forward, confidence, comment, _ in store.texts(_RECORDS.format(one=one, other=other)):
        kind = relation(predicate, forward=forward == "true")
        recorded.setdefault((start, end, kind), Link(kind, confidence, comment))
    found: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for start, end, predicate, forward in store.texts(_TRIPLES.format(one=one, other=other)):
        kind = relation(predicate, forward=forward == "true")
        found[start, end].append(recorded.get((start, end, kind), Link(kind, "", "")))
    return {pair: _told_once(links) for pair, links in found.items()}


def _told_once(links: list[Link]) -> tuple[Link, ...]:
    """The links in order; a close match that only follows from an exact one (SKOS, section 10.3) is left out."""
    exact = any(link.relation == "exact match" for link in links)
    kept = [link for link in links if not (exact and link.relation == "close match" and not link.confidence)]
    return tuple(sorted(kept, key=lambda link: (strength(link.relation), link.confidence, link.comment)))
