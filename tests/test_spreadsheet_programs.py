"""Spreadsheets of others: hostile files, other readers, and LibreOffice."""

import csv
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
import python_calamine

from compgraph import workspace
from compgraph.errors import FileError
from compgraph.exchange import FORMATS
from compgraph.exchange.spreadsheets import template
from compgraph.exchange.spreadsheets.grids.cells import Cell
from compgraph.exchange.spreadsheets.grids.xlsx_reader import read_workbook
from compgraph.exchange.spreadsheets.importing import prepare
from compgraph.terms import ID, SKOS
from tests.conftest import ROOT, SHARED
from tests.sheets import NAMES, contents, exported, told, workbook, written

# Hostile files.


FIRST = "xl/worksheets/sheet1.xml"
ROWS = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (number, number) for number in range(3, 1_000_001))
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'

# What is put in place of what in the first sheet of a good workbook, and the words by which it is then refused.
EDITS = {
    "goes on to A100001 of the sheet 'Framework'": (b"</sheetData>", ROWS + b"</sheetData>"),
    "goes on to XFD1048576": (b"</sheetData>", FAR + b"</sheetData>"),
    "declares a document type (x)": (b"<worksheet", ENTITIES),
    "is broken in its part xl/worksheets/sheet1.xml": (b"</sheetData>", b"</sheet>"),
    "'A0' is no cell": (b'r="A1"', b'r="A0"'),
    "there is no text 99999": (b"<v>0</v>", b"<v>99999</v>"),
}
MORE = {
    "has links to other files": {"xl/externalLinks/externalLink1.xml": b"<x/>"},
    "packs 21": {f"x/{number}": b"" for number in range(2_100)},
    "unpacks to 2": {"xl/media/image.png": b"0" * 200_000_000},
}
RAW = {
    "is protected by a password, or of the old kind .xls": b"\xd0\xcf\x11\xe0" + b"\0" * 100,
    "is no workbook": b"",
}


def hostile(folder: Path) -> Iterator[tuple[str, Path]]:
    """A file of each kind that could make a reader run away, with the words by which it is refused."""
    good = workbook(folder / "good.xlsx")
    for words, (old, new) in EDITS.items():
        yield words, repacked(good, folder / "x.xlsx", old, new)
    for words, parts in MORE.items():
        yield words, repacked(good, folder / "x.xlsx", b"", b"", parts)
    for words, content in RAW.items():
        yield words, written({"x.xlsx": content}, folder)
    yield "is broken in its part xl/worksheets/sheet1.xml (Bad CRC-32", lying(good, folder / "x.xlsx")


def repacked(good: Path, path: Path, old: bytes, new: bytes, more: dict[str, bytes] | None = None) -> Path:
    """A workbook with something else in its first sheet, and with more parts."""
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == FIRST and old else content)
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return path


def lying(good: Path, path: Path) -> Path:
    """A workbook that says that its first sheet is smaller than it is."""
    repacked(good, path, b"</sheetData>", b"</sheetData>" + b" " * 10**6)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(FIRST).file_size
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", size), struct.pack("<L", 1000)))
    return path


