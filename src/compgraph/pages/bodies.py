"""The part of a page that only one kind of thing has."""

from collections.abc import Callable
from typing import NamedTuple

from compgraph.pages import grids
from compgraph.pages.catalogue import Value
from compgraph.pages.grids import expectations, of_whom
from compgraph.pages.links import beside, ends, record
from compgraph.pages.sheets import ref
from compgraph.pages.site import Ref, Site
from compgraph.render.templates import filled
from compgraph.terms import (
    BEHAVIOUR,
    CG,
    COMPETENCY,
    DEFINITION,
    DEMONSTRATES,
    DESCRIPTOR,
    ELABORATES,
    EXPECTATION,
    EXPECTED_PROFICIENCY,
    FOR_ROLE,
    FRAMEWORK,
    IN_CLUSTER,
    IN_SCALE,
    IN_SCHEME,
    IS_PART_OF,
    LEVEL_SCALE,
    MEMBER,
    OF_COMPETENCY,
    PASSAGE,
    PASSAGE_KIND,
    ROLE_FAMILY,
    ROLE_PROFILE,
    SEGMENT,
    SSSOM,
)

WEIGHTING = CG + "Weighting"
SHARE = CG + "share"


class Body(NamedTuple):
    """How the own part of a kind of page is made."""

    hidden: tuple[str, ...]
    """The relations that it tells, so that the rest of the page need not."""
    fill: Callable[[Site, str, str], str]
    """The HTML for an identifier, as seen from the path of its page."""


class Weight(NamedTuple):
    """A share in a review, with its parts."""

    name: Ref
    share: str
    parts: tuple["Weight", ...]


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


def _framework(site: Site, iri: str, path: str) -> str:
    members = site.catalogue.members
    sets = [each for each in site.catalogue.of_kind(SSSOM + "MappingSet") if iri in _sides(site, each)]
    rows = [(site.ref(each, path), _compared(site, each, iri, path)) for each in sets]
    return filled(
        "pages/framework.html",
        overview=grids.overview(site, iri, path),
        segments=_with_members(site, members(iri, SEGMENT), MEMBER, path),
        scales=[
            (site.ref(each, path), site.refs(site.catalogue.pointing(each, IN_SCALE), path))
            for each in members(iri, LEVEL_SCALE)
        ],
        families=site.refs(members(iri, ROLE_FAMILY), path),
        roles=site.refs(members(iri, ROLE_PROFILE), path),
        weights=_weights(site, iri, path),
        passages=_passages(site, members(iri, PASSAGE), path),
        mappings=rows,
    )


def _sides(site: Site, mapping_set: str) -> list[str]:
    return site.catalogue.links(mapping_set, SSSOM + "subject_source", SSSOM + "object_source")


def _compared(site: Site, mapping_set: str, framework: str, path: str) -> str:
    others = [side for side in _sides(site, mapping_set) if side != framework] or [framework]
    return beside(site, framework, others[0], path)


def _with_members(site: Site, iris: list[str], relation: str, path: str) -> list[tuple[Ref, tuple[Ref, ...]]]:
    said = site.catalogue
    return [
        (site.ref(each, path), site.refs(sorted(said.links(each, relation), key=said.order), path)) for each in iris
    ]


def _weights(site: Site, framework: str, path: str) -> list[Weight]:
    held = site.catalogue.members(framework, WEIGHTING)
    tops = [each for each in held if not any(home in held for home in site.catalogue.homes(each))]
    return [_weight(site, each, path, frozenset()) for each in tops]


def _weight(site: Site, iri: str, path: str, above: frozenset[str]) -> Weight:
    held = [each for each in site.catalogue.members(iri, WEIGHTING) if each not in above | {iri}]
    parts = tuple(_weight(site, each, path, above | {iri}) for each in held)
    return Weight(site.ref(iri, path), site.catalogue.text(iri, SHARE), parts)


def _passages(site: Site, iris: list[str], path: str) -> list[tuple[str, list[Ref]]]:
    kinds: dict[str, list[Ref]] = {}
    for each in iris:
        kind = site.catalogue.link(each, PASSAGE_KIND)
        kinds.setdefault(site.label(kind).text if kind else "other", []).append(site.ref(each, path))
    return sorted(kinds.items())


