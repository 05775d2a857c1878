"""Competencies against levels: what is expected of whom, in one competency and in a whole framework."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from compgraph.pages.site import Ref, Site
from compgraph.terms import (
    AT_LEVEL,
    BEHAVIOUR,
    COMPETENCY,
    DEMONSTRATES,
    DESCRIPTOR,
    ELABORATES,
    EXPECTATION,
    EXPECTED_PROFICIENCY,
    FOR_ROLE,
    IN_CLUSTER,
    IN_FAMILY,
    IN_SCALE,
    INDICATOR,
    NOTATION,
    OF_COMPETENCY,
    RANK,
)


class Column(NamedTuple):
    """What is expected in one competency of one level or role."""

    of_whom: Ref
    expectation: Ref
    proficiency: Ref | None
    descriptor: str
    behaviours: int
    height: int
    """How high the proficiency stands on its scale, from 1 to 4; 0 if that is not known."""

    @property
    def heading(self) -> str:
        """The level or role, with the proficiency."""
        return f"{self.of_whom.text}, {self.proficiency.text}" if self.proficiency else self.of_whom.text


class Line(NamedTuple):
    """Behaviours by column, under the indicator that they elaborate (none where the source has no indicators)."""

    indicator: Ref | None
    cells: tuple[tuple[Ref, ...], ...]


class Grid(NamedTuple):
    """The levels of one role family side by side."""

    family: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


class Entry(NamedTuple):
    """A competency of a framework."""

    competency: Ref
    number: str
    cells: tuple[Column | None, ...]
    """What is expected of each level or role; None where nothing is."""
    indicators: int
    behaviours: int


class Theme(NamedTuple):
    """The competencies of a cluster; without a name those that are in none."""

    cluster: Ref | None
    entries: tuple[Entry, ...]


class Head(NamedTuple):
    """A level or role at the head of a column."""

    level: Ref
    family: str
    """How its name begins, if that is the name of the family that stands above it."""

    @property
    def text(self) -> str:
        """The rest of its name."""
        return self.level.text.removeprefix(self.family)


class Overview(NamedTuple):
    """The competencies of a framework against its levels and roles."""

    families: tuple[tuple[str, int], ...]
    """Role families or scales, with how many of the columns each has."""
    columns: tuple[Head, ...]
    themes: tuple[Theme, ...]

    @property
    def has_indicators(self) -> bool:
        """Whether any competency has indicators."""
        return any(entry.indicators for theme in self.themes for entry in theme.entries)


def of_whom(site: Site, expectation: str) -> str:
    """The level or role of an expectation; empty if it states none."""
    return next(iter(site.catalogue.links(expectation, AT_LEVEL, FOR_ROLE)), "")


def expectations(site: Site, iri: str, relation: str = OF_COMPETENCY) -> list[str]:
    """The expectations of a competency (or of a role), from the lowest level up."""
    found = [each for each in site.catalogue.pointing(iri, relation) if site.catalogue.kind(each) == EXPECTATION]
    return sorted(found, key=lambda each: (site.catalogue.order(of_whom(site, each)), each))


def indicators(site: Site, competency: str) -> list[str]:
    """The indicators of a competency, in the order of the source."""
    return [
        each for each in site.catalogue.pointing(competency, OF_COMPETENCY) if site.catalogue.kind(each) == INDICATOR
    ]


def behaviours(site: Site, iri: str) -> list[str]:
    """The behaviours that demonstrate an expectation or a competency, in the order of the source."""
    return [each for each in site.catalogue.pointing(iri, DEMONSTRATES) if site.catalogue.kind(each) == BEHAVIOUR]


def column(site: Site, expectation: str, seen_from: str) -> Column:
    """An expectation as a column or a cell."""
    proficiency = site.catalogue.link(expectation, EXPECTED_PROFICIENCY)
    whom = of_whom(site, expectation)
    return Column(
        of_whom=site.ref(whom or expectation, seen_from),
        expectation=site.ref(expectation, seen_from),
        proficiency=site.ref(proficiency, seen_from) if proficiency else None,
        descriptor=site.catalogue.text(expectation, DESCRIPTOR),
        behaviours=len(behaviours(site, expectation)),
        height=_height(site, proficiency),
    )


def _height(site: Site, level: str) -> int:
    scale = site.catalogue.link(level, IN_SCALE) if level else ""
    steps = site.catalogue.pointing(scale, IN_SCALE) if scale else []
    ranked = [each for each in steps if site.catalogue.text(each, RANK)]
    return 1 + 3 * (ranked.index(level) + 1) // len(ranked) if level in ranked else 0


def grids(site: Site, competency: str, seen_from: str) -> tuple[Grid, ...]:
    """The levels of a competency side by side, a grid for each role family."""
    found = expectations(site, competency)
    return tuple(
        _grid(site, competency, family, list(group), seen_from)
        for family, group in groupby(found, key=lambda each: _family(site, of_whom(site, each)))
    )


def _family(site: Site, level: str) -> str:
    family = site.catalogue.link(level, IN_FAMILY) if level else ""
    return site.label(family).text if family else ""


def _grid(site: Site, competency: str, family: str, found: list[str], seen_from: str) -> Grid:
    said = {each: behaviours(site, each) for each in found}
    every = [behaviour for each in found for behaviour in said[each]]
    elaborated = {behaviour: site.catalogue.link(behaviour, ELABORATES) for behaviour in every}
    heads = indicators(site, competency) if every and all(elaborated.values()) else []
    if heads:
        extra = [head for head in dict.fromkeys(elaborated.values()) if head not in heads]
        lines = [
            Line(
                site.ref(head, seen_from),
                tuple(site.refs((b for b in said[each] if elaborated[b] == head), seen_from) for each in found),
            )
            for head in [*heads, *extra]
        ]
    else:
        lines = [Line(None, tuple(site.refs(said[each], seen_from) for each in found))] if every else []
    return Grid(family, tuple(column(site, each, seen_from) for each in found), tuple(lines))


def competencies(site: Site, framework: str) -> list[str]:
    """The competencies of a framework that are in use, in reading order."""
    every = site.catalogue.members(framework, COMPETENCY)
    return [each for each in every if not site.catalogue.is_out_of_use(each)]


def overview(site: Site, framework: str, seen_from: str) -> Overview:
    """The competencies of a framework by cluster, against the levels and roles of which something is expected."""
    members = competencies(site, framework)
    asked = {each: expectations(site, each) for each in members}
    whom = {of_whom(site, expectation) for found in asked.values() for expectation in found} - {""}
    heads = sorted(whom, key=site.catalogue.order)
    clusters = {each: site.catalogue.link(each, IN_CLUSTER) for each in members}
    first = {cluster: place for place, cluster in reversed(list(enumerate(clusters.values())))}
    ordered = sorted(members, key=lambda each: first[clusters[each]])
    themes = tuple(
        Theme(
            site.ref(cluster, seen_from) if cluster else None,
            tuple(_entry(site, each, asked[each], heads, seen_from) for each in group),
        )
        for cluster, group in groupby(ordered, key=lambda each: clusters[each])
    )
    families = tuple(
        (name, len(list(group)))
        for name, group in groupby(heads, key=lambda each: _family(site, each) or _scale(site, each))
    )
    columns = (_head(site, each, seen_from, has_families=len(families) > 1) for each in heads)
    return Overview(families, tuple(columns), themes)


def _head(site: Site, iri: str, seen_from: str, *, has_families: bool) -> Head:
    level = site.ref(iri, seen_from)
    start = f"{_family(site, iri)} "
    is_repeated = has_families and level.text.startswith(start) and level.text != start
    return Head(level, start if is_repeated else "")


def _scale(site: Site, level: str) -> str:
    scale = site.catalogue.link(level, IN_SCALE)
    return site.label(scale).text if scale else ""


def _entry(site: Site, competency: str, found: Iterable[str], heads: list[str], seen_from: str) -> Entry:
    cells = {of_whom(site, each): each for each in found}
    shown = [behaviours(site, each) for each in [competency, *cells.values()]]
    return Entry(
        competency=site.ref(competency, seen_from),
        number=site.catalogue.text(competency, NOTATION),
        cells=tuple(column(site, cells[head], seen_from) if head in cells else None for head in heads),
        indicators=len(indicators(site, competency)),
        behaviours=len({each for some in shown for each in some}),
    )
