"""What is wrong with a user's shapes, found before they are run: a misspelt one asks nothing, or stops an engine."""

from collections.abc import Callable, Iterable, Sequence

import pyoxigraph as ox

from compgraph.load import Document, to_rdflib
from compgraph.validate.findings import CGSH, Finding, Severity
from compgraph.validate.known import Known
from compgraph.validate.shacl import Engine, validate

_RULES = ("prefixes.ttl", "shape.ttl", "vocabulary.ttl")
"""The files of ours that other shapes are held against."""
_OURS = ox.NamedNode(CGSH + "ShapeTerms")


def shape_faults(
    shapes: Sequence[Document], ontology: Callable[[], Iterable[ox.Triple]], *, engine: Engine | None
) -> list[Finding]:
    """What breaks our rules of shapes in files that are not ours, told by what exists; ours are held by tests.

    Nothing is found where our own shapes are not among the ``shapes``. The ``ontology`` has the terms that there are.
    """
    home = next((each.path.parent for each in shapes if _is_ours(each)), None)
    written = [each for each in shapes if each.path.parent != home]
    if home is None or not written:
        return []
    rules = (each for each in shapes if each.path.parent == home and each.path.name in _RULES)
    triples = [triple for each in written for triple in each.triples]
    data = [*dict.fromkeys([*ontology(), *triples])]
    found = validate(data, to_rdflib(_triples(rules)), engine=engine, focus=_names(triples))
    known = Known(data if found else ())
    return [known.tell(each) for each in found]


def without_faults(shapes: Sequence[Document], faults: Iterable[Finding]) -> list[Document]:
    """The files of shapes but for those in which something does not exist: what they ask is not what was meant."""
    misspelt = {str(each.node) for each in faults if each.severity is Severity.VIOLATION}
    return [each for each in shapes if not misspelt & _names(each.triples)] if misspelt else [*shapes]


def _is_ours(document: Document) -> bool:
    return document.path.name in _RULES and any(triple.subject == _OURS for triple in document.triples)


def _triples(documents: Iterable[Document]) -> Iterable[ox.Triple]:
    return (triple for each in documents for triple in each.triples)


def _names(triples: Iterable[ox.Triple]) -> set[str]:
    return {triple.subject.value for triple in triples if not isinstance(triple.subject, ox.Triple)}
