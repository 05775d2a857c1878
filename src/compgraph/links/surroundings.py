"""The links around two nodes, as far as a chain of so many hops can reach."""

from collections.abc import Iterable
from fractions import Fraction

from compgraph.links.kinds import KINDS
from compgraph.links.paths import Link
from compgraph.store import Store

_LINKS = """
SELECT ?subject ?predicate ?object
WHERE {{
  {{ VALUES ?subject {{ {free} }} VALUES ?predicate {{ {kinds} }} ?subject ?predicate ?object }}
  UNION {{ VALUES ?object {{ {free} }} VALUES ?predicate {{ {kinds} }} ?subject ?predicate ?object }}
  UNION {{ VALUES ?subject {{ {risen} }} VALUES ?predicate {{ {onward} }} ?subject ?predicate ?object }}
  UNION {{ VALUES ?object {{ {risen} }} VALUES ?predicate {{ {back} }} ?subject ?predicate ?object }}
  FILTER (isIRI(?subject) && isIRI(?object))
}}
"""

_RECORDS = """
SELECT ?record ?subject ?predicate ?object ?confidence
WHERE {{
  VALUES ?subject {{ {subjects} }}
  ?record sssom:subject_id ?subject ; sssom:predicate_id ?predicate ; sssom:object_id ?object .
  OPTIONAL {{ ?record sssom:confidence ?confidence }}
  MINUS {{ ?record sssom:predicate_modifier ?modifier }}
}}
"""


def surroundings(store: Store, start: str, end: str, *, hops: int) -> list[Link]:
    """Every asserted link that a chain between two nodes may use, once under each record that states it.

    Looks from both ends, each time from the one where there is less to look at, and not into containers from below.
    """
    sides = [_Side(start), _Side(end)]
    found: set[tuple[str, str, str]] = set()
    for _ in range(hops):
        side = min(sides, key=lambda each: len(each.free) + len(each.risen))
        if not side.free | side.risen:
            break
        found |= side.look(store)
    return _recorded(store, found)


class _Side:
    """How far one has looked from one end: the nodes that are new, apart where the way there went up."""

    def __init__(self, node: str) -> None:
        self.free, self.risen = {node}, set[str]()
        self._seen = {(node, False)}

    def look(self, store: Store) -> set[tuple[str, str, str]]:
        """The links of the nodes that are new; then those at their other ends are."""
        rows = store.texts(_query(self.free, self.risen), asserted=True)
        found = {(subject, predicate, object_) for subject, predicate, object_ in rows}
        reached: set[tuple[str, bool]] = set()
        for subject, predicate, object_ in found:
            up = KINDS[predicate].up
            for here, there, rise in ((subject, object_, up), (object_, subject, -up)):
                if here in self.free:
                    reached.add((there, rise > 0))
                if here in self.risen and rise >= 0:
                    reached.add((there, True))
        fresh = reached - self._seen
        self._seen |= fresh
        self.free = {node for node, risen in fresh if not risen}
        self.risen = {node for node, risen in fresh if risen} - self.free
        return found


def _query(free: set[str], risen: set[str]) -> str:
    return _LINKS.format(
        free=listed(free),
        risen=listed(risen),
        kinds=listed(KINDS),
        onward=listed(iri for iri, kind in KINDS.items() if kind.up >= 0),
        back=listed(iri for iri, kind in KINDS.items() if kind.up <= 0),
    )


def listed(iris: Iterable[str]) -> str:
    """IRIs as the VALUES of a query hold them."""
    return " ".join(f"<{iri}>" for iri in sorted(iris))


def _recorded(store: Store, found: set[tuple[str, str, str]]) -> list[Link]:
    records: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    judged = {subject for subject, predicate, _ in found if KINDS[predicate].is_judgement}
    for record, *ends, confidence in store.texts(_RECORDS.format(subjects=listed(judged)), asserted=True):
        records.setdefault((ends[0], ends[1], ends[2]), []).append((record, confidence))
    links = []
    for link in sorted(found):
        kind = KINDS[link[1]]
        for record, confidence in records.get(link, [("", "")]):
            weight = Fraction(confidence or 0) if kind.is_judgement else Fraction(1)
            links.append(Link(*link, record, weight, kind.up))
    return links
