"""The pages and other files that every site has, each at a path of its own."""

import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

from compgraph.pages.assets import script_text, style_text
from compgraph.pages.comparing import compare_page
from compgraph.pages.frames import framed
from compgraph.pages.grids import competencies, indicators
from compgraph.pages.sheets import dumps, kind_words
from compgraph.pages.site import Ref, Site
from compgraph.pages.terms_page import ontology_page
from compgraph.questions import Question, by_family
from compgraph.render.templates import filled
from compgraph.terms import BEHAVIOUR, DCTERMS, EXPECTATION, FRAMEWORK, SSSOM, TITLE, plural


class Card(NamedTuple):
    """A framework in the list of the home page."""

    name: Ref
    title: str
    issuer: str
    issued: str
    counts: tuple[tuple[int, str], ...]
    competencies: tuple[Ref, ...]


def home_page(site: Site, questions: Iterable[Question]) -> str:
    """Where a visitor begins."""
    cards = [_card(site, iri) for iri in site.catalogue.of_kind(FRAMEWORK)]
    sets = [site.ref(iri, "index") for iri in site.catalogue.of_kind(SSSOM + "MappingSet")]
    content = filled(
        "pages/home.html", cards=cards, families=by_family(questions), mapping_sets=sets, dumps=dumps(site, "", "index")
    )
    return framed(site, path="index", title="Competency frameworks as linked data", content=content)


def _card(site: Site, iri: str) -> Card:
    said = site.catalogue
    held = competencies(site, iri)
    counts = (
        (len(held), "competency"),
        (sum(len(indicators(site, each)) for each in held), "indicator"),
        (len(said.members(iri, BEHAVIOUR)), "behaviour"),
    )
    publisher = said.link(iri, DCTERMS + "publisher")
    return Card(
        name=site.ref(iri, "index"),
        title=said.text(iri, TITLE),
        issuer=site.label(publisher).text if publisher else "",
        issued=said.text(iri, DCTERMS + "issued"),
        counts=tuple((count, noun if count == 1 else plural(noun)) for count, noun in counts if count),
        competencies=site.refs(held, "index"),
    )


def questions_page(site: Site, questions: Iterable[Question]) -> str:
    """The list of all questions."""
    content = filled("pages/questions.html", families=by_family(questions))
    return framed(site, path="questions", title="Questions", content=content)


def search_index(site: Site) -> str:
    """Everything that has a name, for the script of the search box: name, kind, framework, path of the page."""
    entries = []
    for iri in site.addresses.identifiers():
        named = site.catalogue.named(iri)
        if (
            named
            and not site.catalogue.is_out_of_use(iri)
            and site.catalogue.kind(iri) not in (EXPECTATION, SSSOM + "Mapping")
        ):
            entries.append([named.text, kind_words(site, iri), site.home(iri), site.href(iri, "index")])
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":"))


FIXED: dict[str, Callable[[Site, Iterable[Question]], str]] = {
    "index.html": home_page,
    "questions.html": questions_page,
    "compare.html": lambda site, _questions: compare_page(site),
    "ns.html": lambda site, _questions: ontology_page(site),
    "search.json": lambda site, _questions: search_index(site),
    "style.css": lambda _site, _questions: style_text(),
    "script.js": lambda _site, _questions: script_text(),
}
"""How each is made of a site and the questions that can be asked of it, by path."""
