"""columns: any table to a framework by a column map, and the map that is proposed for it."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from compgraph.cli import main
from compgraph.errors import FileError
from compgraph.exchange.spreadsheets.foreign.column_maps import read_column_map
from compgraph.exchange.spreadsheets.foreign.proposal import proposed_map
from compgraph.exchange.spreadsheets.foreign.rows import mapped_rows
from compgraph.exchange.spreadsheets.grids.cells import Cell, Findings, Grid, Weight
from compgraph.exchange.spreadsheets.importing import Import, prepare
from compgraph.terms import CG, ID, RDF_TYPE
from compgraph.workspace import Workspace, find
from tests.conftest import ROOT, SHARED

CORPUS = SHARED / "corpus"
MAPS = ROOT / "tests/columns"
PROPOSED = sorted((MAPS / "proposed").glob("*.csv"))
HEAD = '[Framework]\nLabel = "Workshop"\nTitle = "Workshop"\nLanguage = "en"\n'
TABLE = HEAD + '[[table]]\nfrom = "skills.csv"\nto = "Competencies"\n[table.columns]\nLabel = "Name"\n'


def _read(path: Path, columns: str | Path, folder: Path, *, ruled: bool = False) -> Import:
    """An import by a map, held against the rules only where that is what is tested, as it takes its time."""
    if isinstance(columns, str):
        (folder / "map.toml").write_text(columns)
        columns = folder / "map.toml"
    return prepare(path, out=folder / "framework.ttl", workspace=find() if ruled else Workspace(()), columns=columns)


def _things(prepared: Import) -> Counter[str]:
    """How many things there are of each class."""
    kinds = (str(triple.object) for triple in prepared.reading.triples if triple.predicate.value == RDF_TYPE)
    return Counter(kind.removeprefix(f"<{CG}").removesuffix(">") for kind in kinds)


def _rows(path: str) -> list[dict[str, str]]:
    with (CORPUS / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _told(prepared: Import, weight: Weight) -> list[str]:
    return [
        f"{each.place.sheet}:{each.place.row}:{each.place.heading}: {each.message}"
        for each in prepared.findings
        if each.weight is weight
    ]


def _table(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = folder / "skills.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.needs_shared
def test_direct_by_its_tables_and_by_its_one_table(tmp_path: Path) -> None:
    names = ("competency_domain", "competency", "skill", "skill_level")
    domains, competencies, skills, levels = (_rows(f"direct-framework/{name}.csv") for name in names)
    wanted = {"Cluster": len(domains), "Competency": len(competencies), "Indicator": len(skills)}
    apart = _read(CORPUS / "direct-framework", MAPS / "direct.toml", tmp_path, ruled=True)
    assert not apart.stops(allow_loss=False), _told(apart, Weight.FAULT) + _told(apart, Weight.LOSS)
    own = {"Framework": 1, "LevelScale": 1, "ProficiencyLevel": len(levels)}
    assert _things(apart) == wanted | own
    path = CORPUS / "direct-framework/DIRECT-framework-all-in-one.csv"
    together = _read(path, MAPS / "direct-all-in-one.toml", tmp_path)
    assert not together.stops(allow_loss=False), _told(together, Weight.FAULT) + _told(together, Weight.LOSS)
    assert _things(together) == wanted | {"Framework": 1}
    # What belongs to what is the same, whether it is said by a key or by the place in the table.
    ties = (f"{CG}inCluster", f"{CG}ofCompetency")
    apart_ties, together_ties = (
        {triple for triple in each.reading.triples if triple.predicate.value in ties} for each in (apart, together)
    )
    assert len(apart_ties) == len(competencies) + len(skills)
    assert apart_ties == together_ties


@pytest.mark.needs_shared
def test_digcomp_by_the_keys_of_its_texts(tmp_path: Path) -> None:
    prepared = _read(CORPUS / "digcomp3", MAPS / "digcomp3.toml", tmp_path, ruled=True)
    assert not prepared.stops(allow_loss=False), _told(prepared, Weight.FAULT) + _told(prepared, Weight.LOSS)
    keys = [row["location"] for path in CORPUS.glob("digcomp3/*.csv") for row in _rows(f"digcomp3/{path.name}")]
    counted = Counter(key.split(".")[1] for key in keys if not key.endswith(("description", "applies_to")))
    assert _things(prepared) == {
        "Framework": 1,
        "LevelScale": 1,
        "Cluster": counted["area"],
        "Competency": counted["competence"],
        "ProficiencyLevel": counted["level"],
        "Indicator": counted["statement"],
        "Behaviour": counted["outcome"],
    }


@pytest.mark.needs_shared
def test_standards_by_their_depth_and_what_is_wrong_in_them(tmp_path: Path) -> None:
    path = CORPUS / "opensalt-spreadsheets/ccsso_ela_item.csv"
    depths = Counter(row["smartLevel"].count(".") + 1 for row in _rows("opensalt-spreadsheets/ccsso_ela_item.csv"))
    prepared = _read(path, MAPS / "ela.toml", tmp_path, ruled=True)
    themes = {
        " ".join(row["fullStatement"].split())
        for row in _rows("opensalt-spreadsheets/ccsso_ela_item.csv")
        if row["smartLevel"].count(".") == 2
    }
    things = {"Segment": depths[1], "Cluster": len(themes), "Competency": depths[4], "Indicator": depths[5]}
    assert _things(prepared) == things | {"Framework": 1}
    faults = [fault.partition(".csv:")[2].partition(": ")[0] for fault in _told(prepared, Weight.FAULT)]
    assert sorted(faults) == ["107:fullStatement", "593:humanCodingScheme", "594:humanCodingScheme"]
    assert not prepared.files
    # Mended in a copy, the same table goes through.
    lines = path.read_text(encoding="utf-8").replace("\x8e", "é").splitlines(keepends=True)
    codes = [row["humanCodingScheme"] for row in _rows("opensalt-spreadsheets/ccsso_ela_item.csv")]
    (twice,) = (code for code, count in Counter(filter(None, codes)).items() if count > 1)
    at = max(number for number, line in enumerate(lines) if f",{twice}," in line)
    lines[at] = lines[at].replace(f",{twice},", f",{twice}.b,")
    copy = tmp_path / path.name
    copy.write_text("".join(lines), encoding="utf-8")
    prepared = _read(copy, MAPS / "ela.toml", tmp_path, ruled=True)
    assert not prepared.stops(allow_loss=False), _told(prepared, Weight.FAULT)
    assert _things(prepared) == things | {"Framework": 1}


def test_rows_that_are_one_are_named_by_the_identifier_of_each(tmp_path: Path) -> None:
    columns = (
        HEAD
        + """
        [[table]]
        from = "skills.csv"
        to = "Clusters"
        where = { Code = "[^.]+" }
        one = { column = "Name" }
        [table.columns]
        Identifier = "Code"
        Label = "Name"
        [[table]]
        from = "skills.csv"
        to = "Competencies"
        where = { Code = ".*[.].*" }
        [table.columns]
        Label = "Name"
        Cluster = { column = "Code", pattern = "(.*)[.].*" }
        """
    )
    path = _table(tmp_path, "Code,Name\n10,Theme\n10.1,Care\n2,Theme\n2.1,Order\n")
    prepared = _read(path, columns, tmp_path)
    assert not prepared.stops(allow_loss=False), prepared.findings
    clusters = {str(triple.object) for triple in prepared.reading.triples if triple.predicate.value == f"{CG}inCluster"}
    assert clusters == {f"<{ID}framework/2>"}


@pytest.mark.needs_shared
def test_a_foreign_workbook(tmp_path: Path) -> None:
    path = CORPUS / "opensalt-spreadsheets/spreadsheet_import_sample.xlsx"
    prepared = _read(path, MAPS / "sample.toml", tmp_path, ruled=True)
    assert not prepared.stops(allow_loss=False), _told(prepared, Weight.LOSS)
    assert _things(prepared) == {"Framework": 1, "Cluster": 1, "Competency": 2, "Indicator": 1}


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", ["direct-framework", "direct-framework/DIRECT-framework-all-in-one.csv"])
def test_what_is_proposed_for_direct_needs_no_correction(name: str, tmp_path: Path) -> None:
    prepared = _read(CORPUS / name, proposed_map(CORPUS / name), tmp_path, ruled=True)
    assert not prepared.stops(allow_loss=False), _told(prepared, Weight.FAULT) + _told(prepared, Weight.LOSS)
    things = _things(prepared)
    assert (things["Cluster"], things["Competency"], things["Indicator"]) == (7, 20, 164)


@pytest.mark.needs_shared
def test_what_is_proposed_for_standards_leaves_only_what_is_wrong_in_them(tmp_path: Path) -> None:
    path = CORPUS / "opensalt-spreadsheets/ccsso_ela_item.csv"
    prepared = _read(path, proposed_map(path), tmp_path, ruled=True)
    assert _things(prepared) == _things(_read(path, MAPS / "ela.toml", tmp_path))
    rows = [each.place.row for each in prepared.findings if each.weight is not Weight.REMARK]
    assert sorted(rows) == [107, 593, 594]


@pytest.mark.needs_shared
def test_what_is_proposed_for_digcomp_shows_the_shapes_of_its_keys() -> None:
    text = proposed_map(CORPUS / "digcomp3")
    assert "# 21 rows have the location digcomp.competence.N.N.label:" in text
    assert "# 523 rows have the location digcomp.outcome.LON.N.N:" in text


def test_something_is_proposed() -> None:
    assert len(PROPOSED) >= 2


@pytest.mark.parametrize("path", PROPOSED, ids=lambda path: path.stem)
def test_a_proposed_map_is_one_by_which_the_table_is_read(
    path: Path, golden: Callable[[str, Path], None], tmp_path: Path
) -> None:
    columns = path.with_suffix(".toml")
    golden(proposed_map(path), columns)
    prepared = _read(path, columns, tmp_path, ruled=True)
    assert not prepared.stops(allow_loss=False), _told(prepared, Weight.FAULT) + _told(prepared, Weight.LOSS)
    (turtle,) = prepared.files.values()
    golden(turtle, path.with_suffix(".ttl"))


def _import(*arguments: str | Path) -> Result:
    """An import into a workspace without rules."""
    workspace = Path(arguments[0]).parent / "workspace"
    (workspace / "data").mkdir(parents=True, exist_ok=True)
    return CliRunner().invoke(main, ["--no-bundled", "--workspace", str(workspace), "import", *map(str, arguments)])


def test_a_column_of_which_the_map_is_silent_stops_the_import(tmp_path: Path) -> None:
    path = _table(tmp_path, "Name,Remark,Empty\nCare,kept,\nSafety,,\nOrder,too,\n")
    (tmp_path / "map.toml").write_text(TABLE)
    out = tmp_path / "skills.ttl"
    done = _import(path, "--columns", tmp_path / "map.toml", "--out", out)
    assert done.exit_code == 1
    assert (
        "loss: skills.csv, row 2, column B (Remark)\n  No part of the map speaks of this cell and 1 more" in done.stderr
    )
    assert "Empty" not in done.stderr
    assert not out.exists()
    assert _import(path, "--columns", tmp_path / "map.toml", "--out", out, "--allow-loss").exit_code == 0
    out.unlink()
    (tmp_path / "map.toml").write_text(TABLE + '[[left-out]]\nfrom = "skills.csv"\ncolumns = ["Remark"]\n')
    done = _import(path, "--columns", tmp_path / "map.toml", "--out", out)
    assert done.exit_code == 0
    assert "Left out, as the map says: 2 filled cells (columns Remark)." in done.stderr
    assert out.read_text().count("a cg:Competency ;") == 3


def test_rows_that_the_map_passes_over_stop_the_import(tmp_path: Path) -> None:
    path = _table(tmp_path, "Name,Kind\nCare,skill\nLunch,break\n")
    text = TABLE.replace("[table.columns]", 'where = { Kind = "skill" }\n[table.columns]')
    assert [told.partition(": ")[0] for told in _told(_read(path, text, tmp_path), Weight.LOSS)] == [
        "skills.csv:3:Name",
        "skills.csv:3:Kind",
    ]
    text += '[[left-out]]\nfrom = "skills.csv"\nwhere = { Kind = "break" }\n'
    assert not _read(path, text, tmp_path).stops(allow_loss=False)


def test_what_the_rules_find_is_told_by_the_cell_of_the_foreign_table(tmp_path: Path) -> None:
    path = _table(tmp_path, "Name,No\nCare,1\nOrder,2\nCare,2\n")
    prepared = _read(path, TABLE + 'Number = "No"\n', tmp_path, ruled=True)
    faults = _told(prepared, Weight.FAULT)
    assert any(told.startswith("skills.csv:4:No: Something else of this kind") for told in faults), faults
    assert any(told.startswith("skills.csv:2:Name: Something else of this kind") for told in faults), faults


def test_a_name_that_is_nowhere_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = _table(tmp_path, "Name,Area\nCare,People\nOrder,Poeple\n")
    text = TABLE + 'Cluster = "Area"\n[[table]]\nfrom = "skills.csv"\nto = "Clusters"\nwhere = { Name = "Care" }\n'
    prepared = _read(path, text + '[table.columns]\nLabel = "Area"\n', tmp_path)
    (fault,) = _told(prepared, Weight.FAULT)
    assert fault == "skills.csv:3:Area: No row of Clusters is called 'Poeple'. Did you mean 'People'?"


@pytest.mark.parametrize(
    ("encoding", "sign", "told"),
    [
        ("utf-8", ",", ""),
        ("utf-8", ";", "Read as UTF-8, parted by semicolons."),
        ("utf-8-sig", "\t", "Read as UTF-8, with a byte order mark, parted by tabs."),
        ("utf-16", ";", "Read as UTF-16, with a byte order mark, parted by semicolons."),
        ("cp1252", ",", "Read as windows-1252, parted by commas."),
    ],
)
def test_encodings_and_separators_are_found_out_and_told(encoding: str, sign: str, told: str, tmp_path: Path) -> None:
    path = _table(tmp_path, f"Name{sign}Definition\nCafé{sign}Serves coffee\n", encoding=encoding)
    prepared = _read(path, TABLE + 'Definition = "Definition"\n', tmp_path)
    assert not prepared.stops(allow_loss=False)
    assert '"Café"@en' in next(iter(prepared.files.values()))
    read = [each.message for each in prepared.findings if each.message.startswith("Read as")]
    assert read == ([told] if told else [])
    assert (told in proposed_map(path)) and ("[encodings]" in proposed_map(path)) == (encoding in ("utf-16", "cp1252"))


def test_a_stated_encoding_holds(tmp_path: Path) -> None:
    path = _table(tmp_path, "Name\nŽivot\n", encoding="cp1250")
    prepared = _read(path, f'{TABLE}[encodings]\n"skills.csv" = "windows-1250"\n', tmp_path)
    assert '"Život"@en' in next(iter(prepared.files.values()))
    for wrong in ("utf-8", "no-such"):
        with pytest.raises(FileError, match=f"is not in the encoding {wrong}"):
            _read(path, f'{TABLE}[encodings]\n"skills.csv" = "{wrong}"\n', tmp_path)


def test_a_row_keeps_its_identifier_when_rows_move(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(TABLE + 'Definition = "Text"\n')
    out = tmp_path / "skills.ttl"
    for text in ("Name,Text\nCare!,one\nCare?,two\n", "Name,Text\nNew,three\nCare?,two\nCare!,one\n"):
        done = _import(_table(tmp_path, text), "--columns", tmp_path / "map.toml", "--out", out)
        assert done.exit_code == 0, done.stderr
        found = dict(re.findall(r'skills:(\S+)\n    a cg:Competency ;\n    skos:prefLabel "(.*?)"', out.read_text()))
        assert (found["care"], found["care-2"]) == ("Care!", "Care?")
    assert "1 new identifier." in done.stderr


def test_values_are_split_filled_down_and_shaped(tmp_path: Path) -> None:
    path = _table(tmp_path, "Name,Notes,Area\nCare,a|b,X-1\nOrder,,\n")
    text = TABLE + '"Editorial notes" = { column = "Notes", split = "|" }\n'
    text += """Cluster = { column = "Area", fill = "down", pattern = 'X-(.)', as = 'cluster.\\1' }\n"""
    text += '[[Clusters]]\nIdentifier = "cluster.1"\nLabel = "One"\n'
    (turtle,) = _read(path, text, tmp_path).files.values()
    assert 'skos:editorialNote "a"@en ,\n        "b"@en ;' in turtle
    assert turtle.count("cg:inCluster workshop:cluster.1 ;") == 0
    assert turtle.count("cg:inCluster framework:cluster.1 ;") == 2


def test_merged_cells_are_faults_unless_they_are_filled_down(tmp_path: Path) -> None:
    rows = {1: {0: Cell("Name"), 1: Cell("Area")}, 2: {0: Cell("Care"), 1: Cell("One")}, 3: {0: Cell("Order")}}
    grid = Grid("skills.csv", rows, ((2, 1, "B2:B3"),))
    for fill, faults in ((', fill = "down"', 0), ("", 1)):
        (tmp_path / "map.toml").write_text(f'{TABLE}Cluster = {{ column = "Area"{fill} }}\n')
        findings = Findings()
        mapped_rows([grid], read_column_map(tmp_path / "map.toml"), findings)
        assert len([each for each in findings.all if each.weight is Weight.FAULT]) == faults


def test_two_values_for_one_cell_are_a_fault(tmp_path: Path) -> None:
    path = _table(tmp_path, "Name,No,Text\nCare,1,one\nOther,1,two\n")
    text = TABLE.replace("[table.columns]", 'one = { column = "No" }\n[table.columns]')
    faults = _told(_read(path, text + 'Definition = "Text"\n', tmp_path), Weight.FAULT)
    assert any("Label holds one value, and the map finds 'Care' and 'Other' for it" in told for told in faults)


WRONG = {
    "Label = ": "map.toml: is no TOML",
    '[[table]]\nfrom = "skills.csv"\n': "does not describe the framework",
    TABLE + '[Framewrk]\nLabel = "x"\n': "Did you mean 'Framework'",
    HEAD + '[[table]]\nfrom = "skills.csv"\n': "map.toml:5: to is missing",
    TABLE.replace("Competencies", "Competences"): "map.toml:5: 'Competences' is not known here. Did you mean 'Compet",
    TABLE.replace('Label = "Name"\n', ""): "map.toml:5: no column is said to be the Label of Competencies",
    TABLE + 'Numbr = "Name"\n': "Did you mean 'Number'",
    TABLE + 'Number = { colum = "Name" }\n': "a cell is the name of a column",
    TABLE + 'Number = { column = "Name", patern = "x" }\n': "Did you mean 'pattern'",
    TABLE + 'Number = { column = "Name", pattern = "(" }\n': "is no regular expression",
    TABLE + "Number = { column = \"Name\", as = '\\2' }\n": "fits no group of the pattern",
    TABLE + 'Number = { column = "Name", fill = "up" }\n': 'Write fill = "down"',
    TABLE + 'Number = "Nmae"\n': "map.toml:5: 'Nmae' is no column of skills.csv. There is: Name",
    TABLE.replace("skills.csv", "skils.csv"): "map.toml:5: 'skils.csv' is no table. There is: skills.csv",
    TABLE + '[[left-out]]\nfrom = "skills.csv"\ncolumns = ["x"]\n': "map.toml:10: 'x' is no column of skills.csv",
    TABLE + '[[left-out]]\ncolumns = ["x"]\n': "map.toml:10: from is missing",
    TABLE + "[[left-out]]\nfrom = 1\n": "map.toml:10: from is not written as it should be",
}


@pytest.mark.parametrize(("text", "told"), WRONG.items(), ids=WRONG.values())
def test_a_wrong_map_is_told_with_its_line_and_nothing_is_written(text: str, told: str, tmp_path: Path) -> None:
    path = _table(tmp_path, "Name\nCare\n")
    (tmp_path / "map.toml").write_text(text)
    done = _import(path, "--columns", tmp_path / "map.toml", "--out", tmp_path / "skills.ttl")
    assert done.exit_code == 1
    assert told in done.stderr
    assert not (tmp_path / "skills.ttl").exists()


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "skills.pdf"
    path.write_text("%PDF")
    for target in (path, tmp_path):
        done = CliRunner().invoke(main, ["columns", str(target)])
        assert (done.exit_code, "is no table that compgraph reads" in done.stderr) == (1, True)
