"""A graph to the nodes that people call by name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from compgraph.store.names import Node
from compgraph.terms import CG, DCTERMS, FRAMEWORK, LOCATOR, PREF_LABEL, PREFIXES, RDF_TYPE, RDFS, SKOS

_NAMED_BY = (PREF_LABEL, SKOS + "altLabel", SKOS + "notation", DCTERMS + "title", LOCATOR)
_STARTS_END = re.compile("[/#]")
_MEMBER_OF = (SKOS + "inScheme", DCTERMS + "isPartOf")


class NodeTable:
    """Collects from the triples of a graph what the index of names needs."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        wanted = {RDF_TYPE, RDFS + "subClassOf", *_NAMED_BY, *_MEMBER_OF}
        for triple in triples:
            subject, predicate, value = triple.subject, triple.predicate.value, triple.object
            if predicate in wanted and isinstance(subject, ox.NamedNode) and not isinstance(value, ox.Triple):
                self._facts[subject.value][predicate].append(value.value)
        self._frameworks = {
            iri: iri.rpartition("/")[2] for iri, facts in self._facts.items() if FRAMEWORK in facts[RDF_TYPE]
        }

    def prefixes(self) -> dict[str, str]:
        """A prefix for each framework, named by the last part of its IRI."""
        return {name: f"{iri}/" for iri, name in self._frameworks.items() if name not in PREFIXES}

    def terms(self) -> set[str]:
        """The local names of our ontology's terms."""
        return {iri.removeprefix(CG) for iri in self._facts if iri.startswith(CG)}

    def nodes(self) -> Iterator[Node]:
        """Everything of one of our classes, by IRI."""
        names_of = {start: name for name, start in (PREFIXES | self.prefixes()).items()}
        for iri, facts in sorted(self._facts.items()):
            kinds = tuple(sorted((kind for kind in facts[RDF_TYPE] if kind.startswith(CG)), key=self._narrowness))
            if kinds:
                names = [name for predicate in _NAMED_BY for name in sorted(facts[predicate])]
                names += [self._frameworks[iri]] if iri in self._frameworks else []
                curie = _curie(iri, names_of)
                yield Node(iri, curie, names[0] if names else curie, self._framework(iri), kinds, tuple(names))

    def _framework(self, iri: str) -> str:
        facts = self._facts[iri]
        homes = [home for predicate in _MEMBER_OF for home in sorted(facts[predicate])]
        return next((self._frameworks[home] for home in homes if home in self._frameworks), "")

    def _narrowness(self, kind: str) -> tuple[int, str]:
        return -self._depth(kind), kind

    def _depth(self, kind: str) -> int:
        """How many classes stand above one, on the longest way up."""
        above = self._facts.get(kind, {}).get(RDFS + "subClassOf", [])
        return 1 + max((self._depth(parent) for parent in above), default=0)


def _curie(iri: str, names_of: Mapping[str, str]) -> str:
    """The IRI by the longest start that has a name; every such start ends with a slash or a hash."""
    for end in sorted((place.end() for place in _STARTS_END.finditer(iri)), reverse=True):
        if name := names_of.get(iri[:end]):
            return f"{name}:{iri[end:]}"
    return iri
