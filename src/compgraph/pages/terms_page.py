"""The page of the ontology: every term with its definition, examples and place among the others."""

from collections.abc import Iterable
from typing import NamedTuple

from compgraph.pages.frames import framed
from compgraph.pages.model import model_drawing
from compgraph.pages.node_json import node_json
from compgraph.pages.sheets import Fact, downloads, property_words, ref
from compgraph.pages.site import Ref, Site
from compgraph.render.templates import filled, part
from compgraph.terms import CG, DCTERMS, DEFINITION, ONTOLOGY, OWL, PREF_LABEL, RDF_TYPE, RDFS, SKOS, words

_HIDDEN = {RDF_TYPE, PREF_LABEL, DEFINITION, SKOS + "scopeNote", SKOS + "example", RDFS + "isDefinedBy"}
_SORTS = (
    ("Classes", (OWL + "Class",)),
    ("Relations", (OWL + "ObjectProperty",)),
    ("Properties with a text or number", (OWL + "DatatypeProperty", OWL + "AnnotationProperty")),
)


class Entry(NamedTuple):
    """A term."""

    name: str
    """Its local name, by which it is linked."""
    label: str
    definition: str
    notes: tuple[Ref, ...]
    examples: tuple[Ref, ...]
    facts: tuple[Fact, ...]
    used_by: tuple[Ref, ...]
    """The relations that begin at a class."""
    leads_here: tuple[Ref, ...]
    """The relations that lead to a class."""


class Section(NamedTuple):
    """The terms of a sort."""

    name: str
    entries: tuple[Entry, ...]


def ontology_page(site: Site) -> str:
    """Every term of the ontology, with definition and examples, and a drawing of the model."""
    formats = downloads(site, ONTOLOGY, "ns")
    return framed(
        site,
        path="ns",
        title="Ontology",
        content=filled(
            "pages/ontology.html",
            title=site.label(ONTOLOGY),
            description=site.catalogue.text(ONTOLOGY, DCTERMS + "description"),
            facts=tuple(_facts(site, ONTOLOGY, {RDF_TYPE, DCTERMS + "description", DCTERMS + "title"})),
            sections=sections(site),
            downloads=formats,
            namespace=CG,
            drawing=part(model_drawing(site.catalogue)),
        ),
        json_ld=node_json(site, ONTOLOGY),
        downloads=formats,
    )


def sections(site: Site) -> tuple[Section, ...]:
    """The terms by sort: classes, properties, and the individuals of each class."""
    terms = [iri for iri in site.catalogue.ontology if iri.startswith(CG)]
    sorts: dict[str, list[str]] = {name: [] for name, _ in _SORTS}
    for iri in sorted(terms):
        types = site.catalogue.links(iri, RDF_TYPE)
        sort = next((name for name, kinds in _SORTS if any(kind in kinds for kind in types)), "")
        sorts.setdefault(sort or _individuals(site, types), []).append(iri)
    return tuple(Section(name, tuple(_entry(site, iri) for iri in found)) for name, found in sorts.items() if found)


def _individuals(site: Site, types: list[str]) -> str:
    kind = next((each for each in types if each.startswith(CG)), "")
    return f"{site.label(kind).text if kind else 'Other'}: the choices"


def _entry(site: Site, iri: str) -> Entry:
    said = site.catalogue
    return Entry(
        name=iri.removeprefix(CG),
        label=said.text(iri, PREF_LABEL) or words(iri),
        definition=said.text(iri, DEFINITION),
        notes=tuple(ref(site, value, "ns") for value in said.values(iri, SKOS + "scopeNote")),
        examples=tuple(ref(site, value, "ns") for value in said.values(iri, SKOS + "example")),
        facts=tuple(_facts(site, iri, _HIDDEN)),
        used_by=site.refs(_ours(said.pointing(iri, RDFS + "domain")), "ns"),
        leads_here=site.refs(_ours(said.pointing(iri, RDFS + "range")), "ns"),
    )


def _facts(site: Site, iri: str, hidden: set[str]) -> Iterable[Fact]:
    for relation in sorted(site.catalogue.facts(iri)):
        values = [value for value in site.catalogue.values(iri, relation) if not value.text.startswith("_:")]
        if relation not in hidden and values:
            yield Fact(property_words(site, relation), tuple(ref(site, value, "ns") for value in values))


def _ours(iris: list[str]) -> list[str]:
    return [iri for iri in iris if iri.startswith(CG)]
