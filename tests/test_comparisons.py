"""Comparisons: what stands in the matrix and side by side, and every format of it, by bytes on real pairs."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from compgraph.comparisons import Comparison, CompetencyComparison, FrameworkComparison
from compgraph.comparisons.frameworks import Standing
from compgraph.errors import ComparisonError, ResolveError
from compgraph.graph import Graph, open_graph
from compgraph.render import pictures
from compgraph.render.comparison_rows import comparison_csv, comparison_json
from compgraph.render.comparison_text import comparison_markdown, comparison_text
from compgraph.render.measure import text_width, wrapped
from tests.conftest import ROOT
from tests.test_cli import run

GOLDENS = ROOT / "tests/comparisons"
WRITERS: dict[str, Callable[[Comparison], str]] = {
    "txt": lambda comparison: comparison_text(comparison, width=100),
    "narrow.txt": lambda comparison: comparison_text(comparison, width=44),
    "html": pictures.comparison_page,
    "svg": pictures.comparison_image,
    "md": comparison_markdown,
    "json": comparison_json,
    "csv": comparison_csv,
}
PAIRS = {
    "it-services--washington-ofm": ("it-services", "washington-ofm", tuple(WRITERS)),
    "california--michigan": ("california", "michigan", ("txt", "narrow.txt")),
    "california--california": ("california", "california", ("txt",)),
    "michigan--california.executive": ("michigan", "california:segment.executive", ("txt",)),
    "customer-service--customer-focus": (
        "it-services:customer-service-and-satisfaction",
        "washington-ofm:customer-focus",
        tuple(WRITERS),
    ),
    "customer-focus--quality-service": ("california:customer-focus", "michigan:quality-service", ("txt",)),
    "change-advocate--job-knowledge": (
        "client-service-manager:change-advocate",
        "it-services:job-knowledge-and-skills",
        ("txt",),
    ),
}
CASES = [(name, kind) for name, (_, _, kinds) in PAIRS.items() for kind in kinds]

EVIL = "<script>alert(1)</script>\\\" onload='x' & | ]]> \\u0001"
WORKSPACE = f"""
@prefix cg: <https://w3id.org/compgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/compgraph/id/> .
@prefix one: <https://w3id.org/compgraph/id/one/> .
@prefix two: <https://w3id.org/compgraph/id/two/> .

id:one a cg:Framework ; skos:prefLabel "{EVIL}"@en .
id:two a cg:Framework ; skos:prefLabel "Two"@en .
id:empty a cg:Framework ; skos:prefLabel "Empty"@en .
one:cluster.a a cg:Cluster ; skos:inScheme id:one ; skos:prefLabel "{EVIL}"@en .
one:evil a cg:Competency ; skos:inScheme id:one ; cg:inCluster one:cluster.a ; skos:prefLabel "{EVIL}"@en ;
    skos:definition "{EVIL}"@en ; cg:locator "{EVIL}" .
one:same a cg:Competency ; skos:inScheme id:one ; skos:prefLabel "Same"@en , "Das Selbe"@de ;
    skos:exactMatch two:same .
one:waits a cg:Competency ; skos:inScheme id:one ; skos:prefLabel "Waits"@en .
two:same a cg:Competency ; skos:inScheme id:two ; skos:prefLabel "{"Very long words " * 12}end"@en .
two:other a cg:Competency ; skos:inScheme id:two ; skos:prefLabel "Other"@en .
two:segment.a a cg:Segment ; dcterms:isPartOf id:two ; skos:prefLabel "Part"@en ; skos:member two:other .
two:level.a a cg:RoleLevel ; skos:inScheme id:two ; skos:prefLabel "Level"@en .
two:same.a a cg:Expectation ; cg:ofCompetency two:same ; cg:atLevel two:level.a ; dcterms:isPartOf id:two .
two:other.a a cg:Expectation ; cg:ofCompetency two:other ; cg:atLevel two:level.a ; dcterms:isPartOf id:two ;
    cg:descriptor "{EVIL}"@en .
two:other.a.1 a cg:Behaviour ; skos:inScheme id:two ; cg:demonstrates two:other.a ; skos:prefLabel "{EVIL}"@en .
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("small")
    (folder / "data").mkdir()
    (folder / "data/small.ttl").write_text(WORKSPACE)
    with open_graph(folder) as opened:
        yield opened


def frameworks(graph: Graph, one: str, other: str) -> FrameworkComparison:
    comparison = graph.compare(one, other)
    assert isinstance(comparison, FrameworkComparison)
    return comparison


def competencies(graph: Graph, one: str, other: str) -> CompetencyComparison:
    comparison = graph.compare(one, other)
    assert isinstance(comparison, CompetencyComparison)
    return comparison


