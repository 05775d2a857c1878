"""A site: what it shows, where each thing has its page, and how things are called on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from compgraph.load import Document
from compgraph.pages.addresses import Addresses, href, is_ours
from compgraph.pages.catalogue import Catalogue, Value
from compgraph.render.people import shorten
from compgraph.terms import (
    AT_LEVEL,
    BASE,
    CG,
    EXPECTATION,
    FOR_ROLE,
    FRAMEWORK,
    LOCATOR,
    NO_TERM_FOUND,
    OF_COMPETENCY,
    PREFIXES,
    SSSOM,
)


class Ref(NamedTuple):
    """Something that a page speaks of, with the place to go to."""

    text: str
    href: str = ""
    """Empty where there is no place to go to: then it is plain text."""
    language: str = ""
    """Of the text, if it is not English."""
    external: bool = False
    note: str = ""
    """A short remark beside it."""


class Dump(NamedTuple):
    """A file that holds a whole: a framework, a mapping set, the ontology, everything."""

    name: str
    path: str
    size: int = 0
    """In bytes; 0 if that is not known yet."""


@dataclass(frozen=True)
class Site:
    """Everything that the pages of a site are made from."""

    catalogue: Catalogue
    addresses: Addresses
    prefixes: Mapping[str, str]
    version: str = ""
    """A name for the state of the data."""
    comparisons: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The paths of the pages that lay two things side by side, without format; within a framework, it beside itself."""
    questions: tuple[str, ...] = ()
    """The names of the questions that have a page."""
    live: bool = False
    """Whether a server shows it, which can answer forms; a folder of files can't."""
    dumps: Mapping[str, tuple[Dump, ...]] = field(default_factory=dict)
    """The files that hold a whole, by its IRI; those that hold everything, by none."""

    @property
    def base(self) -> str:
        """What our identifiers begin with."""
        return self.addresses.base

    def label(self, iri: str) -> Value:
        """What a thing is called."""
        if named := self.catalogue.named(iri):
            return named
        if self.catalogue.kind(iri) == EXPECTATION:
            ends = self.catalogue.links(iri, OF_COMPETENCY, AT_LEVEL, FOR_ROLE)
            return Value(": ".join(self.label(end).text for end in ends), is_iri=False)
        ends = [self.catalogue.text(iri, SSSOM + name) for name in ("subject_id", "object_id")]
        if all(ends):
            names = ("nothing found" if end == NO_TERM_FOUND else self.label(end).text for end in ends)
            return Value(" → ".join(names), is_iri=False)
        if locator := self.catalogue.text(iri, LOCATOR):
            return Value(locator, is_iri=False)
        return Value(self.short(iri), is_iri=True)

    def short(self, iri: str) -> str:
        """An IRI by a prefix, where one fits."""
        return shorten(iri, self.prefixes)

    def framework(self, iri: str) -> str:
        """The framework that a thing is or belongs to; empty if it is in none."""
        for each in (iri, *self.catalogue.homes(iri)):
            if self.catalogue.kind(each) == FRAMEWORK:
                return each
        return ""

    def home(self, iri: str) -> str:
        """The name of the framework that a thing belongs to; empty if it is one, or in none."""
        framework = self.framework(iri)
        return self.label(framework).text if framework and framework != iri else ""

    def href(self, iri: str, seen_from: str) -> str:
        """Where the page at a path sends whoever wants to know of an IRI; empty if nowhere."""
        whole, _, part = iri.partition("#")
        if iri.startswith(CG) and iri in self.catalogue:
            return f"{href('ns.html', seen_from)}#{part}"
        if path := self.addresses.page(whole):
            return href(f"{path}.html", seen_from)
        if is_ours(whole, self.base) or not iri.startswith(("http://", "https://")):
            return ""
        return iri

    def ref(self, iri: str, seen_from: str, note: str = "") -> Ref:
        """An IRI as a page speaks of it."""
        named = self.label(iri)
        place = self.href(iri, seen_from)
        language = named.language if not named.language.startswith("en") else ""
        return Ref(named.text, place, language, external=place == iri, note=note)

    def refs(self, iris: Iterable[str], seen_from: str) -> tuple[Ref, ...]:
        """Several of them."""
        return tuple(self.ref(iri, seen_from) for iri in iris)


def build_site(
    documents: Iterable[Document],
    base: str = BASE,
    *,
    version: str = "",
    questions: tuple[str, ...] = (),
    live: bool = False,
) -> Site:
    """The site of some documents, whose identifiers begin with ``base`` already."""
    catalogue = Catalogue(documents)
    starts = {iri.rpartition("/")[2]: f"{iri}/" for iri in catalogue.of_kind(FRAMEWORK)}
    prefixes = {name: start for name, start in starts.items() if name not in PREFIXES} | PREFIXES
    prefixes["id"] = f"{base}id/"
    return Site(
        catalogue=catalogue,
        addresses=Addresses((iri for iri in catalogue.subjects() if not iri.startswith("_:")), base),
        prefixes=prefixes,
        version=version,
        questions=questions,
        live=live,
    )
