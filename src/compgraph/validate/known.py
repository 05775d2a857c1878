"""What a finding's reader wants to know of its node: what it is called, or, if it doesn't exist, what is spelt so."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

import pyoxigraph as ox
from rdflib import URIRef

from compgraph.terms import DCTERMS, PREF_LABEL
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
            if isinstance(term, URIRef) and str(term) not in self._described:
                return replace(finding, nearest=self._nearest(str(term)))
        return finding

    def _nearest(self, iri: str) -> str | None:
        namespace, local = _split(iri)
        close = get_close_matches(local, sorted(self._by_namespace[namespace]), n=1, cutoff=0.75)
        return namespace + close[0] if close else None


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]