def bounded(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command with half a minute of computing and half a gigabyte of memory."""
    limits = "r.setrlimit(r.RLIMIT_CPU, (30, 30)); r.setrlimit(r.RLIMIT_DATA, (500_000_000, 500_000_000))"
    script = f"import resource as r, sys; {limits}; from compgraph.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_hostile_workbooks_are_refused_within_bounds(tmp_path: Path) -> None:
    out = tmp_path / "data/x.ttl"
    for words, path in hostile(tmp_path):
        done = bounded("import", str(path), "--out", str(out))
        assert done.returncode == 1 and done.stderr.startswith(f"Error: {path}: "), (words, done.stderr)
        assert words in done.stderr and done.stderr.count("\n") == 1, (words, done.stderr)
        assert not out.parent.exists()


def test_hostile_csv_is_refused_within_bounds(tmp_path: Path) -> None:
    for name, content, words in (
        ("framework.csv", b"x\n" * 200_000, "100000 rows, 500 columns and 500000 cells are the bound"),
        ("framework.csv", b"x," * 1_000, "100000 rows, 500 columns"),
        ("framework.csv", b"x" * 20_000_001, "has more than 20000000 bytes"),
        ("framework.csv", b"Identifier\n" + b"y" * 200_000, "field larger than field limit"),
        (
            "behaviours.csv",
            b"Identifier,Competency,Text\n" + b"a b,c,d\n" * 90_000,
            "There are more than 5000 findings",
        ),
        ("notes.txt", b"", "holds no csv file"),
    ):
        folder = written({name: content, "README.md": b""}, tmp_path / str(len(content)))
        done = bounded("import", str(folder), "--out", str(tmp_path / "data/x.ttl"))
        assert done.returncode == 1 and words in " ".join(done.stderr.split()), done.stderr[-500:]
        assert "Traceback" not in done.stderr and not (tmp_path / "data").exists()


EVIL = ('=HYPERLINK("http://x")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "'=1", "http://example.org/")


def test_nothing_that_is_exported_can_run(tmp_path: Path) -> None:
    every, competency, note = contents("it-services"), f"{ID}it-services/respect-and-inclusion", SKOS + "editorialNote"
    extra = [
        ox.Triple(ox.NamedNode(competency), ox.NamedNode(note), ox.Literal(text, language=language))
        for language, text in zip(("da", "de", "el", "es", "fi", "fr"), EVIL, strict=True)
    ]
    whole = replace(every, triples=(*every.triples, *extra))
    assert FORMATS["csv"](whole).carried == FORMATS["csv"](every).carried + len(extra)
    book = openpyxl.load_workbook(exported(whole, "xlsx", tmp_path / "x"))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in EVIL]
    assert [(cell.data_type, cell.hyperlink) for cell in found] == [("s", None)] * len(EVIL)
    folder = exported(whole, "csv", tmp_path / "c")
    rows = [row for path in folder.glob("*.csv") for row in csv.reader(StringIO(path.read_text("utf-8-sig")))]
    every_cell = {cell for row in rows for cell in row}
    assert every_cell >= {f"'{text}" for text in EVIL[:5]}
    assert not [cell for cell in every_cell if cell.startswith(("=", "+", "-", "@"))]


# Other programs.


def cells(rows: Iterable[Iterable[object]]) -> list[list[str]]:
    """Cells as texts, numbers in their shortest form, without what is empty at the ends."""
    texts = [
        ["" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows
    ]
    trimmed = [row[: max((n for n, cell in enumerate(row, 1) if cell), default=0)] for row in texts]
    return trimmed[: max((n for n, row in enumerate(trimmed, 1) if row), default=0)]


def second_opinion(path: Path) -> None:
    """calamine, in Rust, reads the same from each sheet."""
    theirs = python_calamine.CalamineWorkbook.from_path(path)
    ours = read_workbook(path)
    assert [grid.name for grid in ours] == theirs.sheet_names
    for grid in ours:
        width = max((max(row) for row in grid.rows.values()), default=0) + 1
        rows = [
            [grid.rows.get(n, {}).get(c, Cell("")).text for c in range(width)]
            for n in range(1, max(grid.rows, default=0) + 1)
        ]
        assert cells(rows) == cells(theirs.get_sheet_by_name(grid.name).to_python(skip_empty_area=False)), grid.name


@pytest.mark.parametrize("name", NAMES)
def test_another_reader_sees_the_same(name: str, tmp_path: Path) -> None:
    second_opinion(exported(contents(name), "xlsx", tmp_path))


@pytest.mark.needs_shared
def test_another_reader_sees_the_same_in_workbooks_of_others() -> None:
    paths = sorted((SHARED / "corpus").rglob("*.xlsx"))
    assert len(paths) > 10
    for path in paths:
        if path.name == "Skills.xlsx":
            with pytest.raises(FileError, match="has more than 500000 cells"):
                read_workbook(path)
        else:
            second_opinion(path)


@pytest.mark.needs_soffice
def test_libreoffice_saves_and_nothing_is_lost(tmp_path: Path) -> None:
    paths = [exported(contents(name), "xlsx", tmp_path / "ours") for name in NAMES]
    paths = [tmp_path / f"ours/{name}.xlsx" for name in NAMES]
    converted(paths, tmp_path / "theirs")
    for name in NAMES:
        out = tmp_path / f"{name}.ttl"
        back = prepare(tmp_path / f"theirs/{name}.xlsx", out=out, workspace=workspace.find())
        assert not back.stops(allow_loss=False), told(back)
        assert back.files[out].encode() == (ROOT / f"data/{name}.ttl").read_bytes()
        for file, text in back.files.items():
            assert file == out or text.encode() == (ROOT / "data/mappings" / file.name).read_bytes()
        second_opinion(tmp_path / f"theirs/{name}.xlsx")


@pytest.mark.needs_soffice
def test_drop_downs_follow_the_other_sheets(tmp_path: Path) -> None:
    """LibreOffice computes how long the list of competencies is, before and after rows are added."""
    book = openpyxl.load_workbook(written(template("x.xlsx"), tmp_path))
    for number in range(3):
        book["Competencies"][f"B{3 + number}"] = f"Competency {number}"
    book["Read me"]["C1"] = "=ROWS(list_competencies)"
    book["Read me"]["C2"] = "=INDEX(list_competencies,2)"
    book["Read me"]["C3"] = "=ROWS(list_levels)"
    book.save(tmp_path / "filled.xlsx")
    converted([tmp_path / "filled.xlsx"], tmp_path / "theirs")
    read_me = read_workbook(tmp_path / "theirs/filled.xlsx")[0]
    assert [read_me.rows[row][2].text for row in (1, 2, 3)] == ["3", "Competency 1", "1"]


def converted(paths: list[Path], folder: Path) -> None:
    """What LibreOffice makes of workbooks when it opens and saves them."""
    profile = f"-env:UserInstallation=file://{folder}-profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
