"""Pages: what is shown is shown and never run, paths stay inside the site, links and data say what the files say."""

import json
import re
import warnings
from html.parser import HTMLParser
from pathlib import Path

import pytest
import rdflib
import rdflib.compare

from compgraph.load import Document, document
from compgraph.pages import (
    Site,
    build_site,
    data_text,
    described,
    formats,
    thing_page,
)
from compgraph.pages.fixed import home_page, search_index
from compgraph.pages.grids import grids, overview
from compgraph.pages.links import links
from compgraph.pages.phrases import licence_name
from compgraph.pages.sheets import sheet
from compgraph.terms import ID
from tests.conftest import ROOT

X = f"{ID}x"
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)></script><!--"


class Elements(HTMLParser):
    """Collects the elements of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._in_script = tag == "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.found if name in attrs]


def _site(tmp_path: Path, turtle: str) -> Site:
    path = tmp_path / "x.ttl"
    path.write_text(
        "@prefix cg: <https://w3id.org/compgraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f"@prefix dcterms: <http://purl.org/dc/terms/> . @prefix x: <{X}/> . @prefix id: <{ID}> .\n{turtle}",
        encoding="utf-8",
    )
    return build_site(document(path))


def _documents(*names: str) -> list[Document]:
    return [found for name in names for found in document(ROOT / "data" / name)]


def read(text: str, media_type: str) -> rdflib.Graph:
    """What rdflib reads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its JSON-LD parser makes a graph that it deprecates
        return rdflib.Graph().parse(data=text, format=media_type)


# What is shown is never run.


def test_nothing_in_the_data_can_run(tmp_path: Path) -> None:
    text = json.dumps(NASTY)
    site = _site(
        tmp_path,
        f"""
        id:x a cg:Framework ; skos:prefLabel {text} ; skos:scopeNote {text} ;
            dcterms:license <javascript:alert(3)> ; dcterms:rights <data:text/html,alert(4)> .
        x:c a cg:Competency ; skos:prefLabel {text} ; skos:definition {text} ; skos:inScheme id:x ;
            skos:notation {text} ;
            skos:editorialNote {text} ; cg:locator {text} ; cg:labelSource <javascript:alert(5)#char=1,2> ;
            skos:exactMatch <javascript:alert(6)> ; <javascript:alert(7)> {text} ;
            skos:inScheme <javascript:alert(8)> ; cg:inCluster <vbscript:alert(9)> .
        x:e a cg:Expectation ; cg:ofCompetency x:c ; cg:atLevel x:l ; cg:descriptor {text} ; dcterms:isPartOf id:x .
        x:l a cg:RoleLevel ; skos:prefLabel {text} ; skos:inScheme id:x .
        x:b a cg:Behaviour ; skos:prefLabel {text} ; cg:demonstrates x:e ; skos:inScheme id:x .
        x:p a cg:Passage ; skos:prefLabel {text} ; cg:about x:c ; dcterms:isPartOf id:x .
        """,
    )
    pages = [thing_page(site, iri) for iri in site.addresses.identifiers() if iri.startswith(ID)]
    for page in [*pages, home_page(site, [])]:
        elements = Elements(page)
        assert [attrs.get("src", "") for tag, attrs in elements.found if tag == "script"].count("") <= 1
        assert not [tag for tag, _ in elements.found if tag in ("img", "iframe", "object", "embed", "base", "style")]
        assert not [name for _, attrs in elements.found for name in attrs if name.startswith("on") or name == "style"]
        assert all(
            re.match(r"(\.\./|\./|#|https?://|[a-z]+/|[a-z]+\.html)", link) for link in elements.attributes("href")
        )
        for script in filter(str.strip, elements.scripts):
            assert "<" not in script
            assert json.loads(script)["schema:name"] == NASTY or "@id" in json.loads(script)
    assert "&lt;script&gt;" in pages[0]
    assert json.loads(search_index(site))[0][0] == NASTY


def test_a_link_to_what_has_no_page_is_plain_text(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        "x:c a cg:Competency ; skos:prefLabel 'C' ; skos:relatedMatch <https://w3id.org/compgraph/id/gone/a> .",
    )
    page = thing_page(site, f"{X}/c")
    assert "<span>id:gone/a</span>" in page
    assert "gone/a.html" not in page


# Data beside the pages.


def test_every_format_says_the_same(tmp_path: Path) -> None:
    odd = json.dumps('a\r\n\t& <b> "c" \\ é 𝄞 ]]>', ensure_ascii=False)
    site = _site(
        tmp_path,
        f"x:c a cg:Competency ; skos:prefLabel {odd}@en, 'c'@de-ch ; cg:share 0.50 ; cg:rank 01 ;"
        " cg:about [ cg:about [] ] ."
        "x:d cg:about x:c ; skos:prefLabel 'd' .",
    )
    triples = described(site.catalogue, f"{X}/c")
    graphs = [read(data_text(triples, each.ending, site.prefixes), each.media_type) for each in formats(triples)]
    assert len(graphs) == 4 and len(graphs[0]) == len(triples) == 9
    for graph in graphs[1:]:
        assert rdflib.compare.isomorphic(graphs[0], graph)