@pytest.mark.parametrize(("name", "kind"), CASES, ids=[".".join(case) for case in CASES])
def test_every_format_by_bytes(graph: Graph, golden: Callable[[str, Path], None], name: str, kind: str) -> None:
    one, other, _ = PAIRS[name]
    golden(WRITERS[kind](graph.compare(one, other)), GOLDENS / f"{name}.{kind}")


def test_every_golden_is_claimed() -> None:
    assert {path.name for path in GOLDENS.iterdir()} == {".".join(case) for case in CASES}


@pytest.mark.parametrize(("one", "other"), [pair[:2] for pair in PAIRS.values()], ids=list(PAIRS))
def test_no_line_is_wider_than_the_terminal(graph: Graph, one: str, other: str) -> None:
    comparison = graph.compare(one, other)
    for width in (30, 40, 60, 80, 100, 160):
        lines = comparison_text(comparison, width=width).splitlines()
        assert max(map(len, lines)) <= width, width


def test_the_matrix_agrees_with_the_mapping_records(graph: Graph) -> None:
    comparison = frameworks(graph, "california", "michigan")
    rows = graph.sparql("""
        SELECT ?one ?other ?confidence {
          ?record sssom:subject_id ?one ; sssom:object_id ?other ; sssom:confidence ?confidence .
          ?one a cg:Competency ; skos:inScheme id:california .
          ?other a cg:Competency ; skos:inScheme id:michigan .
        }""")
    recorded = {(row["one"], row["other"]): row["confidence"] for row in rows.values()}  # type: ignore[union-attr]
    assert len(recorded) > 40
    assert {pair: links[0].confidence for pair, links in comparison.links.items()} == recorded


def test_what_is_missing_is_told_apart(graph: Graph, small: Graph) -> None:
    mapped = frameworks(graph, "it-services", "washington-ofm")
    assert [entry.label for entry in mapped.rows.standing(Standing.NONE_FOUND)] == [
        "Job Knowledge and Skills",
        "Respect and Inclusion",
    ]
    assert all(entry.reason and entry.confidence == "0.9" for entry in mapped.rows.standing(Standing.NONE_FOUND))
    waiting = frameworks(small, "one", "two")
    assert {entry.iri.rpartition("/")[2]: entry.standing for entry in waiting.rows.entries} == {
        "evil": Standing.NOT_LOOKED_AT,
        "same": Standing.LINKED,
        "waits": Standing.NOT_LOOKED_AT,
    }
    part = frameworks(small, "one", "two:segment.a")
    assert {entry.label: entry.standing for entry in part.rows.entries}["Same"] is Standing.ELSEWHERE
    within = frameworks(graph, "california", "california")
    assert {entry.standing for entry in within.rows.entries} == {Standing.LINKED, Standing.NO_LINK}
    assert "4 links: progresses to 4." in comparison_text(within, width=100)


def test_both_ways_tell_the_same(graph: Graph) -> None:
    turned = {
        "part of something broader": "covers something narrower",
        "covers something narrower": "part of something broader",
    }
    there, back = frameworks(graph, "california", "michigan"), frameworks(graph, "michigan", "california")
    mirrored = {
        (column, row): [turned.get(link.relation, link.relation) for link in links]
        for (row, column), links in there.links.items()
    }
    assert mirrored == {pair: [link.relation for link in links] for pair, links in back.links.items()}


def test_a_link_without_a_record_is_told_once_and_without_a_confidence(small: Graph) -> None:
    (links,) = frameworks(small, "one", "two").links.values()
    assert [(link.relation, link.confidence) for link in links] == [("exact match", "")]
    page = pictures.comparison_page(frameworks(small, "one", "two"))
    assert "exact match, confidence not stated" in page and 'class="exact-match unstated"' in page


def test_levels_stand_beside_each_other_only_where_that_is_on_record(graph: Graph, small: Graph) -> None:
    mapped = competencies(graph, "california:organizational-awareness", "michigan:leadership")
    (group,) = mapped.aligned
    assert [level.label for level in group.left] == ["Executive"]
    assert [level.label for level in group.right] == ["Management Level 4", "Management Level 5"]
    assert not mapped.apart.left and len(mapped.apart.right) > 5
    same = competencies(small, "two:same", "two:other")
    assert [(len(each.left), len(each.right), each.links) for each in same.aligned] == [(1, 1, ())]
    assert "The same level on both sides." in comparison_text(same, width=100)
    unmapped = competencies(graph, "Thoroughness", "Results Orientation")
    assert not unmapped.aligned and unmapped.apart.left and unmapped.apart.right
    assert "that they stand side by side says nothing" in comparison_text(unmapped, width=200)


