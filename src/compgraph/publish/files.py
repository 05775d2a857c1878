"""Every file of a site, one after the other: the walk over what there is, and no more."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from compgraph import pages
from compgraph.errors import ResolveError
from compgraph.graph import Graph
from compgraph.pages import Site
from compgraph.publish.folder import MARKER
from compgraph.publish.steps import steps
from compgraph.questions import Question
from compgraph.store import Progress, Table
from compgraph.terms import ONTOLOGY
from compgraph.version import __version__

File = tuple[str, bytes]


class Publication(NamedTuple):
    """What the files of a site are made from."""

    site: Site
    graph: Graph
    """The same statements, open for questions."""


def files(publication: Publication, progress: Progress) -> Iterator[File]:
    """Every file of the site, as a path and its content. The same data gives the same files in the same order."""
    site = publication.site
    for iri in steps("Writing pages", site.addresses.identifiers(), progress):
        if iri != ONTOLOGY:
            yield _text(f"{site.addresses.page(iri)}.html", pages.thing_page(site, iri))
        yield from data_files(site, iri)
    yield from _comparisons(publication, progress)
    yield from _questions(publication, progress)
    for path, make in pages.FIXED.items():
        yield _text(path, make(site, publication.graph.questions))
    yield _text(MARKER, json.dumps({"base": site.base, "data": site.version, "compgraph": __version__}) + "\n")


def data_files(site: Site, iri: str) -> Iterator[File]:
    """The data beside the page of an identifier, in each format that can hold it."""
    triples = pages.described(site.catalogue, iri)
    for each in pages.formats(triples):
        yield _text(f"{site.addresses.page(iri)}.{each.ending}", pages.data_text(triples, each.ending, site.prefixes))


def _comparisons(publication: Publication, progress: Progress) -> Iterator[File]:
    site, graph = publication
    for pair, path in steps("Laying side by side", sorted(site.comparisons.items()), progress):
        yield _text(f"{path}.html", pages.comparison_page(site, graph.compare(*pair), path))


def _questions(publication: Publication, progress: Progress) -> Iterator[File]:
    site, graph = publication
    for question in steps("Asking questions", list(graph.questions), progress):
        page = pages.question_page(site, question, _answer(graph, question))
        yield _text(f"questions/{question.name}.html", page)


def _answer(graph: Graph, question: Question) -> Table | None:
    """The answer for the example that stands in the question's file; None if the example is not in this data."""
    values = {parameter.name: parameter.example for parameter in question.parameters}
    try:
        return graph.ask(question.name, **values)  # type: ignore[arg-type]  # no parameter has the name of an option
    except ResolveError:
        return None


def _text(path: str, text: str) -> File:
    return path, text.encode()
