"""What a link rests on: who states it, how sure, when, why, and where that stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from compgraph.links.kinds import KINDS
from compgraph.links.paths import Link
from compgraph.links.surroundings import listed
from compgraph.store import Store
from compgraph.terms import DCTERMS_SOURCE, LOCATOR, SSSOM

_SAID = """
SELECT ?node ?property ?value
WHERE {{
  VALUES ?node {{ {nodes} }}
  VALUES ?property {{
    sssom:author_label sssom:author_id sssom:confidence sssom:mapping_justification sssom:mapping_date sssom:comment
    sssom:see_also cg:locator dcterms:source
  }}
  ?node ?property ?value .
}}
ORDER BY ?node ?property STRLEN(STR(?value)) ?value
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a link rests on; a text is empty where nothing is stated."""

    record: str = ""
    """The IRI of the mapping record; the rest up to the comment is what that record says."""
    confidence: str = ""
    authors: tuple[str, ...] = ()
    justification: str = ""
    date: str = ""
    comment: str = ""
    locators: tuple[str, ...] = ()
    """Where a person looks it up: in the passages that the record points to, or at the statement of the structure."""
    sources: tuple[str, ...] = ()
    """The pointers to the same places."""


def evidence(store: Store, links: Iterable[Link]) -> dict[Link, Evidence]:
    """What some links rest on: their records, and for the structure of a framework the place of its statement."""
    wanted = sorted(set(links))
    said = _said(store, {link.record or link.subject for link in wanted})
    passages = {passage for facts in said.values() for passage in facts[SSSOM + "see_also"]}
    said |= _said(store, passages)
    return {link: _evidence(link, said) for link in wanted}


_Facts = dict[str, list[str]]


def _said(store: Store, nodes: set[str]) -> dict[str, _Facts]:
    said: dict[str, _Facts] = defaultdict(lambda: defaultdict(list))
    for node, property_, value in store.texts(_SAID.format(nodes=listed(nodes))):
        said[node][property_].append(value)
    return said


def _evidence(link: Link, said: dict[str, _Facts]) -> Evidence:
    if not link.record and KINDS[link.predicate].is_judgement:
        return Evidence()
    facts = said[link.record or link.subject]
    places = [said[passage] for passage in facts[SSSOM + "see_also"]] if link.record else [facts]
    first = {name: next(iter(facts[SSSOM + name]), "") for name in ("confidence", "mapping_justification")}
    return Evidence(
        link.record,
        first["confidence"],
        tuple(facts[SSSOM + "author_label"] or facts[SSSOM + "author_id"]),
        first["mapping_justification"],
        next(iter(facts[SSSOM + "mapping_date"]), ""),
        " ".join(facts[SSSOM + "comment"]),
        tuple(locator for place in places for locator in place[LOCATOR]),
        tuple(source for place in places for source in place[DCTERMS_SOURCE]),
    )
