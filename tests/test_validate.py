"""What a curator is told of a workspace with faults, in every format; and what that is made of."""

import csv
import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import RDF, SH, Graph, URIRef

from compgraph import workspace
from compgraph.errors import ShapeError
from compgraph.render.findings import findings_text
from compgraph.render.findings_formats import FORMATS
from compgraph.terms import CG, PREFIXES
from compgraph.validate import Engine, Report, Severity, available, check, find, rules
from compgraph.validate.findings import CGSH
from tests.conftest import ROOT
from tests.test_cli import run

FAULTY = ROOT / "tests/validate/workspace"
GARDENS = FAULTY / "data/gardens.ttl"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def report() -> Report:
    return check(workspace.find(FAULTY), today=TODAY)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places are told from where one stands."""
    monkeypatch.chdir(ROOT)


def test_table(report: Report, golden: Callable[[str, Path], None]) -> None:
    golden(findings_text(report, prefixes=PREFIXES, width=100), ROOT / "tests/validate/report.txt")


@pytest.mark.parametrize("name", FORMATS)
def test_format(name: str, report: Report, golden: Callable[[str, Path], None]) -> None:
    golden(FORMATS[name](report, PREFIXES), ROOT / f"tests/validate/report.{name}")


def test_every_golden_is_of_a_format() -> None:
    names = {path.suffix[1:] for path in (ROOT / "tests/validate").glob("report.*")}
    assert names == {"txt", *FORMATS}


def test_a_broken_file_keeps_no_other_from_being_checked(report: Report) -> None:
    (torn,) = [finding for finding in report.findings if finding.file and finding.file.name == "torn.ttl"]
    assert torn.rule.endswith("#File-readable") and torn.place and torn.place.line == 5
    assert {finding.file.name for finding in report.findings if finding.file} >= {"gardens.ttl", "waivers.ttl"}


def test_sarif_points_at_the_line(report: Report) -> None:
    results = json.loads(FORMATS["sarif"](report, PREFIXES))["runs"][0]["results"]
    places = [each["locations"][0]["physicalLocation"] for each in results]
    assert len(places) == len(report.findings)
    lines = GARDENS.read_text(encoding="utf-8").splitlines()
    (near,) = [place for each, place in zip(results, places, strict=True) if "waterng" in each["message"]["text"]]
    region = near["region"]
    assert lines[region["startLine"] - 1][region["startColumn"] - 1 :].startswith("g:waterng")
    assert near["artifactLocation"]["uri"] == "tests/validate/workspace/data/gardens.ttl"


def test_junit_counts_its_cases(report: Report) -> None:
    suite = ElementTree.fromstring(FORMATS["junit"](report, PREFIXES))[0]
    assert int(suite.attrib["tests"]) == len(suite.findall("testcase")) == len(report.findings)
    assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))


def test_csv_and_json_say_the_same(report: Report) -> None:
    rows = list(csv.DictReader(StringIO(FORMATS["csv"](report, PREFIXES), newline="")))
    found = json.loads(FORMATS["json"](report, PREFIXES))["findings"]
    assert [{name: "" if cell is None else str(cell) for name, cell in each.items()} for each in found] == rows


def test_the_w3c_report_is_one(report: Report) -> None:
    graph = Graph().parse(data=FORMATS["ttl"](report, PREFIXES))
    (whole,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert not graph.value(whole, SH.conforms).toPython()  # type: ignore[union-attr]
    results = list(graph.objects(whole, SH.result))
    assert len(results) == len(report.findings)
    for term in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
        assert all(len(list(graph.objects(result, term))) == 1 for result in results)


def test_script_in_a_label_is_shown_and_never_run(report: Report) -> None:
    html = FORMATS["html"](report, PREFIXES)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "<script" not in html


def test_near_miss_is_named(report: Report) -> None:
    (near,) = [finding.nearest for finding in report.findings if str(finding.value).endswith("waterng")]
    assert near == "https://w3id.org/compgraph/id/gardens/watering"


def test_a_waiver_holds_to_the_end_of_its_day() -> None:
    def told(today: date) -> list[str]:
        found = check(workspace.find(FAULTY), today=today).findings
        return [str(finding.node).rpartition("/")[2] for finding in found if "Waiver" in finding.rule]

    assert told(date(2026, 6, 30)) == ["waiver.3"]
    assert told(date(2026, 7, 1)) == ["waiver.2", "waiver.3"]


def test_only_what_the_named_files_say_is_reported() -> None:
    """And what could not be read beside them, since links may lead there."""
    found = check(workspace.find(FAULTY), [GARDENS], today=TODAY).findings
    assert {finding.file for finding in found} == {GARDENS, FAULTY / "data/torn.ttl"}
    assert check(workspace.find(), [ROOT / "data/it-services.ttl"], today=TODAY).findings == ()


def test_nodes_without_a_name_are_held_against_the_rules(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(f"<urn:a> a <{CG}Segment> .\n\n[] a <{CG}Competency> .")
    told = [check(workspace.find(), [tmp_path / "x.ttl"], today=TODAY) for _ in range(2)]
    assert FORMATS["csv"](told[0], PREFIXES) == FORMATS["csv"](told[1], PREFIXES)
    (found,) = [each for each in told[0].findings if each.rule.endswith("#Competency-label")]
    assert found.place == (3, 1) and ",_:b" in FORMATS["csv"](told[0], PREFIXES)
    assert "x.ttl:3:1  a blank node skos:prefLabel" in findings_text(told[0], prefixes=PREFIXES, width=200)
    assert {each.node for each in told[0].findings} == {found.node, URIRef("urn:a")}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "x.trig",
            f"<urn:g> {{ <urn:a> a <{CG}Segment> }}\n<urn:h> {{ _:b a <{CG}Segment> }}\n"
            f"<urn:g> {{\n<urn:c> a <{CG}Segment> }}",
        ),
        (
            "x.jsonld",
            f'[{{"@graph": [{{"@id": "urn:a", "@type": "{CG}Segment"}}], "@id": "urn:g"}},\n'
            f'{{"@graph": [{{"@id": "urn:c", "@type": "{CG}Segment"}}], "@id": "urn:h"}}]',
        ),
    ],
)
def test_every_graph_of_a_file_has_places(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    found = check(workspace.find(), [tmp_path / name], today=TODAY).findings
    assert all(each.place for each in found)
    assert {each.place.line for each in found if each.place} == set(range(1, text.count("\n") + 2)) - {3}


def test_a_file_may_have_any_name_and_hold_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a:b c.ttl").write_text("a ? .")
    Path("empty.ttl").write_text("# to be written\n")
    found = check(workspace.find(), [Path("a:b c.ttl"), Path("empty.ttl")])
    assert found.files == 2
    assert json.loads(FORMATS["json"](found, PREFIXES))["findings"][0]["file"] == "a:b c.ttl"
    assert '"uri": "a%3Ab%20c.ttl"' in FORMATS["sarif"](found, PREFIXES)
    assert 'file="a:b c.ttl"' in FORMATS["junit"](found, PREFIXES)


@pytest.mark.parametrize("engine", available())
def test_a_severity_of_ones_own_is_a_violation(engine: Engine, tmp_path: Path) -> None:
    for folder in ("shapes", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data/x.ttl").write_text("<urn:a> a <urn:C> .")
    (tmp_path / "shapes/own.ttl").write_text(f"""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:shape> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:severity <urn:Grave> ; sh:message "No." ;
            sh:nodeKind sh:Literal ; sh:sparql <urn:constraint> .
        <urn:constraint> a sh:SPARQLConstraint ; <{CGSH}together> true ; sh:message "Never." ;
            sh:select "SELECT $this WHERE {{ $this a <urn:C> }}" .""")
    own = workspace.find(tmp_path, bundled=False)
    found = check(own, engine=engine).findings
    assert {(each.rule, each.severity) for each in found} == {
        ("urn:shape", Severity.VIOLATION),
        ("urn:constraint", Severity.VIOLATION),
    }
    assert {each.severity for each in rules(own).values()} == {Severity.VIOLATION}


def test_rules_can_be_chosen(report: Report) -> None:
    names = {finding.rule for finding in report.findings}
    chosen = check(workspace.find(FAULTY), today=TODAY, only=["Text-label-blanks", "cgsh:File-readable"])
    assert {finding.rule.rpartition("#")[2] for finding in chosen.findings} == {"Text-label-blanks", "File-readable"}
    others = check(workspace.find(FAULTY), today=TODAY, without=["Text-label-blanks"])
    assert {finding.rule for finding in others.findings} == {name for name in names if "Text-label-blanks" not in name}
    with pytest.raises(ShapeError, match="Nearest: Text-label-blanks"):
        check(workspace.find(FAULTY), only=["Text-label-blank"])


def test_a_rule_of_ones_own_is_found(report: Report) -> None:
    own = find(rules(workspace.find(FAULTY)), "https://example.org/shapes#Competency-number")
    assert own.severity is Severity.INFO and own.iri in {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    ("level", "rule", "code"),
    [
        ("violation", "Text-label-blanks", 1),
        ("violation", "Waiver-needed", 0),
        ("warning", "Waiver-needed", 1),
        ("warning", "https://example.org/shapes#Competency-number", 0),
        ("info", "https://example.org/shapes#Competency-number", 1),
    ],
)
def test_the_level_decides_the_exit_code(level: str, rule: str, code: int) -> None:
    arguments = ("validate", "--date", "2026-11-21", "--level", level, "--rule", rule)
    done = run("--workspace", str(FAULTY), *arguments)
    assert (done.returncode, done.stderr) == (code, "")
    assert rule in done.stdout


def test_an_unknown_rule_is_told_with_the_nearest() -> None:
    done = run("rule", "Text-label-blank")
    assert done.returncode == 1 and "Nearest: Text-label-blanks" in done.stderr


def test_every_rule_is_listed_and_has_a_page() -> None:
    known = rules(workspace.find())
    done = run("rule")
    assert len(known) > 100 and all(rule.name in done.stdout for rule in known.values())
