"""What a finding's reader wants to know of its node: what it is called, or, if it doesn't exist, what is spelt so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, cached_property

import pyoxigraph as ox
import rdflib
from rdflib import URIRef

from compgraph.terms import DCTERMS, PREF_LABEL, PROGRESSES_TO, SKOS, SSSOM
from compgraph.tidy.sssom import SET_SLOTS, SLOTS
from compgraph.validate.findings import Finding

_NAMING = (PREF_LABEL, DCTERMS + "title")
_LINKING = frozenset(
    {PROGRESSES_TO, *(f"{SKOS}{kind}Match" for kind in ("broad", "close", "exact", "narrow", "related"))}
)
"""What a mapping says of its two ends, which describes neither."""
_ALIKE = 75
"""How alike, in per cent, two names must be for the one to have been meant by the other."""


class Known:
    """What some triples describe."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._described: set[str] = set()
        self._labels: dict[str, str] = {}
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode) and triple.predicate.value not in _LINKING:
                self._described.add(triple.subject.value)
                if triple.predicate.value in _NAMING and isinstance(triple.object, ox.Literal):
                    self._labels.setdefault(triple.subject.value, triple.object.value)

    @cached_property
    def _by_namespace(self) -> Mapping[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for namespace, local in sorted({*map(_split, self._described), *_standard()}):
            names[namespace].append(local)
        return names

    def tell(self, finding: Finding) -> Finding:
        """The finding with its node's label, and the nearest thing that exists if its value or node names none."""
        finding = replace(finding, label=self._labels.get(str(finding.node)))
        for term in (finding.value, finding.node):
            if isinstance(term, URIRef) and not self._exists(str(term)):
                return replace(finding, nearest=self._nearest(str(term)))
        return finding

    def _exists(self, iri: str) -> bool:
        return iri in self._described or _split(iri) in _standard()

    def _nearest(self, iri: str) -> str | None:
        from rapidfuzz import fuzz, process  # only where something is misspelt: it takes a while

        namespace, local = _split(iri)
        close = process.extractOne(local, self._by_namespace[namespace], scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return namespace + close[0] if close else None


@cache
def _standard() -> frozenset[tuple[str, str]]:
    """The terms of the vocabularies that frameworks use beside ours, each with its namespace."""
    listed = {_split(term) for each in (rdflib.SKOS, rdflib.DCTERMS, rdflib.SH, rdflib.XSD) for term in dir(each)}
    sssom = {(SSSOM, name) for name in (*SLOTS, *SET_SLOTS, "Mapping", "MappingSet", "NoTermFound")}
    return frozenset(listed | sssom)


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]
