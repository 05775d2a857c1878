"""What the page of every thing has: heading, trail, facts, what points to it, its place in the source, its data."""

from collections.abc import Iterable
from typing import NamedTuple

from compgraph.pages.addresses import href
from compgraph.pages.catalogue import Catalogue, Value
from compgraph.pages.data import Format, described, formats
from compgraph.pages.links import PREDICATES, Link, links
from compgraph.pages.phrases import HIDDEN, ORDER, POINTING, REPLACED, SOURCES, WHOLES, WORDS, licence_name
from compgraph.pages.site import Ref, Site
from compgraph.terms import (
    CG,
    COMPETENCY,
    DCTERMS,
    DEMONSTRATES,
    FRAMEWORK,
    IN_CLUSTER,
    LOCATOR,
    MEMBER,
    NOTATION,
    OF_COMPETENCY,
    PREF_LABEL,
    RDF_TYPE,
    SKOS,
    SSSOM,
    plural,
    words,
)

SHOWN = 400
"""How many things of one sort a page lists: beyond that the data has them, and the page says how many."""


class Fact(NamedTuple):
    """Something that is said, by name."""

    name: str
    values: tuple[Ref, ...]
    more: int = 0
    """How many more there are than are listed."""


class Download(NamedTuple):
    """The same thing in a format for programs."""

    format: Format
    href: str


class Sheet(NamedTuple):
    """What the page of a thing shows, whatever it is."""

    iri: str
    path: str
    title: Ref
    kind: str
    """What it is, in a word or two."""
    number: str
    """What the source numbers it; empty if it doesn't."""
    trail: tuple[Ref, ...]
    """The way to it: home, framework, and what it is part of."""
    facts: tuple[Fact, ...]
    out_of_use: bool
    replaced_by: tuple[Ref, ...]
    misread: tuple[Ref, ...]
    notes: tuple[Ref, ...]
    links: tuple[Link, ...]
    mentions: tuple[Fact, ...]
    locator: str
    pointers: tuple[Fact, ...]
    downloads: tuple[Download, ...]
    dumps: tuple[Ref, ...]
    """The files that hold it with everything in it, if it is a framework or a mapping set."""
    body_first: bool
    """Whether what only its kind has to show goes before the facts."""
    restated: bool
    """Whether its words are ours, in place of a source's."""
    curie: str
    rights: tuple[Ref, ...]
    licence: tuple[Ref, ...]


def sheet(site: Site, iri: str, hidden: Iterable[str] = ()) -> Sheet:
    """What the page of a thing shows; ``hidden`` are relations that its own part of the page tells, either way."""
    path = site.addresses.page(iri)
    said = site.catalogue
    title = site.ref(iri, path)
    told = {*hidden, *HIDDEN, *SOURCES, *PREDICATES}
    trail = tuple(_trail(site, iri, path))
    pointers = tuple(_pointers(site, iri, path))
    framework = site.framework(iri)
    return Sheet(
        iri=iri,
        path=path,
        title=title._replace(href=""),
        kind=kind_words(site, iri),
        number=said.text(iri, NOTATION),
        trail=trail,
        facts=tuple(_facts(site, iri, path, told, trail)),
        out_of_use=said.is_out_of_use(iri),
        replaced_by=site.refs(said.links(iri, REPLACED), path),
        misread=tuple(ref(site, value, path) for value in said.values(iri, SKOS + "scopeNote")),
        notes=tuple(ref(site, value, path) for value in said.values(iri, SKOS + "editorialNote")),
        links=links(site, iri, path),
        mentions=tuple(_mentions(site, iri, path, told - {REPLACED})),
        locator=said.text(iri, LOCATOR),
        pointers=pointers,
        downloads=downloads(site, iri, path),
        dumps=dumps(site, iri, path),
        body_first=said.kind(iri) == SSSOM + "Mapping",
        restated=bool(pointers),
        curie=site.short(iri),
        rights=tuple(ref(site, value, path) for value in said.values(framework, DCTERMS + "rights")),
        licence=tuple(ref(site, value, path) for value in said.values(framework, DCTERMS + "license")),
    )


def kind_words(site: Site, iri: str) -> str:
    """What a thing is, in a word or two."""
    kind = site.catalogue.kind(iri)
    named = site.catalogue.text(kind, PREF_LABEL)
    return named if kind.startswith(CG) and named else words(kind).capitalize()


