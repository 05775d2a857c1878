"""What a finding's reader wants to know of its node: what it is called, or, if it doesn't exist, what is spelt so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache

import pyoxigraph as ox
import rdflib
from rdflib import URIRef
from rdflib.namespace import DefinedNamespace

from compgraph.terms import DCTERMS, PREF_LABEL, SKOS, SSSOM
from compgraph.tidy.sssom import SET_SLOTS, SLOTS
from compgraph.validate.findings import Finding

_NAMING = (PREF_LABEL, DCTERMS + "title")


class Known:
    """What some triples describe."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._described: set[str] = set()
        self._labels: dict[str, str] = {}
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode):
                self._described.add(triple.subject.value)
                if triple.predicate.value in _NAMING and isinstance(triple.object, ox.Literal):
                    self._labels.setdefault(triple.subject.value, triple.object.value)
        self._by_namespace: dict[str, list[str]] = defaultdict(list)
        for iri in self._described:
            namespace, local = _split(iri)
            self._by_namespace[namespace].append(local)

    def tell(self, finding: Finding) -> Finding:
        """The finding with its node's label, and the nearest thing that exists if its value or node names none."""
        finding = replace(finding, label=self._labels.get(str(finding.node)))
        for term in (finding.value, finding.node):
            if isinstance(term, URIRef) and not self._exists(str(term)):
                return replace(finding, nearest=self._nearest(str(term)))
        return finding

    def _exists(self, iri: str) -> bool:
        namespace, local = _split(iri)
        return iri in self._described or local in _standard().get(namespace, ())

    def _nearest(self, iri: str) -> str | None:
        namespace, local = _split(iri)
        known = {*self._by_namespace[namespace], *_standard().get(namespace, ())}
        close = get_close_matches(local, sorted(known), n=1, cutoff=0.75)
        return namespace + close[0] if close else None


@cache
def _standard() -> Mapping[str, frozenset[str]]:
    """The terms of the vocabularies that frameworks use beside ours, by namespace."""
    sssom = {*SLOTS, *SET_SLOTS, "Mapping", "MappingSet", "NoTermFound"}
    return {SKOS: _terms_of(rdflib.SKOS), DCTERMS: _terms_of(rdflib.DCTERMS), SSSOM: frozenset(sssom)}


def _terms_of(namespace: type[DefinedNamespace]) -> frozenset[str]:
    """The terms of a namespace that rdflib has a list of."""
    return frozenset(_split(str(term))[1] for term in dir(namespace) if isinstance(term, URIRef))


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]
