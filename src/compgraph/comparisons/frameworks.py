"""Two frameworks, or segments of them, as a matrix: what links their competencies, and where nothing does."""

from collections.abc import Mapping
from enum import StrEnum
from math import inf
from typing import NamedTuple, TypeAlias

from compgraph.comparisons.links import Link, links_between
from compgraph.errors import ComparisonError
from compgraph.store import Store
from compgraph.store.names import Node

_MEMBERS = """
SELECT ?competency ?label ?number ?cluster
WHERE {{
  ?competency skos:inScheme|^skos:member <{side}> ; a cg:Competency ; skos:prefLabel ?label .
  OPTIONAL {{ ?competency skos:notation ?number }}
  OPTIONAL {{ ?competency cg:inCluster/skos:prefLabel ?cluster }}
}}
ORDER BY ?competency DESC(LANGMATCHES(LANG(?label), "en")) ?label ?number ?cluster
"""

_ENDS = ("?one a cg:Competency ; skos:inScheme <{one}> .", "?other a cg:Competency ; skos:inScheme <{other}> .")

_NONE_FOUND = """
SELECT ?competency ?confidence ?comment
WHERE {{
  {{ ?record sssom:object_id sssom:NoTermFound ; sssom:object_source <{searched}> ; sssom:subject_id ?competency }}
  UNION
  {{ ?record sssom:subject_id sssom:NoTermFound ; sssom:subject_source <{searched}> ; sssom:object_id ?competency }}
  FILTER EXISTS {{ ?competency skos:inScheme <{home}> }}
  OPTIONAL {{ ?record sssom:confidence ?confidence }}
  OPTIONAL {{ ?record sssom:comment ?comment }}
}}
ORDER BY ?competency DESC(?confidence) ?record ?comment
"""


class Standing(StrEnum):
    """Whether a competency is linked to the other side, and if not, why not (in words)."""

    LINKED = "linked"
    ELSEWHERE = "linked elsewhere"
    """To another part of the framework of which the other side is a segment."""
    NONE_FOUND = "none found"
    """Somebody looked, and found no counterpart."""
    NOT_LOOKED_AT = "not looked at"
    """Nothing is on record, neither a link nor that none was found."""
    NO_LINK = "no link"
    """Within one framework, where nobody looks for counterparts: no link is on record."""


class Entry(NamedTuple):
    """A competency of one side, with how it stands to the other side."""

    iri: str
    label: str
    number: str
    """What the source numbers it; empty if it doesn't."""
    group: str
    """Its cluster; empty if it is in none."""
    standing: Standing
    confidence: str = ""
    """Of the judgement that there is none."""
    reason: str = ""
    """Of the judgement that there is none."""


class Side(NamedTuple):
    """One of the two that are compared."""

    iri: str
    label: str
    framework: str
    """The framework of a segment; of a framework, itself."""
    entries: tuple[Entry, ...]

    def standing(self, standing: Standing) -> list[Entry]:
        """The competencies that stand so."""
        return [entry for entry in self.entries if entry.standing is standing]


class FrameworkComparison(NamedTuple):
    """The competencies of one side as rows, those of the other as columns, and the links between them."""

    rows: Side
    columns: Side
    links: Mapping[tuple[str, str], tuple[Link, ...]]
    """By the IRIs of row and column, the strongest first, as seen from the row."""


def compare_frameworks(store: Store, one: Node, other: Node) -> FrameworkComparison:
    """The comparison of two frameworks or segments. Raises ComparisonError if one has no competencies."""
    homes = (_home(store, one), _home(store, other))
    anywhere = links_between(store, *(end.format(one=homes[0].iri, other=homes[1].iri) for end in _ENDS))
    rows, columns = _members(store, one), _members(store, other)
    here = {pair: links for pair, links in anywhere.items() if pair[0] in rows and pair[1] in columns}

    def side(number: int, node: Node, members: dict[str, _Member]) -> Side:
        home, searched = homes[number], homes[1 - number]
        asked = _NONE_FOUND.format(home=home.iri, searched=searched.iri)
        found = _Found(
            here={pair[number] for pair in here},
            anywhere={pair[number] for pair in anywhere},
            none={iri: said for iri, *said in reversed(store.texts(asked))},
            within=home == searched,
        )
        entries = tuple(found.entry(iri, *member) for iri, member in members.items())
        return Side(node.iri, node.label, home.label, entries)

    return FrameworkComparison(side(0, one, rows), side(1, other, columns), here)


_Member: TypeAlias = tuple[str, str, str]
"""Label, number and cluster."""


class _Found(NamedTuple):
    """What was found for the competencies of one side."""

    here: set[str]
    anywhere: set[str]
    none: Mapping[str, list[str]]
    within: bool
    """Whether both sides are of one framework."""

    def entry(self, iri: str, label: str, number: str, group: str) -> Entry:
        standing = self._standing(iri)
        confidence, reason = self.none[iri] if standing is Standing.NONE_FOUND else ("", "")
        return Entry(iri, label, number, group, standing, confidence, reason)

    def _standing(self, iri: str) -> Standing:
        if iri in self.here:
            return Standing.LINKED
        if iri in self.anywhere:
            return Standing.ELSEWHERE
        if iri in self.none:
            return Standing.NONE_FOUND
        return Standing.NO_LINK if self.within else Standing.NOT_LOOKED_AT


def _home(store: Store, node: Node) -> Node:
    """The framework of a segment; a framework itself."""
    start = store.prefixes.get(node.framework, "")
    return store.names.node(start.removesuffix("/")) or node


def _members(store: Store, node: Node) -> dict[str, _Member]:
    """The competencies of a side by IRI: by cluster, and within it by number."""
    found: dict[str, _Member] = {}
    clusters: dict[str, list[str]] = {}
    for iri, label, number, cluster in store.texts(_MEMBERS.format(side=node.iri)):
        found.setdefault(iri, (label, number, ""))
        if cluster and cluster not in clusters.setdefault(iri, []):
            clusters[iri].append(cluster)
    if not found:
        raise ComparisonError(f"{node.label} has no competencies, so there is nothing to lay beside them.")
    members = {iri: (*said[:2], "; ".join(clusters.get(iri, ()))) for iri, said in found.items()}
    first: dict[str, tuple[float, str]] = {}
    for iri in members:
        first[members[iri][2]] = min(_order(members[iri]), first.get(members[iri][2], (inf, "\uffff")))
    return dict(sorted(members.items(), key=lambda item: (*first[item[1][2]], *_order(item[1]), item[0])))


def _order(member: _Member) -> tuple[float, str]:
    label, number, _ = member
    return (float(number) if number.isdecimal() else inf), label