def ref(site: Site, value: Value, seen_from: str) -> Ref:
    """The object of a statement as a page shows it."""
    if value.is_iri:
        found = site.ref(value.text, seen_from)
        return found._replace(text=licence_name(value.text) or found.text)
    return Ref(value.text, language="" if value.language.startswith("en") else value.language)


def dumps(site: Site, iri: str, path: str) -> tuple[Ref, ...]:
    """The files that hold all of a framework, a mapping set, the ontology, or (no IRI) everything."""
    return tuple(Ref(each.name, href(each.path, path), note=_size(each.size)) for each in site.dumps.get(iri, ()))


def _size(count: int) -> str:
    if not count:
        return ""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"


def downloads(site: Site, iri: str, path: str) -> tuple[Download, ...]:
    """The formats for programs that a thing can be had in."""
    return tuple(
        Download(each, href(f"{path}.{each.ending}", path)) for each in formats(described(site.catalogue, iri))
    )


def _trail(site: Site, iri: str, path: str) -> Iterable[Ref]:
    yield Ref("Home", href("index.html", path))
    said = site.catalogue
    competencies = {iri: None} | dict.fromkeys(_competencies(said, iri))
    clusters = (cluster for each in competencies for cluster in said.links(each, IN_CLUSTER))
    for each in dict.fromkeys([site.framework(iri), *clusters, *competencies, *said.homes(iri)]):
        if each and each != iri:
            yield site.ref(each, path)


def _competencies(said: Catalogue, iri: str) -> list[str]:
    """The competency of an indicator or expectation, or of the expectation that a behaviour shows."""
    return [
        competency
        for each in (iri, *said.links(iri, DEMONSTRATES))
        for competency in (*said.links(each, OF_COMPETENCY), *([each] if said.kind(each) == COMPETENCY else []))
        if competency != iri
    ]


def _facts(site: Site, iri: str, path: str, told: set[str], trail: Iterable[Ref]) -> Iterable[Fact]:
    """What is said of a thing, but for what the way to it says already."""
    passed = {each.href for each in trail}
    ranked = sorted(site.catalogue.facts(iri), key=lambda relation: (_rank(relation), relation))
    for relation in ranked:
        if relation not in told:
            values = [ref(site, value, path) for value in site.catalogue.values(iri, relation)]
            shown = tuple(each for each in values if relation not in WHOLES or each.href not in passed)
            if shown:
                yield Fact(property_words(site, relation), shown[:SHOWN], max(0, len(shown) - SHOWN))
    if holders := site.catalogue.pointing(iri, MEMBER):
        yield Fact("segment", site.refs(holders, path))


def _rank(relation: str) -> int:
    return ORDER.index(relation) if relation in ORDER else len(ORDER)


def property_words(site: Site, relation: str) -> str:
    """A relation in words."""
    return WORDS.get(relation) or site.catalogue.text(relation, PREF_LABEL) or words(relation)


def _mentions(site: Site, iri: str, path: str, told: set[str]) -> Iterable[Fact]:
    if site.catalogue.kind(iri) == FRAMEWORK:  # everything in it points to it; its own part of the page says what
        return
    groups: dict[str, list[str]] = {}
    for relation in sorted(site.catalogue.pointers(iri)):
        if relation in {*told, MEMBER, RDF_TYPE} or relation.startswith(SSSOM):
            continue
        for subject in site.catalogue.pointing(iri, relation):
            groups.setdefault(_mention_words(site, relation, subject), []).append(subject)
    for name, subjects in groups.items():
        shown = tuple(site.ref(each, path) for each in dict.fromkeys(subjects[:SHOWN]))
        yield Fact(name, shown, max(0, len(subjects) - SHOWN))


def _mention_words(site: Site, relation: str, subject: str) -> str:
    """What points by a relation, as a heading."""
    phrase = POINTING.get(relation)
    if phrase is None:
        return f"Of which this is the {property_words(site, relation)}"
    return phrase or plural(kind_words(site, subject))


def _pointers(site: Site, iri: str, path: str) -> Iterable[Fact]:
    for relation in SOURCES:
        values = [value for value in site.catalogue.values(iri, relation) if value.is_iri]
        if values:
            yield Fact(SOURCES[relation], tuple(_pointer(site, value.text, path) for value in values))


def _pointer(site: Site, iri: str, path: str) -> Ref:
    document, _, place = iri.partition("#")
    shown = site.ref(document, path)
    if place.startswith("char="):
        return shown._replace(note=f"characters {place.removeprefix('char=').replace(',', ' to ')}")
    return shown._replace(note=place)