UNHELD = {
    "<https://example.org/1> 1": ["ttl", "jsonld", "nt"],
    r"skos:prefLabel 'a\u0001b'": ["ttl", "jsonld", "nt"],
}


@pytest.mark.parametrize("statement", UNHELD)
def test_a_thing_is_offered_in_the_formats_that_can_hold_it(tmp_path: Path, statement: str) -> None:
    site = _site(tmp_path, f"x:c a cg:Competency ; {statement} .")
    offered = [each.ending for each in formats(described(site.catalogue, f"{X}/c"))]
    assert offered == UNHELD[statement]
    assert "application/rdf+xml" not in thing_page(site, f"{X}/c")


def test_a_page_holds_its_own_node_as_skos_and_schema_org() -> None:
    site = build_site(_documents("michigan.ttl"))
    page = thing_page(site, f"{ID}michigan/quality-service")
    script = next(filter(str.strip, Elements(page).scripts))
    graph = read(script, "application/ld+json")
    node, schema = rdflib.URIRef(f"{ID}michigan/quality-service"), rdflib.Namespace("https://schema.org/")
    assert graph.value(node, schema.name) == rdflib.Literal("Quality Service")
    assert graph.value(node, schema.termCode) == rdflib.Literal("8")
    assert graph.value(node, schema.inDefinedTermSet) == rdflib.URIRef(f"{ID}michigan")
    assert {rdflib.RDF.type, rdflib.SKOS.prefLabel, rdflib.SKOS.definition} <= set(graph.predicates(node))
    assert (node, rdflib.RDF.type, schema.DefinedTerm) in graph
    assert set(graph.subjects()) == {node}


# What the pages say.


def test_levels_stand_side_by_side_with_indicators_as_rows() -> None:
    site = build_site(_documents("california.ttl"))
    (grid,) = grids(site, f"{ID}california/thoroughness", "doc/california/thoroughness")
    assert [column.of_whom.text for column in grid.columns] == [
        "First-Level Supervisor",
        "Second-Level Supervisor",
        "Manager",
    ]
    assert [column.proficiency.text for column in grid.columns if column.proficiency] == [
        "Skilled",
        "Advanced",
        "Advanced",
    ]
    assert [line.indicator.text[:28] for line in grid.lines if line.indicator] == [
        "Ensures the high quality of ",
        "Ensures that the goals, obje",
    ]
    assert all(len(cell) == 1 for line in grid.lines for cell in line.cells)


def test_a_level_shows_what_is_expected_of_it_in_all_competencies() -> None:
    page = thing_page(build_site(_documents("california.ttl")), f"{ID}california/level.manager")
    assert page.count('<th role="rowheader"') == 16
    assert "Champions resources and systems in support of producing work products" in page
    assert page.count(">Thoroughness: Manager<") == 0


def test_the_way_to_a_behaviour_leads_through_its_competency() -> None:
    site = build_site(_documents("california.ttl"))
    trail = sheet(site, f"{ID}california/thoroughness.manager.1").trail
    names = ["Home", "California Leadership Competency Model", "Maximizing Performance Results", "Thoroughness"]
    assert [step.text for step in trail] == names


def test_shares_stand_beside_the_parts_of_a_weighting() -> None:
    page = thing_page(build_site(_documents("it-services.ttl")), f"{ID}it-services/weighting.competencies")
    assert "20 % of the whole review." in page
    assert page.count('<span class="count">5 %</span>') == 4


