"""What is published, cut into datasets: the ontology, each framework, each mapping set, and all of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from compgraph.load import Document
from compgraph.terms import DCTERMS, PREFIXES, SSSOM

ALL = "all"
ONTOLOGY_NAME = "ontology"
_UNSAFE = re.compile(r"[^A-Za-z0-9_.\-]+")
_DATES = (DCTERMS + "modified", SSSOM + "mapping_date", SSSOM + "publication_date")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Dataset:
    """A part of the graph that stands by itself, as it is published."""

    name: str
    """Its file names and fragments begin with it: ``california``, ``california--michigan``."""
    graph: str
    """The IRI of its named graph: the framework, the mapping set or the ontology. Empty for all of them."""
    quads: tuple[ox.Quad, ...]
    prefixes: dict[str, str]
    is_mapping_set: bool = False

    @cached_property
    def triples(self) -> tuple[ox.Triple, ...]:
        """Each triple once, in the order of the files."""
        return tuple(dict.fromkeys(quad.triple for quad in self.quads))

    def values(self, subject: str, *relations: str) -> list[ox.Literal | ox.NamedNode]:
        """What the dataset says of a subject, by the first of these relations that says anything."""
        said = self._said.get(subject, {})
        return next((said[relation] for relation in relations if relation in said), [])

    @cached_property
    def _said(self) -> dict[str, dict[str, list[ox.Literal | ox.NamedNode]]]:
        found: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = {}
        for triple in self.triples:
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal | ox.NamedNode):
                relations = found.setdefault(triple.subject.value, {})
                relations.setdefault(triple.predicate.value, []).append(triple.object)
        return found

    @cached_property
    def modified(self) -> str:
        """The last day on which the data says that anything in it was changed; empty if it says nothing."""
        return max((day for day in map(_day, self.triples) if day), default="")


def datasets(documents: Iterable[Document]) -> list[Dataset]:
    """The datasets of published documents, all of them together first, the others by name."""
    quads: dict[str, list[ox.Quad]] = {}
    ontologies: set[str] = set()
    sets: set[str] = set()
    for document in documents:
        graph = ox.NamedNode(document.graph)
        found = (ox.Quad(each.subject, each.predicate, each.object, graph) for each in document.triples)
        quads.setdefault(document.graph, []).extend(found)
        if document.is_ontology:
            ontologies.add(document.graph)
        if document.path.name.endswith(".sssom.tsv"):
            sets.add(document.graph)
    names = _names(sorted(quads), sorted(ontologies))
    starts = {names[graph]: f"{graph}/" for graph in quads if graph not in ontologies | sets and graph[:4] == "http"}
    prefixes = {name: start for name, start in starts.items() if _UNSAFE.search(name) is None} | PREFIXES
    parts = [
        Dataset(names[graph], graph, tuple(dict.fromkeys(held)), prefixes, graph in sets)
        for graph, held in quads.items()
    ]
    whole = Dataset(ALL, "", tuple(quad for part in parts for quad in part.quads), prefixes)
    return [whole, *sorted(parts, key=lambda part: part.name)]


def _names(graphs: Sequence[str], ontologies: Sequence[str]) -> dict[str, str]:
    """A name for each graph that can be a file's: its last part, with a number where two would meet."""
    taken = {ALL: ""}
    named: dict[str, str] = {}
    for graph in graphs:
        last = re.split(r"[/#:]", graph.rstrip("/#:"))[-1]
        plain = ONTOLOGY_NAME if graph in ontologies else _UNSAFE.sub("-", last).strip(".-") or "data"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken[name.casefold()] = graph
        named[graph] = name
    return named


def _day(triple: ox.Triple) -> str:
    if triple.predicate.value not in _DATES or not isinstance(triple.object, ox.Literal):
        return ""
    found = _DATE.match(triple.object.value)
    return found[0] if found else ""
