"""The own part of the pages of mapping sets and their records."""

from itertools import groupby
from typing import NamedTuple

from compgraph.pages.links import beside, ends, record
from compgraph.pages.sheets import kind_words
from compgraph.pages.site import Ref, Site
from compgraph.render.templates import filled
from compgraph.terms import COMPETENCY, SSSOM, plural


class Row(NamedTuple):
    """A mapping record in the table of its set."""

    subject: Ref
    words: str
    object: Ref
    confidence: str
    comment: str
    page: str
    beside: str

    @property
    def kind(self) -> str:
        """The words as the name of a style."""
        return self.words.replace(" ", "-")


def mapping_set_body(site: Site, iri: str, path: str) -> str:
    """The records of a set, by the kind of what they link, competencies first."""
    records = site.catalogue.members(iri, SSSOM + "Mapping")
    ordered = sorted(records, key=lambda each: _kind(site, each))
    sides = site.catalogue.links(iri, SSSOM + "subject_source", SSSOM + "object_source")
    groups = [
        (plural(words), [_row(site, each, path) for each in group])
        for (_, words), group in groupby(ordered, key=lambda each: _kind(site, each))
    ]
    place = beside(site, sides[0], sides[1], path) if len(sides) == 2 else ""
    return filled("pages/mapping_set.html", groups=groups, beside=place)


def _kind(site: Site, iri: str) -> tuple[bool, str]:
    """What a record links, as the key of its group: in words, competencies before all else."""
    found = record(site, iri)
    end = found.subject or found.object
    return site.catalogue.kind(end) != COMPETENCY, kind_words(site, end)


def record_body(site: Site, iri: str, path: str) -> str:
    """The two ends of a record, what it says of them, and why."""
    return filled("pages/record.html", row=_row(site, iri, path))


def _row(site: Site, iri: str, path: str) -> Row:
    found = record(site, iri)
    subject, object_ = ends(site, iri)
    return Row(
        subject=_end(site, subject, path, found=bool(found.subject)),
        words=found.words,
        object=_end(site, object_, path, found=bool(found.object)),
        confidence=site.catalogue.text(iri, SSSOM + "confidence"),
        comment=site.catalogue.text(iri, SSSOM + "comment"),
        page=site.href(iri, path),
        beside=beside(site, subject, object_, path),
    )


def _end(site: Site, iri: str, path: str, *, found: bool) -> Ref:
    if not iri:
        return Ref("nothing found")
    return site.ref(iri, path, note="" if found else "nothing in it")
