"""What is laid side by side: every two frameworks that a mapping set is about, every two competencies that it links."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from compgraph.comparisons import Comparison, FrameworkComparison
from compgraph.pages.addresses import href
from compgraph.pages.forms import Form, pair_fields
from compgraph.pages.frames import framed
from compgraph.pages.links import beside, ends
from compgraph.pages.site import Ref, Site
from compgraph.render.pictures import comparison_table
from compgraph.render.templates import filled, part
from compgraph.terms import COMPETENCY, FRAMEWORK, SSSOM

_Pair = tuple[str, str]


class Group(NamedTuple):
    """Two frameworks that are laid side by side, or one beside itself."""

    name: str
    pairs: list[Ref]
    """Their competencies that are."""
    place: str = ""
    """Of the frameworks side by side."""


def comparison_paths(site: Site) -> Site:
    """The site, knowing the paths of its comparisons. Each two things are laid side by side once, as first mapped."""
    found: dict[_Pair, str] = {}
    taken: set[str] = set()
    for one, other in _framework_pairs(site) + _competency_pairs(site):
        path = f"compare/{_name(site, one)}/with/{_name(site, other)}"
        if (other, one) not in found and path not in taken:
            taken.add(path)
            found[one, other] = path
    return replace(site, comparisons=found)


def _name(site: Site, iri: str) -> str:
    return site.addresses.page(iri).removeprefix("doc/")


def _framework_pairs(site: Site) -> list[_Pair]:
    slots = (SSSOM + "subject_source", SSSOM + "object_source")
    sets = site.catalogue.of_kind(SSSOM + "MappingSet")
    pairs = [(site.catalogue.link(each, slots[0]), site.catalogue.link(each, slots[1])) for each in sets]
    return [pair for pair in pairs if all(_has_competencies(site, side) for side in pair)]


def _has_competencies(site: Site, iri: str) -> bool:
    is_shown = bool(site.addresses.page(iri)) and site.catalogue.kind(iri) == FRAMEWORK
    return is_shown and bool(site.catalogue.members(iri, COMPETENCY))


def _competency_pairs(site: Site) -> list[_Pair]:
    pairs = [ends(site, each) for each in site.catalogue.of_kind(SSSOM + "Mapping")]
    return [
        pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1] and all(_is_competency(site, end) for end in pair)
    ]


def _is_competency(site: Site, iri: str) -> bool:
    return bool(site.addresses.page(iri)) and site.catalogue.kind(iri) == COMPETENCY


def compare_page(site: Site, form: Form | None = None) -> str:
    """Each two frameworks that are laid side by side, with those of their competencies that are linked.

    Where a server can do it, there is a form for any two things.
    """
    if site.live and form is None:
        form = Form(pair_fields("", ""))
    groups: dict[frozenset[str], Group] = {}
    for (one, other), path in site.comparisons.items():
        sides = (one, other) if site.catalogue.kind(one) == FRAMEWORK else (site.framework(one), site.framework(other))
        group = groups.setdefault(frozenset(sides), Group(_named(site, sides), []))
        place = href(f"{path}.html", "compare")
        if sides == (one, other):
            groups[frozenset(sides)] = group._replace(place=place)
        else:
            group.pairs.append(Ref(_and(site, (one, other)), place))
    ordered = sorted(groups.values(), key=lambda group: group.name)
    content = filled("pages/compare.html", groups=ordered, form=form)
    return framed(site, path="compare", title="Compare", content=content)


def _named(site: Site, sides: tuple[str, str]) -> str:
    return f"{site.label(sides[0]).text} within itself" if sides[0] == sides[1] else _and(site, sides)


def _and(site: Site, iris: Iterable[str]) -> str:
    return " and ".join(dict.fromkeys(site.label(iri).text for iri in iris))


def comparison_page(site: Site, comparison: Comparison, path: str) -> str:
    """Two frameworks as a matrix of links, or two competencies level by level."""
    if isinstance(comparison, FrameworkComparison):
        sides = (comparison.rows.iri, comparison.columns.iri)
    else:
        sides = (comparison.left.iri, comparison.right.iri)
    content = filled(
        "pages/comparison.html",
        sides=site.refs(dict.fromkeys(sides), path),
        table=part(comparison_table(comparison, _places(site, path))),
        home=href("compare.html", path),
    )
    return framed(site, path=path, title=f"{_and(site, sides)}, compared", content=content)


def _places(site: Site, path: str) -> Callable[[str, str], str]:
    """Where to go from a comparison: to a thing, or to two things side by side."""

    def place(one: str, other: str) -> str:
        return beside(site, one, other, path) if other else site.href(one, path)

    return place
