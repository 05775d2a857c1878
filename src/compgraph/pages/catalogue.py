"""What is to be shown, read once from the files: every statement by its subject, and by what it points to."""

from collections import defaultdict
from collections.abc import Iterable
from math import inf
from typing import NamedTuple

import pyoxigraph as ox

from compgraph.load import Document
from compgraph.terms import (
    CG,
    FOAF,
    IN_FAMILY,
    IN_SCHEME,
    IS_PART_OF,
    NOTATION,
    OWL,
    POSITION,
    PREF_LABEL,
    RANK,
    RDF_TYPE,
    RDFS,
    SSSOM,
    TITLE,
)

_LABELS = (PREF_LABEL, TITLE, FOAF + "name", SSSOM + "mapping_set_title")
_HOMES = (IN_SCHEME, IS_PART_OF)


class Value(NamedTuple):
    """The object of a statement."""

    text: str
    """The IRI, or the text of the literal."""
    is_iri: bool
    language: str = ""


class Catalogue:
    """The statements of some documents. Where a text stands in several languages, English comes first."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._seen: set[ox.Triple] = set()
        self._triples: dict[str, list[ox.Triple]] = defaultdict(list)
        self._facts: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        self._pointing: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._members: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.graphs: dict[str, str] = {}
        """The named graph that first speaks of each subject."""
        self.ontology: dict[str, None] = {}
        """The subjects of the ontology's files, in their order."""
        self._depths: dict[str, int] = {}
        self._used: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for document in documents:
            self._read(document)
        for iri in self._facts:
            for home in self.homes(iri):
                self._members[home][self.kind(iri)].append(iri)

    def _read(self, document: Document) -> None:
        for triple in document.triples:
            if triple in self._seen:
                continue
            self._seen.add(triple)
            subject, relation, value = _text(triple.subject), triple.predicate.value, _value(triple.object)
            self._triples[subject].append(triple)
            self._facts[subject][relation].append(value)
            self.graphs.setdefault(subject, document.graph)
            if value.is_iri:
                self._pointing[value.text][relation].append(subject)
                self._used[relation].append((subject, value.text))
            if document.is_ontology:
                self.ontology[subject] = None

    def __contains__(self, iri: str) -> bool:
        return iri in self._triples

    def subjects(self) -> list[str]:
        """Every subject, in the order of the files."""
        return list(self._triples)

    def triples(self, iri: str) -> list[ox.Triple]:
        """What the files say of a subject."""
        return self._triples.get(iri, [])

    def facts(self, iri: str) -> dict[str, list[Value]]:
        """The values of a subject, by relation."""
        return self._facts.get(iri, {})

    def values(self, iri: str, relation: str) -> list[Value]:
        """The values of one relation: English first, else in the order of the file."""
        found = self.facts(iri).get(relation, [])
        return sorted(found, key=lambda value: not value.language.startswith("en")) if len(found) > 1 else found

    def text(self, iri: str, relation: str) -> str:
        """The first text of a relation; empty if there is none."""
        return next((value.text for value in self.values(iri, relation)), "")

    def links(self, iri: str, *relations: str) -> list[str]:
        """The IRIs that these relations point to."""
        return [value.text for relation in relations for value in self.values(iri, relation) if value.is_iri]

    def link(self, iri: str, relation: str) -> str:
        """The first of them; empty if there is none."""
        return next(iter(self.links(iri, relation)), "")

    def pointing(self, iri: str, relation: str) -> list[str]:
        """The subjects that point to ``iri`` by a relation, in reading order."""
        found = self._pointing[iri][relation] if iri in self._pointing else []
        return sorted(found, key=self.order)

    def pointers(self, iri: str) -> dict[str, list[str]]:
        """All subjects that point to ``iri``, by relation."""
        return self._pointing.get(iri, {})

    def homes(self, iri: str) -> list[str]:
        """What a thing is part of or in the scheme of."""
        return self.links(iri, *_HOMES)

    def members(self, iri: str, *kinds: str) -> list[str]:
        """The parts of these classes (IRIs) that a framework or another whole has, in reading order."""
        held = self._members.get(iri, {})
        return sorted((member for kind in kinds for member in held.get(kind, ())), key=self.order)

    def of_kind(self, kind: str) -> list[str]:
        """Everything of a class, in reading order."""
        return self.pointing(kind, RDF_TYPE)

    def kind(self, iri: str) -> str:
        """The narrowest class of ours that a thing has, else any class; empty if it has none."""
        kinds = self.links(iri, RDF_TYPE)
        return min(kinds, key=lambda kind: (not kind.startswith(CG), -self._depth(kind), kind), default="")

    def is_out_of_use(self, iri: str) -> bool:
        """Whether the files call it deprecated."""
        return any(value.text in ("true", "1") for value in self.values(iri, OWL + "deprecated"))

    def kinds_related(self, relation: str) -> set[tuple[str, str]]:
        """The kinds of thing that a relation leads from and to."""
        return {(self.kind(subject), self.kind(value)) for subject, value in self._used[relation]}

    def order(self, iri: str) -> tuple[float, float, float, float, str, str]:
        """The key by which things stand in lists: as their source ranks, places or numbers them, else by name."""
        family = self._number(self.link(iri, IN_FAMILY), POSITION)
        number = self._number(iri, NOTATION)
        return family, self._number(iri, RANK), self._number(iri, POSITION), number, self.text(iri, PREF_LABEL), iri

    def named(self, iri: str) -> Value | None:
        """The text that a thing goes by, if the files give one."""
        return next((value for relation in _LABELS for value in self.values(iri, relation)), None)

    def _depth(self, kind: str, above: frozenset[str] = frozenset()) -> int:
        """How many classes stand above one, on the longest way up; a circle counts once."""
        if kind not in self._depths:
            wider = [each for each in self.links(kind, RDFS + "subClassOf") if each not in above]
            self._depths[kind] = 1 + max((self._depth(each, above | {kind}) for each in wider), default=0)
        return self._depths[kind]

    def _number(self, iri: str, relation: str) -> float:
        text = self.text(iri, relation) if iri else ""
        return float(text) if text.isascii() and text.isdecimal() else inf


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _value(term: object) -> Value:
    if isinstance(term, ox.Literal):
        return Value(term.value, is_iri=False, language=term.language or "")
    return Value(_text(term), is_iri=isinstance(term, ox.NamedNode))