def test_links_between_statements_are_marked_on_both_sides(graph: Graph) -> None:
    comparison = competencies(graph, "it-services:customer-service-and-satisfaction", "washington-ofm:customer-focus")
    text = " ".join(comparison_text(comparison, width=60).split())
    for number, each in enumerate(comparison.statement_links, 1):
        assert text.count(f"[link {number}]") == 2
        assert each.link.confidence and each.link.comment
    assert len(comparison.statement_links) == 3


class _Page(HTMLParser):
    """What a browser would make of a page: its elements with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


@pytest.mark.parametrize("pair", [("one", "two"), ("one:evil", "two:other"), ("two", "one")])
def test_what_labels_hold_is_shown_and_never_run(small: Graph, pair: tuple[str, str]) -> None:
    comparison = small.compare(*pair)
    page = pictures.comparison_page(comparison)
    elements = _Page(page).elements
    assert not {"script", "img", "link", "iframe", "a"} & {name for name, _ in elements}
    assert not [name for _, attributes in elements for name in attributes if name.startswith("on")]
    assert "&lt;script&gt;" in page and "\x01" not in page and "\ufffd" in page
    image = pictures.comparison_image(comparison)
    root = ElementTree.fromstring(image)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "title", "desc", "style", "defs", "pattern", "path", "circle", "rect", "g", "text"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert "<script>" not in comparison_markdown(comparison)
    assert json.loads(comparison_json(comparison)) and list(csv.DictReader(io.StringIO(comparison_csv(comparison))))


@pytest.mark.parametrize(("one", "other"), [pair[:2] for pair in PAIRS.values()], ids=list(PAIRS))
def test_pictures_need_nothing_else(graph: Graph, one: str, other: str) -> None:
    comparison = graph.compare(one, other)
    page, image = pictures.comparison_page(comparison), pictures.comparison_image(comparison)
    elements = _Page(page).elements
    scopes = [attributes.get("scope") for name, attributes in elements if name == "th"]
    assert scopes and all(scopes) and ("caption", {}) in elements
    for text in (page, image.replace("http://www.w3.org/2000/svg", "")):
        assert not re.search(r"https?://|@import|url\((?!#)", text)
        assert "prefers-color-scheme: dark" in text
    root = ElementTree.fromstring(image)
    assert [element.tag.rpartition("}")[2] for element in root][:2] == ["title", "desc"]
    identifiers = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    assert pictures.comparison_drawing(comparison) in image and pictures.comparison_table(comparison) in page
    assert pictures.comparison_styles() in page


def test_nothing_stands_outside_the_drawing(graph: Graph, small: Graph) -> None:
    for comparison in (graph.compare("california", "michigan"), small.compare("one", "two")):
        root = ElementTree.fromstring(pictures.comparison_image(comparison))
        width, height = (float(root.attrib[name]) for name in ("width", "height"))
        for rect in root.iter("{http://www.w3.org/2000/svg}rect"):
            if "x" in rect.attrib:
                assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= width
                assert float(rect.attrib["y"]) + float(rect.attrib["height"]) <= height


def test_lines_of_a_drawing_fit() -> None:
    text = "some words and one_very_very_very_long_word_that_fits_nowhere"
    lines = wrapped(text, 80, 14)
    assert all(text_width(line, 14) <= 80 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert wrapped("", 80, 14) == [""]


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("california", "Thoroughness", r"id:california \(framework\) and california:thoroughness \(competency\) can't"),
        ("california:level.manager", "california:level.executive", "Name two frameworks or segments, or two comp"),
        ("Thoroughness", "california:thoroughness", "Both names stand for california:thoroughness"),
    ],
)
def test_what_cannot_be_compared_is_said(graph: Graph, one: str, other: str, message: str) -> None:
    with pytest.raises(ComparisonError, match=message):
        graph.compare(one, other)


def test_a_framework_without_competencies_and_an_unknown_name(graph: Graph, small: Graph) -> None:
    with pytest.raises(ComparisonError, match="Empty has no competencies"):
        small.compare("empty", "two")
    with pytest.raises(ResolveError, match="Did you mean"):
        graph.compare("Thorougness", "michigan")


def test_the_command() -> None:
    for name, kind in (("it-services--washington-ofm", "svg"), ("customer-service--customer-focus", "csv")):
        one, other, _ = PAIRS[name]
        assert run("compare", one, other, "--format", kind).stdout.encode() == (
            (GOLDENS / f"{name}.{kind}").read_bytes().replace(b"\r\n", b"\n")
        )
    assert run("compare", "california", "michigan").stdout == (GOLDENS / "california--michigan.txt").read_text()
    done = run("compare", "california", "Thoroughness")
    assert done.returncode == 1 and "can't be laid side by side" in done.stderr