def _competency(site: Site, iri: str, path: str) -> str:
    found = grids.grids(site, iri, path)
    in_lines = any(line.indicator for grid in found for line in grid.lines)
    return filled(
        "pages/competency.html",
        definitions=[ref(site, value, path) for value in site.catalogue.values(iri, DEFINITION)],
        grids=found,
        indicators=() if in_lines else site.refs(grids.indicators(site, iri), path),
        behaviours=site.refs(grids.behaviours(site, iri), path),
    )


def _behaviour(site: Site, iri: str, path: str) -> str:
    """Where a behaviour stands, and what the same indicator asks at other levels."""
    said = site.catalogue
    expectation = said.link(iri, DEMONSTRATES)
    indicator = said.link(iri, ELABORATES)
    others = said.pointing(indicator, ELABORATES) if indicator else []
    levels = [(of_whom(site, said.link(each, DEMONSTRATES)), each) for each in others]
    ladder = sorted((said.order(level), level, each) for level, each in levels if level)
    return filled(
        "pages/behaviour.html",
        expectation=site.ref(expectation, path) if expectation else None,
        indicator=site.ref(indicator, path) if indicator else None,
        ladder=[(site.ref(level, path), site.ref(each, path), each == iri) for _, level, each in ladder],
    )


def _expectation(site: Site, iri: str, path: str) -> str:
    return filled(
        "pages/expectation.html",
        column=grids.column(site, iri, path),
        behaviours=site.refs(grids.behaviours(site, iri), path),
        others=[grids.column(site, each, path) for each in _siblings(site, iri)],
    )


def _siblings(site: Site, expectation: str) -> list[str]:
    competency = site.catalogue.link(expectation, OF_COMPETENCY)
    return [each for each in expectations(site, competency) if each != expectation] if competency else []


def _role(site: Site, iri: str, path: str) -> str:
    asked = expectations(site, iri, FOR_ROLE)
    rows = [
        (site.ref(site.catalogue.link(each, OF_COMPETENCY), path), grids.column(site, each, path)) for each in asked
    ]
    return filled("pages/role.html", rows=rows)


def _mapping_set(site: Site, iri: str, path: str) -> str:
    records = site.catalogue.members(iri, SSSOM + "Mapping")
    sides = _sides(site, iri)
    return filled(
        "pages/mapping_set.html",
        rows=[_row(site, each, path) for each in records],
        beside=beside(site, sides[0], sides[1], path) if len(sides) == 2 else "",
    )


def _record(site: Site, iri: str, path: str) -> str:
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


def _source(site: Site, iri: str, path: str) -> str:
    return filled(
        "pages/source.html", framework=[ref(site, Value(each, is_iri=True), path) for each in _users(site, iri)]
    )


def _users(site: Site, source: str) -> list[str]:
    """The frameworks that restate a document."""
    users = (site.framework(each) for found in site.catalogue.pointers(source).values() for each in found)
    return list(dict.fromkeys(each for each in users if each))


_ENDS = tuple(SSSOM + name for name in ("subject_id", "object_id", "predicate_id", "subject_label", "object_label"))

BODIES = {
    FRAMEWORK: Body((IN_SCHEME, IS_PART_OF), _framework),
    COMPETENCY: Body((IN_SCHEME, IN_CLUSTER, OF_COMPETENCY, DEMONSTRATES, DEFINITION), _competency),
    BEHAVIOUR: Body((IN_SCHEME, OF_COMPETENCY, DEMONSTRATES, ELABORATES), _behaviour),
    EXPECTATION: Body((IS_PART_OF, OF_COMPETENCY, DEMONSTRATES, DESCRIPTOR, EXPECTED_PROFICIENCY), _expectation),
    ROLE_PROFILE: Body((IS_PART_OF, FOR_ROLE), _role),
    SSSOM + "MappingSet": Body((IS_PART_OF,), _mapping_set),
    SSSOM + "Mapping": Body((*_ENDS, SSSOM + "comment", SSSOM + "confidence"), _record),
    CG + "SourceDocument": Body((), _source),
}
"""The kinds of thing that have more to show than facts and what points to them."""
