"""Cells that only workbooks have, identifiers that stay, and files that are there already."""

import csv
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

import pyoxigraph as ox
import xlsxwriter

from compgraph import load, workspace
from compgraph.exchange.spreadsheets.grids.csv_files import csv_bytes
from compgraph.exchange.spreadsheets.importing import Import, prepare
from compgraph.terms import ID
from compgraph.tidy import write_all
from tests.conftest import ROOT
from tests.sheets import CELLS, RULES, contents, exported, told, workbook, written


def sheet_of(book: xlsxwriter.Workbook, name: str) -> xlsxwriter.worksheet.Worksheet:
    found = book.get_worksheet_by_name(name)
    assert found is not None
    return found


def read_small(tmp_path: Path, fill: Callable[[xlsxwriter.Workbook], None]) -> Import:
    return prepare(workbook(tmp_path / "x.xlsx", fill), out=tmp_path / "workshop.ttl", workspace=RULES)


def places(prepared: Import) -> list[tuple[str, str, str]]:
    """Weight, cell and first words of each finding but on what is not there."""
    return [
        (
            found.weight.value,
            f"{found.place.sheet}!{found.place.column}{found.place.row}",
            found.message.partition(".")[0],
        )
        for found in prepared.findings
        if found.place.column and found.place.sheet != "Framework"
    ]


