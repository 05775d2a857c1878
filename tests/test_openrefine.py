"""OpenRefine reconciles a column of 200 names with our service, and extends it, as a curator would."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from benchmarks.column import Name, column
from benchmarks.openrefine import Judged, OpenRefine, Project, running
from benchmarks.reconcile import in_openrefine, line, ours, report, tally, ways

from compgraph.graph import Graph
from compgraph.reconcile import Query, Reconciler
from tests.conftest import ROOT
from tests.serving import server

PAGE = ROOT / "docs/reconcile.md"


@pytest.fixture(scope="module")
def names(graph: Graph) -> list[Name]:
    return column(graph)


def test_the_page_tells_the_figures(graph: Graph, names: list[Name]) -> None:
    """Those of every way but OpenRefine, which not everybody has."""
    for told in report(names, ways(graph)):
        assert f"{told}\n" in PAGE.read_text(), told


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with server() as (port, _):
        yield f"http://127.0.0.1:{port}/reconcile"


@pytest.fixture(scope="module")
def openrefine() -> Iterator[OpenRefine]:
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def project(openrefine: OpenRefine, service: str, names: list[Name]) -> Project:
    """The column of names, reconciled."""
    made = openrefine.project("names", [["name"], *([name.name] for name in names)])
    assert made.guessed_types("name", service)[0] == "Competency"
    made.reconcile("name", service, "Competency", {})
    return made


@pytest.mark.needs_openrefine
def test_every_name_is_judged_as_we_judge_it(project: Project, graph: Graph, names: list[Name]) -> None:
    reconciler = Reconciler(graph.store)
    judged = project.judged()
    for name, told in zip(names, judged, strict=True):
        found = reconciler.candidates(Query(name.name))
        is_matched = bool(found) and found[0].match
        expected = Judged(found[0].node.iri, ()) if is_matched else Judged("", tuple(each.node.iri for each in found))
        assert told == expected, name
    assert not any(told.matched for name, told in zip(names, judged, strict=True) if name.kind == "unknown")


@pytest.mark.needs_openrefine
def test_what_is_right_wrong_and_left_open(
    openrefine: OpenRefine, service: str, graph: Graph, names: list[Name]
) -> None:
    reconciler = Reconciler(graph.store)
    for with_framework, (way, answer) in zip((False, True), in_openrefine(openrefine, service).items(), strict=True):
        told = tally(names, answer(names))
        assert told == tally(names, ours(reconciler, with_framework=with_framework)(names))
        assert sum(each["wrong"] for each in told.values()) == 0
        assert told["unknown"]["open"] == 40
        assert f"{line(way, told)}\n" in PAGE.read_text(), way


FACTS = """
SELECT ?competency ?framework ?level {
  ?competency a cg:Competency ; skos:inScheme/skos:prefLabel ?framework .
  OPTIONAL { ?cell cg:ofCompetency ?competency ; cg:atLevel/skos:prefLabel ?level }
}
"""


@pytest.mark.needs_openrefine
def test_the_column_is_extended_with_framework_and_level(
    project: Project, service: str, graph: Graph, names: list[Name]
) -> None:
    """OpenRefine makes a record of each name: its levels stand in rows below, under empty names."""
    judged = project.judged()
    project.extend("name", service, {"framework": "framework", "level": "level"})
    records: list[tuple[set[str], set[str]]] = []
    for row in project.rows():
        if row["name"]:
            records.append((set(), set()))
        records[-1][0].update({row["framework"]} - {""})
        records[-1][1].update({row["level"]} - {""})
    facts: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for competency, framework, level in graph.store.texts(FACTS):
        facts[competency][0].add(framework)
        facts[competency][1].update({level} - {""})
    assert records == [facts[told.matched] if told.matched else (set(), set()) for told in judged]
    assert sum(bool(levels) for _, levels in records) > 50
