"""Spreadsheets: nothing is lost either way, every fault is told at its cell, and templates explain themselves."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compgraph import load, workspace
from compgraph.exchange import FORMATS
from compgraph.exchange.spreadsheets import template
from compgraph.exchange.spreadsheets.description import Kind, sheets
from compgraph.exchange.spreadsheets.grids.cells import Cell, Findings
from compgraph.exchange.spreadsheets.grids.csv_files import csv_bytes, read_folder
from compgraph.exchange.spreadsheets.grids.xlsx_reader import read_workbook
from compgraph.exchange.spreadsheets.guide import tables_text
from compgraph.exchange.spreadsheets.importing import prepare
from compgraph.exchange.spreadsheets.rows import EXAMPLE
from compgraph.exchange.spreadsheets.tables import Table
from compgraph.exchange.spreadsheets.xlsx_writer import workbook_bytes
from compgraph.terms import CG, ID, PREF_LABEL, RDF_TYPE
from tests.conftest import ROOT
from tests.sheets import CASES, NAMES, RULES, contents, told, written

FOLDERS = sorted(CASES.iterdir())

# Both ways.


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_out_and_in_is_the_same_graph(name: str, format_: str, tmp_path: Path) -> None:
    every = contents(name)
    made = FORMATS[format_](every)
    mappings = {triple for each in every.mapping_sets for triple in each.triples()}
    elsewhere = {*every.links} - mappings
    assert {loss.reason for loss in made.losses} <= {"it starts from another framework, and goes out with that"}
    assert sum(loss.number for loss in made.losses) == len(elsewhere)
    assert made.carried == len({*every.triples, *every.links} - elsewhere)
    path = written(dict(made.files), tmp_path / name)
    back = prepare(path, out=tmp_path / f"{name}.ttl", workspace=workspace.find())
    assert not back.stops(allow_loss=False), told(back)
    assert load.to_rdflib(back.reading.triples).isomorphic(load.to_rdflib(every.triples))
    assert back.files.pop(tmp_path / f"{name}.ttl").encode() == (ROOT / f"data/{name}.ttl").read_bytes()  # type: ignore[attr-defined]
    assert len(back.files) == len(every.mapping_sets)
    for file, text in back.files.items():
        assert text.encode() == (ROOT / "data/mappings" / file.name).read_bytes()


def test_all_mapping_sets_go_out_with_the_framework_they_start_from() -> None:
    sets = [each.path.name for name in NAMES for each in contents(name).mapping_sets]
    assert sorted(sets) == sorted(path.name for path in (ROOT / "data/mappings").glob("*.sssom.tsv"))


def test_the_same_framework_gives_the_same_bytes(tmp_path: Path) -> None:
    """In processes that order their sets differently."""
    script = (
        "import sys; from compgraph import workspace; from compgraph.exchange import FORMATS, framework; "
        "from compgraph.terms import ID; made = FORMATS['xlsx'](framework(workspace.find(), ID + 'michigan')); "
        "sys.stdout.buffer.write(made.files['michigan.xlsx'])"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    (content,) = made
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_what_no_column_holds_is_told() -> None:
    node = ox.NamedNode(f"{ID}x/a")
    triples = [
        ox.Triple(ox.NamedNode(f"{ID}x"), ox.NamedNode(RDF_TYPE), ox.NamedNode(CG + "Framework")),
        ox.Triple(ox.NamedNode(f"{ID}x"), ox.NamedNode(PREF_LABEL), ox.Literal("X", language="en")),
        ox.Triple(ox.NamedNode(f"{ID}x"), ox.NamedNode("http://purl.org/dc/terms/language"), ox.Literal("en")),
        ox.Triple(node, ox.NamedNode(RDF_TYPE), ox.NamedNode(CG + "Competency")),
        ox.Triple(node, ox.NamedNode("http://www.w3.org/2004/02/skos/core#inScheme"), ox.NamedNode(f"{ID}x")),
        ox.Triple(node, ox.NamedNode(PREF_LABEL), ox.Literal("A", language="en")),
        ox.Triple(node, ox.NamedNode(PREF_LABEL), ox.Literal("A too", language="en")),
        ox.Triple(node, ox.NamedNode("urn:mine"), ox.Literal("kept?")),
        ox.Triple(ox.NamedNode(f"{ID}x/b"), ox.NamedNode(RDF_TYPE), ox.NamedNode("urn:Thing")),
    ]
    few = replace(contents("it-services"), iri=f"{ID}x", triples=tuple(triples), links=(), mapping_sets=())
    losses = FORMATS["csv"](few).losses
    assert [(loss.kind, loss.relation, loss.number, loss.reason) for loss in losses] == [
        ("Competency", "skos:prefLabel", 1, "the sheet Competencies has one cell for it, which cannot hold this"),
        ("Competency", "urn:mine", 1, "the sheet Competencies has no column for it"),
        ("urn:Thing", "rdf:type", 1, "no sheet is for nodes of this kind"),
    ]


AWKWARD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\"',;=+-@_x0041|"))


@given(st.lists(AWKWARD, min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_text_comes_back_from_both(tmp_path: Path, texts: list[str]) -> None:
    sheet = next(sheet for sheet in sheets() if sheet.name == "Scales")
    headings = tuple((column.heading, column) for column in sheet.columns[:2])
    table = Table(sheet, headings, tuple(("x", text) for text in texts))
    (tmp_path / "x.xlsx").write_bytes(workbook_bytes([table]))
    (tmp_path / "scales.csv").write_bytes(csv_bytes([("Identifier", "Label"), *table.rows]))
    expected = list(texts)
    grids = [read_workbook(tmp_path / "x.xlsx")[1], *read_folder(tmp_path, {}, Findings())]
    for grid in grids:
        assert [grid.rows[number].get(1, Cell("")).text for number in range(2, len(texts) + 2)] == expected


# The table of the sheets.


def test_the_sheets_know_what_the_ontology_has() -> None:
    defined = {
        quad.subject.value
        for quad in ox.parse(path=str(ROOT / "ontology/compgraph.ttl"))
        if isinstance(quad.subject, ox.NamedNode)
    }
    used = {iri for sheet in sheets() for iri in (*sheet.classes, *(column.property for column in sheet.columns))}
    assert {iri for iri in used if iri.startswith(CG)} <= defined
    kinds = {
        quad.subject.value
        for quad in ox.parse(path=str(ROOT / "ontology/compgraph.ttl"))
        if quad.object == ox.NamedNode(CG + "PassageKind") and quad.predicate.value == RDF_TYPE
    }
    passages = next(sheet for sheet in sheets() if sheet.name == "Passages")
    assert {*passages.column("Kind").choices.values()} == kinds


def test_the_sheets_refer_to_what_is_there() -> None:
    names = [sheet.name for sheet in sheets()]
    for sheet in sheets():
        headings = [column.heading for column in sheet.columns]
        assert len({*headings}) == len(headings) and {*sheet.key, *sheet.order} <= {*headings}
        assert headings[0] == "Identifier" or sheet.name == "Framework"
        for column in sheet.columns:
            assert {*column.rows} <= {*names} and column.note.endswith((".", "page=12"))
            before = names[: names.index(sheet.name)]
            assert column.heading not in sheet.key or {*column.rows} <= {*before}


def test_the_page_has_the_tables(golden: Callable[[str, Path], None]) -> None:
    page = ROOT / "docs/spreadsheets.md"
    head, mark, _ = page.read_text().partition("<!-- made from src/compgraph/exchange/spreadsheets/sheets.yaml -->\n")
    assert mark
    golden(f"{head}{mark}\n{tables_text()}", page)


# Templates.


def test_a_template_explains_itself(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(template("x.xlsx"), tmp_path))
    assert book.sheetnames == ["Read me", *(sheet.name for sheet in sheets())]
    for sheet in sheets():
        page = book[sheet.name]
        for cell, column in zip(page[1], sheet.columns, strict=True):
            assert cell.value == column.heading and cell.comment is not None and cell.comment.text == column.note
        lists = {str(each.sqref)[0]: each.formula1 for each in page.data_validations.dataValidation}
        for index, column in enumerate(sheet.columns):
            letter = chr(ord("A") + index)
            if column.choices:
                assert lists[letter] == f'"{",".join(column.choices)}"'
            elif column.rows and not column.within:
                assert lists[letter] == f"list_{column.rows[0].lower().replace(' ', '_')}"
            else:
                assert letter not in lists or column.kind is Kind.YES_NO
    assert "OFFSET('Competencies'!$B$3" in book.defined_names["list_competencies"].attr_text


@pytest.mark.parametrize("name", ["x.xlsx", "x"])
def test_the_examples_are_passed_over(name: str, tmp_path: Path) -> None:
    prepared = prepare(written(template(name), tmp_path / "t"), out=tmp_path / "x.ttl", workspace=RULES)
    assert prepared.reading.carried == {}
    assert [finding.message for finding in prepared.findings] == [
        "The sheet has no row (one marked as an example does not count). Describe the framework in one row."
    ]


def test_the_examples_make_a_framework(tmp_path: Path) -> None:
    """Unmarked, they are one: every sheet fits every other."""
    files = {name: content.replace(EXAMPLE.encode(), b"") for name, content in template("workshop").items()}
    files["mapping-sets.csv"] = files["mapping-sets.csv"].replace(b"\n,", b"\nworkshop--california,")
    prepared = prepare(written(files, tmp_path / "t"), out=tmp_path / "workshop.ttl", workspace=workspace.find())
    assert not prepared.stops(allow_loss=False), told(prepared)
    assert {sheet.name for sheet in sheets()} - prepared.reading.carried.keys() == {"Withdrawn"}
    assert len(prepared.files) == 2


# Cases.


@pytest.mark.parametrize("case", FOLDERS, ids=lambda path: path.name)
def test_a_case_gives_what_it_should(case: Path, tmp_path: Path, golden: Callable[[str, Path], None]) -> None:
    prepared = prepare(case, out=tmp_path / "workshop.ttl", workspace=RULES)
    golden(told(prepared), case / "report.txt")
    stops = prepared.stops(allow_loss=False)
    assert stops is case.name.startswith("invalid-")
    if not stops:
        for path, text in prepared.files.items():
            golden(text, case / path.name)


def test_every_case_says_which_it_is() -> None:
    assert len(FOLDERS) > 20 and {case.name.partition("-")[0] for case in FOLDERS} == {"valid", "invalid"}


# The commands.


def compgraph(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "compgraph", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_commands_from_template_to_export(tmp_path: Path) -> None:
    sheets_, out = tmp_path / "workshop.xlsx", tmp_path / "data/workshop.ttl"
    assert compgraph("template", str(sheets_)).returncode == 0
    before = sheets_.read_bytes()
    again = compgraph("template", str(sheets_))
    assert again.returncode == 1 and "is already there" in again.stderr and sheets_.read_bytes() == before
    failed = compgraph("import", str(sheets_), "--out", str(out))
    assert failed.returncode == 1 and "Nothing was written, because of 1 fault." in failed.stderr and not out.exists()
    case = ROOT / "tests/spreadsheets/valid-two-languages"
    done = compgraph("import", str(case), "--out", str(out))
    assert done.returncode == 0 and done.stdout == "" and f"Wrote {out}\n" in done.stderr, done.stderr
    assert out.read_bytes() == (case / "workshop.ttl").read_bytes()
    sent = compgraph("--workspace", str(tmp_path), "export", "workshop", "--to", "csv", "--out", str(tmp_path / "csv"))
    assert sent.returncode == 0, sent.stderr
    out.unlink()
    assert compgraph("import", str(tmp_path / "csv"), "--out", str(out)).returncode == 0
    assert out.read_bytes() == (case / "workshop.ttl").read_bytes()


def test_a_loss_must_be_allowed(tmp_path: Path) -> None:
    out = tmp_path / "workshop.ttl"
    arguments = ("import", str(ROOT / "tests/spreadsheets/invalid-an-unknown-column"), "--out", str(out))
    stopped = compgraph(*arguments)
    assert stopped.returncode == 1 and not out.exists()
    assert (
        "Nothing was written, because of 2 things without a place. To leave out what has no place: --allow-loss"
        in stopped.stderr
    )
    allowed = compgraph(*arguments, "--allow-loss")
    assert (
        allowed.returncode == 0 and out.exists() and "Not carried, as allowed: 2 things told above." in allowed.stderr
    )


@pytest.mark.parametrize(
    ("path", "out", "code", "words"),
    [
        ("data/california.ttl", "x.ttl", 1, "is none of our sheets"),
        ("tests/spreadsheets/valid-two-languages", "x.rdf", 2, "must end in .ttl"),
        ("nowhere.xlsx", "x.ttl", 2, "does not exist"),
    ],
)
def test_wrong_names_are_told(path: str, out: str, code: int, words: str, tmp_path: Path) -> None:
    done = compgraph("import", path, "--out", str(tmp_path / out))
    assert done.returncode == code and words in done.stderr and not list(tmp_path.iterdir())
