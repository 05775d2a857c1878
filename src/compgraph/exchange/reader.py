"""Reads a framework statement by statement, and remembers which statements were taken along."""

from collections import defaultdict
from collections.abc import Container, Iterable
from typing import NamedTuple

import pyoxigraph as ox

from compgraph.errors import ExchangeError
from compgraph.exchange.contents import Contents, language_of, subject_key, subjects, value_text
from compgraph.terms import PROGRESSES_TO, RDF_TYPE, SKOS, SSSOM

_SLOTS = ("subject_id", "predicate_id", "object_id")
# Each mapping relation and its inverse (SKOS Reference, section 10.3).
_INVERSES = {SKOS + name: SKOS + name for name in ("exactMatch", "closeMatch", "relatedMatch", "mappingRelation")} | {
    SKOS + "broadMatch": SKOS + "narrowMatch",
    SKOS + "narrowMatch": SKOS + "broadMatch",
}
_LINKING = {*_INVERSES, PROGRESSES_TO}


class Mapping(NamedTuple):
    """A direct link."""

    record: str
    """The mapping record that states it; empty where the framework's own file does."""
    subject: str
    relation: str
    object: str

    def seen_from(self, nodes: Container[str]) -> tuple[str, str, str] | None:
        """The same link as it begins in one of ``nodes``, by the inverse relation if need be; None if none is in it."""
        if self.subject in nodes:
            return self.subject, self.relation, self.object
        if self.object in nodes and self.relation in _INVERSES:
            return self.object, _INVERSES[self.relation], self.subject
        return None


class Reader:
    """Gives the statements of a framework, and remembers which of them the caller takes along.

    Raises ExchangeError if the framework has blank nodes, which no other format could name.
    """

    def __init__(self, given: Contents) -> None:
        self.contents = given
        self.carried: set[ox.Triple] = set()
        self._objects: dict[tuple[str, str], list[ox.Triple]] = defaultdict(list)
        self._about: dict[str, list[ox.Triple]] = defaultdict(list)
        for triple in dict.fromkeys((*given.triples, *given.links)):
            self._objects[subject_key(triple.subject), triple.predicate.value].append(triple)
        for triple in given.triples:
            _check_names(given, triple)
            self._about[subject_key(triple.subject)].append(triple)

    def see(self, node: str, relation: str) -> list[str]:
        """The values as text, IRIs and literals alike, without taking them along."""
        return sorted(value_text(triple.object) for triple in self._objects.get((node, relation), ()))

    def about(self, node: str) -> list[ox.Triple]:
        """What the framework's own file says of a node, not taken along."""
        return self._about.get(node, [])

    def take(self, node: str, relation: str, *values: str) -> list[str]:
        """The same, or those among ``values``, taken along."""
        found = self._objects.get((node, relation), ())
        taken = [triple for triple in found if not values or value_text(triple.object) in values]
        self.carried.update(taken)
        return sorted(value_text(triple.object) for triple in taken)

    def take_link(self, mapping: Mapping, *, weaker: bool = False) -> None:
        """Take along a link and what its record says of it; if it is written as a weaker one, its ends alone."""
        if mapping.record:
            self.take_all(mapping.record, RDF_TYPE, SSSOM + "subject_id", SSSOM + "object_id")
        if not weaker:
            self.take(mapping.record, SSSOM + "predicate_id")
            self.take(mapping.subject, mapping.relation, mapping.object)

    def take_all(self, node: str, *relations: str) -> None:
        """Take along what these relations say of a node."""
        for relation in relations:
            self.take(node, relation)

    def text(self, node: str, relation: str, language: str) -> str | None:
        """One text in a language (failing that, in no language, or the first there is), taken along."""
        chosen = self._in_language(node, relation, language)[:1]
        self.carried.update(chosen)
        return value_text(chosen[0].object) if chosen else None

    def notes(self, node: str, relations: Iterable[str], language: str) -> str | None:
        """The texts of several relations, each a paragraph, all taken along; None if there are none."""
        chosen = [triple for relation in relations for triple in self._in_language(node, relation, language)]
        self.carried.update(chosen)
        return "\n\n".join(value_text(triple.object) for triple in chosen) or None

    def language_map(self, node: str, *relations: str) -> dict[str, str | list[str]]:
        """The texts by language (``und`` for none), a list where one has several, taken along."""
        by_language: dict[str, list[str]] = defaultdict(list)
        for relation in relations:
            for triple in self._literals(node, relation):
                self.carried.add(triple)
                by_language[language_of(triple) or "und"].append(value_text(triple.object))
        return {language: texts[0] if len(texts) == 1 else texts for language, texts in sorted(by_language.items())}

    def nodes(self, kind: str) -> list[str]:
        """The nodes that are stated to be of a class."""
        return sorted(subjects(self.contents.triples, RDF_TYPE, kind))

    def records(self) -> list[str]:
        """The mapping records that begin or end in the framework."""
        return sorted(subjects(self.contents.links, RDF_TYPE, SSSOM + "Mapping"))

    def mappings(self) -> list[Mapping]:
        """Every direct link: those of the records that neither deny nor seek in vain, and those of the own file."""
        positive = [record for record in self.records() if not self.see(record, SSSOM + "predicate_modifier")]
        found = [Mapping(record, *(self._slot(record, name) for name in _SLOTS)) for record in positive]
        stated = [mapping for mapping in found if mapping.object in self.see(mapping.subject, mapping.relation)]
        known = {mapping[1:] for mapping in stated}
        own = [
            Mapping("", subject_key(triple.subject), triple.predicate.value, value_text(triple.object))
            for triple in self.contents.triples
            if triple.predicate.value in _LINKING
        ]
        return stated + sorted(mapping for mapping in own if mapping[1:] not in known)

    def left(self) -> list[ox.Triple]:
        """What was not taken along."""
        every = {*self.contents.triples, *self.contents.links}
        return sorted(every - self.carried, key=str)

    def _slot(self, record: str, name: str) -> str:
        return next(iter(self.see(record, SSSOM + name)), "")

    def _literals(self, node: str, relation: str) -> list[ox.Triple]:
        found = [item for item in self._objects.get((node, relation), ()) if isinstance(item.object, ox.Literal)]
        return sorted(found, key=lambda item: value_text(item.object))

    def _in_language(self, node: str, relation: str, language: str) -> list[ox.Triple]:
        found = self._literals(node, relation)
        tags = sorted({language_of(triple) for triple in found}, key=lambda tag: (tag != language, tag != "", tag))
        return [triple for triple in found if language_of(triple) == tags[0]]


def _check_names(given: Contents, triple: ox.Triple) -> None:
    if not isinstance(triple.subject, ox.NamedNode) or not isinstance(triple.object, ox.NamedNode | ox.Literal):
        problem = f"{given.name} holds a node without a name, in {triple}: give it an IRI, so that others can name it."
        raise ExchangeError(problem)
