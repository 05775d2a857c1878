"""compgraph reconcile: a column of a file, and what is written beside it."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from compgraph.cli import main
from compgraph.cli.commands.reconcile import TYPES
from compgraph.errors import FileError
from compgraph.exchange.spreadsheets.grids.cells import BOUNDS
from compgraph.exchange.spreadsheets.grids.plain_tables import PlainTable, read_plain_table
from compgraph.reconcile import type_names
from tests.conftest import ROOT
from tests.test_cli import run

ADDED = ["Skill match", "Skill identifier", "Skill label", "Skill framework", "Skill score", "Skill candidates"]
THOROUGHNESS = ["matched", "https://w3id.org/compgraph/id/california/thoroughness", "Thoroughness", "california"]
TABLE = "id,Skill,Where\n1,Thoroughnes,\n2,Communication,Michigan\n3,Communication,\n4,Welding,\n5,,\n-6,=1+1,\n"
EXAMPLES = sorted((ROOT / "tests/reconcile").glob("*.csv"))


def invoked(*arguments: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, arguments)


def _rows(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def test_columns_are_added_and_the_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    path.write_text(TABLE)
    out = tmp_path / "new/out.csv"
    done = run("reconcile", str(path), "--column", "skill", "--framework-column", "Where", "--out", str(out))
    assert (done.returncode, done.stdout) == (0, "")
    assert "5 names in 'Skill': 2 matched, 2 unsure" in done.stderr and "1 like nothing" in done.stderr
    assert path.read_text() == TABLE
    head, *rows = _rows(out.read_text())
    assert head == ["id", "Skill", "Where", *ADDED]
    assert [row[:3] for row in rows] == _rows(TABLE)[1:]
    assert rows[0][3:] == [*THOROUGHNESS, "91.7", ""]
    assert rows[1][3:6] == ["matched", "https://w3id.org/compgraph/id/michigan/communication", "Communication"]
    assert rows[2][3:8] == ["unsure", "", "", "", "100"]
    assert rows[2][8].startswith("california:communication Communication (100); michigan:communication Commun")
    assert rows[3][3:] == ["none", "", "", "", "", ""]
    assert rows[4][3:] == [""] * 6


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_of_the_docs(path: Path) -> None:
    told = [row[3] for row in _rows(invoked("reconcile", str(path), "--column", "Skill").stdout)[1:]]
    assert told == ["matched", "unsure", "unsure", "unsure", "none"]


def test_the_types_of_the_option_are_those_that_can_be_reconciled() -> None:
    """The command says them once more, so that its help loads no index."""
    assert tuple(type_names()) == TYPES


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    path.write_text(TABLE)
    for out in (path, tmp_path / "there.csv"):
        out.touch()
        done = invoked("reconcile", str(path), "--column", "Skill", "--out", str(out))
        assert done.exit_code == 1 and "already there" in done.stderr
    assert path.read_text() == TABLE and (tmp_path / "there.csv").read_text() == ""


def test_a_workbook_and_the_sheet_that_has_the_column(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["About", None])
    sheet = book.create_sheet("People")
    for row in (["Skill", None, "Level"], ["Thoroughness", 1, 2], [None, None, 3]):
        sheet.append(row)
    book.save(tmp_path / "training.xlsx")
    done = invoked("reconcile", str(tmp_path / "training.xlsx"), "--column", "Skill", "--framework", "california")
    assert done.exit_code == 0, done.stderr
    head, *rows = _rows(done.stdout.removeprefix("\ufeff"))
    assert head == ["Skill", "", "Level", *ADDED]
    assert rows == [["Thoroughness", "1", "2", *THOROUGHNESS, "100", ""], ["", "", "3", *[""] * 6]]


def test_a_semicolon_and_a_mark_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("\ufeffSkill;n\nManager;1,5\n")
    done = invoked("reconcile", str(path), "--column", "Skill", "--type", "role-level", "--limit", "1")
    rows = _rows(done.stdout.removeprefix("\ufeff"), ";")
    assert done.stdout.startswith("\ufeffSkill;n;Skill match")
    assert rows[1][:5] == [
        "Manager",
        "1,5",
        "matched",
        "https://w3id.org/compgraph/id/california/level.manager",
        "Manager",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"Other,Name\na,b\n", "has no column 'Skill'. Its columns: 'Other', 'Name'"),
        (b"Skill,Skill\na,b\n", ":1: has 2 columns 'Skill'"),
        (b"Skill\nok\nThe first, the second\n", ":3: has 2 cells, and there are 1 headings"),
        (b'Skill\n"open\n', ":2: is no csv here"),
        (b"Skill\n\xff\n", "is not UTF-8 at byte 6"),
        (b"Skill\nok\n" + b"x" * 1001, ":3: has 1001 characters in the column 'Skill'"),
        (b"Skill,skill match\na,b\n", "has a column 'Skill match' already"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "training.csv"
    path.write_bytes(content)
    done = invoked("reconcile", str(path), "--column", "Skill")
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{path}{'' if problem[0] == ':' else ': '}{problem}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_framework_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    path.write_text(TABLE)
    one = ("reconcile", str(path), "--column", "Skill", "--framework")
    assert invoked(*one, "california", "--framework-column", "Where").exit_code == 2
    done = invoked(*one, "Bavaria")
    assert done.exit_code == 1 and "No framework is called 'Bavaria'" in done.stderr


def test_nothing_that_is_added_runs_as_a_formula() -> None:
    table = PlainTable(Path("x.csv"), ("Skill",), (("-5",),), (2,))
    assert table.extended(["=cmd|' '!A0"], [["+1"]]).decode() == "\ufeffSkill,'=cmd|' '!A0\n-5,'+1\n"


def test_a_table_that_is_too_big_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text("Skill\n" + "x\n" * BOUNDS.rows)
    with pytest.raises(FileError, match="is too big"):
        read_plain_table(path, "Skill")
    path.write_bytes(b"x" * (BOUNDS.file + 1))
    with pytest.raises(FileError, match="has more than"):
        read_plain_table(path, "Skill")
