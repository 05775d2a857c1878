"""The pages that are not about one thing: home, the lists, comparisons and questions."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from compgraph.comparisons import Comparison, FrameworkComparison
from compgraph.pages.addresses import href
from compgraph.pages.forms import Form, pair_fields
from compgraph.pages.frames import framed
from compgraph.pages.grids import competencies, indicators
from compgraph.pages.links import beside
from compgraph.pages.sheets import dumps, kind_words
from compgraph.pages.site import Ref, Site
from compgraph.questions import Question
from compgraph.render.people import shorten
from compgraph.render.pictures import comparison_table
from compgraph.render.templates import filled, part
from compgraph.store import Table, Term
from compgraph.terms import BEHAVIOUR, DCTERMS, EXPECTATION, FRAMEWORK, SSSOM, TITLE

SHOWN = 50
"""How many rows of an answer stand on the page of its question."""
MOST_SHOWN = 500
"""How many of an answer that somebody asked for."""


class Card(NamedTuple):
    """A framework in the list of the home page."""

    name: Ref
    title: str
    issuer: str
    issued: str
    counts: tuple[tuple[int, str], ...]
    competencies: tuple[Ref, ...]


class Group(NamedTuple):
    """Two frameworks that are laid side by side, or one beside itself."""

    name: str
    pairs: list[Ref]
    """Their competencies that are."""
    place: str = ""
    """Of the frameworks side by side."""


def home_page(site: Site, questions: Iterable[Question]) -> str:
    """Where a visitor begins."""
    cards = [_card(site, iri) for iri in site.catalogue.of_kind(FRAMEWORK)]
    sets = [site.ref(iri, "index") for iri in site.catalogue.of_kind(SSSOM + "MappingSet")]
    content = filled(
        "pages/home.html", cards=cards, families=_families(questions), mapping_sets=sets, dumps=dumps(site, "", "index")
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
        counts=tuple((count, _many(count, noun)) for count, noun in counts if count),
        competencies=site.refs(held, "index"),
    )


def _many(count: int, noun: str) -> str:
    if count == 1:
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _families(questions: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    families: dict[str, list[Question]] = {}
    for question in questions:
        families.setdefault(question.tags[0] if question.tags else "other", []).append(question)
    return sorted(families.items())


def questions_page(site: Site, questions: Iterable[Question]) -> str:
    """The list of all questions."""
    content = filled("pages/questions.html", families=_families(questions))
    return framed(site, path="questions", title="Questions", content=content)


def question_page(
    site: Site, question: Question, answer: Table | None, *, query: str = "", form: Form | None = None
) -> str:
    """What a question asks, its answer, how not to misread it, and its SPARQL.

    The answer is that for the example in its file, and none means that the example is not part of this data; with a
    ``form`` it is that for what was filled in, and ``query`` the SPARQL that found it.
    """
    path = f"questions/{question.name}"
    headings, rows = readable(site, answer or Table((), ()), path)
    shown = SHOWN if form is None else MOST_SHOWN
    content = filled(
        "pages/question.html",
        question=question,
        answered=answer is not None,
        headings=headings,
        rows=rows[:shown],
        as_records=len(headings) > 6 and len(rows) <= 3,
        more=max(0, len(rows) - shown),
        query=query or question.query,
        form=form,
        home=href("questions.html", path),
    )
    return framed(site, path=path, title=question.title, content=content)


def readable(site: Site, answer: Table, path: str) -> tuple[list[str], list[list[list[Ref]]]]:
    """The answer with names in place of identifiers that stand beside them, as links."""
    columns = answer.columns
    named = {name.removesuffix("_label"): name for name in columns if name.endswith("_label")}
    kept = [
        place
        for place, name in enumerate(columns)
        if name not in named and (not answer.rows or any(row[place] for row in answer.rows))
    ]
    rows = [[_cell(site, answer, row, place, path) for place in kept] for row in answer.rows]
    return [columns[place].removesuffix("_label").replace("_", " ") for place in kept], rows


def _cell(site: Site, answer: Table, row: Sequence[Term | None], place: int, path: str) -> list[Ref]:
    term, name = row[place], answer.columns[place]
    if term is None:
        return []
    if term.kind == "uri":
        return [site.ref(term.value, path)._replace(text=shorten(term.value, site.prefixes))]
    if name.endswith("_label") and name.removesuffix("_label") in answer.columns:
        meant = row[answer.columns.index(name.removesuffix("_label"))]
        return [Ref(term.value, site.href(meant.value, path) if meant and meant.kind == "uri" else "")]
    if term.value.startswith(("http://", "https://")):
        parts = term.value.split(" ")
        return [Ref(shorten(each, site.prefixes), site.href(each, path), external=True) for each in parts]
    return [Ref(term.value)]


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
            framework = site.framework(iri)
            where = site.label(framework).text if framework and framework != iri else ""
            entries.append([named.text, kind_words(site, iri), where, site.href(iri, "index")])
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
