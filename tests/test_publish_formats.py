"""Every format of every kind of page: several readers, one graph; and all pages together are the dump."""

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from compgraph.load import to_rdflib
from compgraph.pages import FORMATS as PAGE_FORMATS
from compgraph.publish.servers.table import FORMATS
from compgraph.terms import RDF_TYPE

FORMS = {
    "ttl": (ox.RdfFormat.TURTLE, "turtle", "turtle"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld", ""),  # rapper reads no JSON-LD
    "rdf": (ox.RdfFormat.RDF_XML, "xml", "rdfxml"),
    "nt": (ox.RdfFormat.N_TRIPLES, "nt", "ntriples"),
}


@pytest.fixture(scope="module")
def pages(sites: Mapping[str, Path]) -> dict[str, Path]:
    """One page of each class of the graph, and the ontology: the path of its Turtle, by class."""
    found = {"ontology": sites["own"] / "ns.ttl"}
    for path in sorted([*(sites["own"] / "doc").rglob("*.nt"), *(sites["own"] / "source").rglob("*.nt")]):
        triples = list(ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES))
        own = {t.subject for t in triples if str(t.subject).rstrip(">").endswith(path.stem)}
        for each in triples:
            if each.predicate.value == RDF_TYPE and each.subject in own:
                found.setdefault(str(each.object), path.with_suffix(".ttl"))
    return found


def test_servers_know_the_formats_of_the_pages() -> None:
    beside = [(each.ending, each.media_type) for each in PAGE_FORMATS.values()]
    assert [(each.ending, each.media_type) for each in FORMATS] == [("html", "text/html"), *beside]
    assert list(FORMS) == list(PAGE_FORMATS)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by rdflib, of its own reader of JSON-LD
def test_every_reader_reads_the_same(pages: dict[str, Path]) -> None:
    """pyoxigraph and rdflib: each format of one page of each class."""
    import rdflib
    from rdflib.compare import isomorphic

    assert len(pages) > 15
    for kind, turtle in pages.items():
        stated = {quad.triple for quad in ox.parse(path=str(turtle), format=ox.RdfFormat.TURTLE)}
        expected = to_rdflib(stated)
        for ending, (_, name, _) in FORMS.items():
            path = turtle.with_suffix(f".{ending}")
            read = rdflib.Graph()
            for triple in rdflib.Graph().parse(path, format=name):
                read.add(triple)
            assert len(read) == len(expected), (kind, path.name)
            assert isomorphic(read, expected), (kind, path.name)


@pytest.mark.needs_rapper
def test_rapper_reads_them(pages: dict[str, Path]) -> None:
    for kind, turtle in pages.items():
        numbers = set()
        for ending, (_, _, name) in FORMS.items():
            if name:
                command = ["rapper", "-c", "-i", name, str(turtle.with_suffix(f".{ending}"))]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                assert "Error" not in done.stderr, kind
                numbers |= set(re.findall(r"returned (\d+) triples", done.stderr))
        assert len(numbers) == 1, (kind, numbers)


def test_all_pages_together_are_the_dump(sites: Mapping[str, Path]) -> None:
    """Up to blank nodes, which the ontology alone has, on its one page."""
    site = sites["own"]
    paths = [site / "ns.nt", *(site / "doc").rglob("*.nt"), *(site / "source").rglob("*.nt")]
    together = {line for path in paths for line in path.read_text(encoding="utf-8").splitlines()}
    dumped = {str(quad.triple) + " ." for quad in _quads(site / "dumps/all.nq")}
    assert {line for line in together if "_:" not in line} == {line for line in dumped if "_:" not in line}
    assert sum("_:" in line for line in together) == sum("_:" in line for line in dumped)


def _quads(path: Path) -> Iterator[ox.Quad]:
    return ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
