"""The links of a thing, both ways, with their reasons."""

from collections.abc import Iterator
from typing import NamedTuple

from compgraph.pages.addresses import href
from compgraph.pages.site import Ref, Site
from compgraph.relations import relation, strength
from compgraph.terms import FRAMEWORK, NO_TERM_FOUND, PROGRESSES_TO, SKOS, SSSOM

PREDICATES = (
    PROGRESSES_TO,
    *(SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")),
)
"""The relations that link a thing to another."""


class Link(NamedTuple):
    """A link as seen from one of its ends."""

    relation: str
    """In words: ``close match``, ``carried on from``, ``none found``."""
    other: Ref
    where: Ref | None
    """The framework of the other end."""
    confidence: str
    comment: str
    author: str
    record: str
    """Where the mapping record is that states it; empty if there is none."""
    beside: str
    """Where the two are laid side by side; empty if nowhere."""

    @property
    def kind(self) -> str:
        """The relation as the name of a style."""
        return self.relation.replace(" ", "-")


class Record(NamedTuple):
    """A mapping record, or a link that is stated without one."""

    iri: str
    """Empty if there is no record."""
    subject: str
    """The IRI of this end; empty if it is NoTermFound."""
    object: str
    predicate: str
    denied: bool = False

    @property
    def words(self) -> str:
        """What it says of its subject."""
        return self.told(forward=True)

    def told(self, *, forward: bool) -> str:
        """What it says, seen from its subject or from its object."""
        return relation(self.predicate, forward=forward, denied=self.denied)


def record(site: Site, iri: str) -> Record:
    """The mapping record of an IRI."""
    slot = {name: site.catalogue.text(iri, SSSOM + name) for name in ("subject_id", "object_id", "predicate_id")}
    subject, object_ = ("" if slot[name] == NO_TERM_FOUND else slot[name] for name in ("subject_id", "object_id"))
    denied = bool(site.catalogue.text(iri, SSSOM + "predicate_modifier"))
    return Record(iri, subject, object_, slot["predicate_id"], denied)


def ends(site: Site, iri: str) -> tuple[str, str]:
    """The IRIs of what a record links; for an end where nothing was found, of the framework that was searched."""
    found = record(site, iri)
    return (
        found.subject or site.catalogue.text(iri, SSSOM + "subject_source"),
        found.object or site.catalogue.text(iri, SSSOM + "object_source"),
    )


def links(site: Site, iri: str, seen_from: str) -> tuple[Link, ...]:
    """The links of a thing, the strongest kind first."""
    recorded = list(_recorded(site, iri, seen_from))
    known = {(link.relation, link.other.text) for link in recorded}
    bare = [link for link in _bare(site, iri, seen_from) if (link.relation, link.other.text) not in known]
    return tuple(sorted([*recorded, *bare], key=_strength))


def _strength(link: Link) -> tuple[int, float, str]:
    return strength(link.relation), -float(link.confidence or 0), link.other.text


def _recorded(site: Site, iri: str, seen_from: str) -> Iterator[Link]:
    for forward, own in ((True, "subject_id"), (False, "object_id")):
        for each in site.catalogue.pointing(iri, SSSOM + own):
            found = record(site, each)
            other = ends(site, each)[1 if forward else 0]
            if other and found.predicate:
                yield _link(site, found, other, seen_from, here=iri, forward=forward)


def _link(site: Site, found: Record, other: str, seen_from: str, *, here: str, forward: bool) -> Link:
    said = site.catalogue
    where = site.framework(other)
    is_framework = said.kind(other) == FRAMEWORK
    return Link(
        relation=found.told(forward=forward),
        other=site.ref(other, seen_from),
        where=site.ref(where, seen_from) if where and not is_framework else None,
        confidence=said.text(found.iri, SSSOM + "confidence"),
        comment=said.text(found.iri, SSSOM + "comment"),
        author=", ".join(value.text for value in said.values(found.iri, SSSOM + "author_label")),
        record=site.href(found.iri, seen_from),
        beside=beside(site, here, other, seen_from),
    )


def _bare(site: Site, iri: str, seen_from: str) -> Iterator[Link]:
    """Links that a file states without a record."""
    for predicate in PREDICATES:
        for other in site.catalogue.links(iri, predicate):
            yield _link(site, Record("", iri, other, predicate), other, seen_from, here=iri, forward=True)
        for other in site.catalogue.pointing(iri, predicate):
            yield _link(site, Record("", other, iri, predicate), other, seen_from, here=iri, forward=False)


def beside(site: Site, one: str, other: str, seen_from: str) -> str:
    """Where two things are laid side by side; empty if nowhere."""
    path = site.comparisons.get((one, other)) or site.comparisons.get((other, one))
    return href(f"{path}.html", seen_from) if path else ""
