"""The part of a page that only one kind of thing has."""

from collections.abc import Callable
from typing import NamedTuple

from compgraph.pages import grids
from compgraph.pages.catalogue import Value
from compgraph.pages.grids import expectations, of_whom
from compgraph.pages.links import beside
from compgraph.pages.mapping_bodies import mapping_set_body, record_body
from compgraph.pages.sheets import ref
from compgraph.pages.site import Ref, Site
from compgraph.render.templates import filled
from compgraph.terms import (
    AT_LEVEL,
    BEHAVIOUR,
    CG,
    COMPETENCY,
    DCTERMS,
    DEFINITION,
    DEMONSTRATES,
    DESCRIPTOR,
    ELABORATES,
    EXPECTATION,
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
    RANK,
    ROLE_FAMILY,
    ROLE_LEVEL,
    ROLE_PROFILE,
    SEGMENT,
    SOURCE_DOCUMENT,
    SSSOM,
)

WEIGHTING = CG + "Weighting"
LICENCE, RIGHTS = DCTERMS + "license", DCTERMS + "rights"  # at the foot of every page of the framework
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
        out_of_use=site.refs((each for each in members(iri, COMPETENCY) if site.catalogue.is_out_of_use(each)), path),
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
    share = site.catalogue.text(iri, SHARE)
    return Weight(site.ref(iri, path), share.removesuffix(".0"), parts)


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


def _asked(relation: str) -> Callable[[Site, str, str], str]:
    """The body of whatever expectations point to by a relation: what is expected of it, in all competencies."""

    def fill(site: Site, iri: str, path: str) -> str:
        rows = [
            (
                site.ref(site.catalogue.link(each, OF_COMPETENCY), path),
                grids.column(site, each, path),
                site.refs(grids.behaviours(site, each), path),
            )
            for each in expectations(site, iri, relation)
        ]
        return filled("pages/asked.html", rows=rows)

    return fill


def _scale(site: Site, iri: str, path: str) -> str:
    steps = site.catalogue.pointing(iri, IN_SCALE)
    return filled(
        "pages/scale.html",
        steps=[(site.ref(each, path), site.catalogue.text(each, DEFINITION)) for each in steps],
        is_ranked=any(site.catalogue.text(each, RANK) for each in steps),
    )


def _weighting(site: Site, iri: str, path: str) -> str:
    return filled("pages/weighting.html", weight=_weight(site, iri, path, frozenset()))


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
    FRAMEWORK: Body((IN_SCHEME, IS_PART_OF, LICENCE, RIGHTS), _framework),
    COMPETENCY: Body((IN_SCHEME, IN_CLUSTER, OF_COMPETENCY, DEMONSTRATES, DEFINITION), _competency),
    BEHAVIOUR: Body((IN_SCHEME, OF_COMPETENCY, DEMONSTRATES, ELABORATES), _behaviour),
    EXPECTATION: Body((IS_PART_OF, OF_COMPETENCY, DEMONSTRATES, DESCRIPTOR), _expectation),
    ROLE_PROFILE: Body((IS_PART_OF, FOR_ROLE), _asked(FOR_ROLE)),
    ROLE_LEVEL: Body((AT_LEVEL,), _asked(AT_LEVEL)),
    LEVEL_SCALE: Body((IN_SCALE,), _scale),
    WEIGHTING: Body((IS_PART_OF, SHARE), _weighting),
    SSSOM + "MappingSet": Body((IS_PART_OF,), mapping_set_body),
    SSSOM + "Mapping": Body((*_ENDS, SSSOM + "comment", SSSOM + "confidence"), record_body),
    SOURCE_DOCUMENT: Body((), _source),
}
"""The kinds of thing that have more to show than facts and what points to them."""
