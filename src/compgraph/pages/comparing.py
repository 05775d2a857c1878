"""What is laid side by side: every two frameworks that a mapping set is about, every two competencies that it links."""

from dataclasses import replace

from compgraph.pages.links import ends
from compgraph.pages.site import Site
from compgraph.terms import COMPETENCY, FRAMEWORK, SSSOM

_Pair = tuple[str, str]


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