def test_what_only_workbooks_have_is_told_at_its_cell(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        competencies, weightings = sheet_of(book, "Competencies"), sheet_of(book, "Weightings")
        competencies.merge_range("B3:B4", "Merged")
        competencies.write_formula("B5", '="Careful "&"Work"', None, "Careful Work")
        competencies.write_formula("B6", '="Never"&"computed"', None, "")
        competencies.write_formula("B7", "=1/0", None, "#DIV/0!")
        competencies.write_row("B8", ["Quick Work"])
        competencies.write_datetime("C8", datetime(2026, 2, 1), book.add_format({"num_format": "d mmm"}))
        weightings.write_row("B2", ["Review", 100])
        weightings.write_number("D2", 40179)

    assert places(read_small(tmp_path, fill)) == [
        ("fault", "Competencies!B3", "The cells B3:B4 are merged"),
        ("fault", "Competencies!B6", "A formula stands here, and its value was never computed"),
        ("fault", "Competencies!B7", "The spreadsheet shows an error here ('#DIV/0!')"),
        ("fault", "Competencies!C8", "The spreadsheet took what was typed here for a date (2026-02-01)"),
        ("fault", "Weightings!D2", "The bare number 40179 stands here, as which some programs write a day"),
        ("remark", "Competencies!B5", "A formula stands here; its last value was taken: 'Careful Work'"),
    ]


def test_dates_and_numbers_are_read_as_they_are_shown(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        weightings = sheet_of(book, "Weightings")
        for row, (shown, day) in enumerate([("yyyy-mm-dd", 31), ("mmm-yy", 1), ("yyyy", 1)], 1):
            weightings.write_row(row, 1, [f"Review {row}", 12.5 if row == 1 else 100])
            weightings.write_datetime(row, 3, datetime(2010, 1, day), book.add_format({"num_format": shown}))
        weightings.write_row("B5", ["Review 4", 0.1 + 0.2, 2010])
        sheet_of(book, "Scales").write_row("B2", ["Posts", True])
        sheet_of(book, "Competencies").write_row("B3", ["Quick Work", 2.0])

    text = read_small(tmp_path, fill).files[tmp_path / "workshop.ttl"]
    for part in (
        '"2010-01-31"^^xsd:date',
        '"2010-01"^^xsd:gYearMonth',
        '"2010"^^xsd:gYear',
        "cg:share 12.5 ;",
        "cg:share 100.0 ;",
        "cg:share 0.3 ;",
        "cg:partialScale true",
        'skos:notation "2"',
    ):
        assert part in text


# Identifiers.


def rows_of_case() -> dict[str, list[str]]:
    """The lines of each file of a case that can be imported."""
    return {path.name: path.read_text().splitlines(keepends=True) for path in CELLS.glob("*.csv")}


def imported(lines: dict[str, list[str]], out: Path, folder: Path) -> Import:
    """The sheets imported, and the files written."""
    prepared = prepare(
        written({name: "".join(rows).encode() for name, rows in lines.items()}, folder), out=out, workspace=RULES
    )
    assert not prepared.stops(allow_loss=False), told(prepared)
    write_all(prepared.files)
    return prepared


def nodes(out: Path, text: str) -> list[str]:
    """The nodes of this label or text in a file."""
    found = {str(quad.subject) for quad in load.read_rdf(out).quads if quad.object == ox.Literal(text, language="en")}
    return sorted(iri.strip("<>").rpartition("/")[2] for iri in found)


def test_rows_that_move_or_change_keep_their_identifiers(tmp_path: Path) -> None:
    out, lines = tmp_path / "workshop.ttl", rows_of_case()
    imported(lines, out, tmp_path / "1")
    before = out.read_bytes()
    heading, first, second = lines["behaviours.csv"]
    imported(lines | {"behaviours.csv": [heading, second, first]}, out, tmp_path / "2")
    assert out.read_bytes() == before
    changed = first.replace("Page 2", "Page 3").replace('"handbook#char=60,70"', '"handbook#char=60,69"')
    again = imported(lines | {"behaviours.csv": [heading, second, changed]}, out, tmp_path / "3")
    assert nodes(out, "Looks each piece over") == ["thorough-work.apprentice.1"]
    assert (again.reading.new, again.reading.gone) == ((), ())


def test_many_rows_in_any_order_keep_their_identifiers(tmp_path: Path) -> None:
    """Washington says the same words in many places: the place, not the order, tells its rows apart."""
    folder = exported(contents("washington-ofm"), "csv", tmp_path / "csv")
    for path in folder.glob("*.csv"):
        rows = list(csv.reader(StringIO(path.read_text("utf-8-sig"))))
        keep = path.name in ("framework.csv", "sources.csv", "mapping-sets.csv")
        bare = [row if keep else ["", *row[1:]] for row in rows[:0:-1]]
        path.write_bytes(csv_bytes([rows[0], *bare]))
    out = tmp_path / "washington-ofm.ttl"
    out.write_bytes((ROOT / "data/washington-ofm.ttl").read_bytes())
    prepared = prepare(folder, out=out, workspace=workspace.find())
    assert prepared.reading.new == ()
    assert prepared.files[out].encode() == out.read_bytes()


def test_a_number_is_given_once(tmp_path: Path) -> None:
    out, lines = tmp_path / "workshop.ttl", rows_of_case()
    heading, first, second = lines["behaviours.csv"]
    two = first.replace("Looks each piece over,1", "Mends what is amiss,2")
    imported(lines | {"behaviours.csv": [heading, first, two, second]}, out, tmp_path / "1")
    assert nodes(out, "Mends what is amiss") == ["thorough-work.apprentice.2"]
    less = imported(lines, out, tmp_path / "2")
    assert [iri.rpartition("/")[2] for iri in less.reading.gone] == ["thorough-work.apprentice.2"]
    assert "1 identifier is in use no more, and withdrawn: thorough-work.apprentice.2." in told(less).replace(
        "\n  ", " "
    )
    assert (
        "workshop:thorough-work.apprentice.2\n    dcterms:isPartOf id:workshop ;\n    owl:deprecated true ;"
        in out.read_text()
    )
    three = two.replace("Mends what is amiss", "Asks for help")
    imported(lines | {"behaviours.csv": [heading, first, three, second]}, out, tmp_path / "3")
    assert nodes(out, "Asks for help") == ["thorough-work.apprentice.3"]
    assert "thorough-work.apprentice.2\n" in out.read_text()


def test_an_identifier_that_is_written_in_is_kept(tmp_path: Path) -> None:
    out, lines = tmp_path / "workshop.ttl", rows_of_case()
    imported(lines, out, tmp_path / "1")
    renamed = {name: [row.replace("Thorough Work", "Careful Work") for row in rows] for name, rows in lines.items()}
    renamed["competencies.csv"][1] = "thorough-work" + renamed["competencies.csv"][1]
    again = imported(renamed, out, tmp_path / "2")
    assert nodes(out, "Careful Work") == ["thorough-work"] and again.reading.gone == ()
    assert nodes(out, "Looks each piece over") == ["thorough-work.apprentice.1"]


def test_labels_of_any_script_get_an_identifier(tmp_path: Path) -> None:
    out, lines = tmp_path / "workshop.ttl", rows_of_case()
    lines["scales.csv"] += [",Ræv & Ål\n", ",仕事\n", ",労働\n"]
    imported(lines, out, tmp_path / "1")
    found = [nodes(out, label)[0] for label in ("Ræv & Ål", "仕事", "労働")]
    assert found == ["scale.raev-al", "scale.1", "scale.2"]


# What is there already.


def test_another_framework_is_never_replaced(tmp_path: Path) -> None:
    out = tmp_path / "workshop.ttl"
    out.write_bytes((ROOT / "data/it-services.ttl").read_bytes())
    prepared = prepare(CELLS, out=out, workspace=RULES)
    assert prepared.stops(allow_loss=True)
    assert f"The file holds {ID}it-services, and the sheets describe {ID}workshop." in told(prepared).replace(
        "\n  ", " "
    )


def test_what_only_the_file_holds_is_not_lost_in_silence(tmp_path: Path) -> None:
    out = tmp_path / "workshop.ttl"
    imported(rows_of_case(), out, tmp_path / "1")
    text = out.read_text().replace("    a cg:Competency ;\n", "    a cg:Competency ;\n    <urn:mine> 1 ;\n")
    out.write_text("# mine\n" + text)
    again = prepare(CELLS, out=out, workspace=RULES)
    assert again.stops(allow_loss=False) and not again.stops(allow_loss=True)
    assert "Line 1 is a comment" in told(again) and "No column holds 1 of its statements of urn:mine." in told(again)