OUT_OF_USE = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
x:old a cg:Competency ; skos:prefLabel "Old" ; skos:inScheme id:x ; owl:deprecated true ; dcterms:isReplacedBy x:new .
x:new a cg:Competency ; skos:prefLabel "New" ; skos:inScheme id:x .
id:x a cg:Framework ; skos:prefLabel "X" .
"""


def test_what_is_out_of_use_says_so_and_is_not_sought(tmp_path: Path) -> None:
    site = _site(tmp_path, OUT_OF_USE)
    page = thing_page(site, f"{X}/old")
    assert '<strong>Out of use.</strong> In its place: <a href="../../doc/x/new.html">New</a>' in " ".join(page.split())
    assert '<meta name="robots" content="noindex">' in page
    assert "noindex" not in thing_page(site, f"{X}/new")
    assert "Old" in thing_page(site, f"{X}/new")
    assert [entry[0] for entry in json.loads(search_index(site))] == ["X", "New"]
    themes = overview(site, f"{ID}x", "doc/x").themes
    assert [entry.competency.text for theme in themes for entry in theme.entries] == ["New"]
    assert "Competencies that are no longer used" in thing_page(site, f"{ID}x")


def test_a_page_says_what_it_belongs_to() -> None:
    page = thing_page(build_site(_documents("california.ttl")), f"{ID}california/thoroughness")
    assert '<link rel="collection" href="../../doc/california.html">' in page
    assert '<link rel="up" href="../../doc/california/cluster.maximizing-performance-results.html">' in page
    assert '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">' in page


def test_a_column_below_its_family_does_not_repeat_its_name() -> None:
    site = build_site(_documents("michigan.ttl"))
    found = overview(site, f"{ID}michigan", "doc/michigan")
    assert [(head.family, head.text) for head in found.columns][:2] == [
        ("Professional ", "Level 1"),
        ("Professional ", "Level 2"),
    ]
    california = overview(build_site(_documents("california.ttl")), f"{ID}california", "doc/california")
    assert [head.text for head in california.columns][-1] == "Executive"


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
        ("https://creativecommons.org.example.org/licenses/by/4.0/", ""),
        ("https://example.org/licence", ""),
    ],
)
def test_licences_have_names(iri: str, name: str) -> None:
    assert licence_name(iri) == name


def test_each_role_family_has_its_own_table() -> None:
    site = build_site(_documents("michigan.ttl"))
    found = grids(site, f"{ID}michigan/quality-service", "doc/michigan/quality-service")
    assert [(grid.family, len(grid.columns)) for grid in found] == [
        ("Professional", 5),
        ("Management", 3),
        ("Top Executive", 1),
    ]
    assert all(column.descriptor for grid in found for column in grid.columns)


def test_the_overview_of_a_framework_has_every_competency_once() -> None:
    site = build_site(_documents("california.ttl"))
    found = overview(site, f"{ID}california", "doc/california")
    entries = [entry for theme in found.themes for entry in theme.entries]
    assert len({entry.competency for entry in entries}) == len(entries) == 23
    assert sum(entry.behaviours for entry in entries) == 257
    assert sum(cell is not None for entry in entries for cell in entry.cells) == 66
    assert next(theme.cluster.text for theme in found.themes if theme.cluster) == "Fostering a Team Environment"


def test_links_are_told_from_both_ends_with_their_reasons() -> None:
    site = build_site(_documents("california.ttl", "mappings/california--california.sssom.tsv"))
    ends = [f"{ID}california/{name}" for name in ("thoroughness", "results-orientation")]
    (forward,), (back,) = (links(site, iri, "index") for iri in ends)
    assert (forward.relation, forward.other.text, forward.confidence) == ("progresses to", "Results Orientation", "0.6")
    assert (back.relation, back.other.text) == ("carried on from", "Thoroughness")
    assert forward.comment == back.comment != ""


def test_a_link_without_a_record_is_told_too(tmp_path: Path) -> None:
    site = _site(tmp_path, "x:a a cg:Competency ; skos:prefLabel 'A' ; skos:broadMatch x:b . x:b skos:prefLabel 'B' .")
    assert [link.relation for link in links(site, f"{X}/a", "index")] == ["part of something broader"]
    assert [link.relation for link in links(site, f"{X}/b", "index")] == ["covers something narrower"]


def test_english_comes_first_whatever_the_order(tmp_path: Path) -> None:
    for texts in ("'Deutsch'@de, 'English'@en", "'English'@en, 'Deutsch'@de"):
        assert _site(tmp_path, f"x:a a cg:Competency ; skos:prefLabel {texts} .").label(f"{X}/a").text == "English"


def test_other_languages_are_marked(tmp_path: Path) -> None:
    site = _site(tmp_path, "x:a a cg:Competency ; skos:prefLabel 'Sorgfalt'@de .")
    assert '<h1 lang="de">Sorgfalt</h1>' in thing_page(site, f"{X}/a")


def test_circles_end(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        "id:x a cg:Framework . x:a a cg:Weighting ; dcterms:isPartOf x:b, id:x ."
        "x:b a cg:Weighting ; dcterms:isPartOf x:a, id:x ."
        "x:c a cg:Competency ; cg:inCluster x:c ; cg:ofCompetency x:c ; skos:inScheme x:c .",
    )
    for iri in site.addresses.identifiers():
        if iri.startswith(ID):
            assert thing_page(site, iri)


def test_a_heading_can_break_behind_a_slash(tmp_path: Path) -> None:
    site = _site(tmp_path, 'x:a a cg:Competency ; skos:prefLabel "Leadership/<Achievement>\\u0001/Drive"@en .')
    page = thing_page(site, f"{X}/a")
    assert "<h1>Leadership/<wbr>&lt;Achievement&gt;\ufffd/<wbr>Drive</h1>" in page
    assert "<title>Leadership/&lt;Achievement&gt;\ufffd/Drive, competency</title>" in page
