"""Foreign formats: nothing vanishes unreported, the same files give the same bytes, readers of others agree."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from compgraph import exchange, workspace
from compgraph.cli.commands.export import FORMATS as OFFERED
from compgraph.errors import ExchangeError
from compgraph.exchange import Contents, Exported
from compgraph.exchange.contents import value_text
from compgraph.exchange.losses import UNFORESEEN, _Links, curie, reason
from compgraph.exchange.reader import Reader
from compgraph.terms import CG, ID
from compgraph.workspace import Workspace
from tests.conftest import ROOT
from tests.test_cli import run

FRAMEWORKS = ("california", "client-service-manager", "it-services", "michigan", "washington-ofm")
# Spreadsheets have tests of their own: test_spreadsheets.py.
TEXT_FORMATS = [format_ for format_ in exchange.FORMATS if format_ not in ("csv", "xlsx")]
CASES = [(name, format_) for name in FRAMEWORKS for format_ in TEXT_FORMATS]


@pytest.fixture(scope="module")
def every() -> dict[str, Contents]:
    return {contents.name: contents for contents in exchange.contents(workspace.find()).values()}


@pytest.fixture(scope="module")
def made(every: dict[str, Contents]) -> dict[tuple[str, str], Exported]:
    return {(name, format_): exchange.FORMATS[format_](every[name]) for name, format_ in CASES}


def text_of(exported: Exported) -> str:
    (content,) = exported.files.values()
    return content.decode()


def texts(exported: Exported) -> str:
    """Every string of a file, decoded."""
    text = text_of(exported)
    if text.startswith("{"):
        return "\n".join(_strings(json.loads(text)))
    return "\n".join(value_text(quad.object) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str | int):
        yield str(value)
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(each)


def test_the_command_offers_every_format() -> None:
    assert set(exchange.FORMATS) == set(OFFERED)


def test_every_framework_is_here(every: dict[str, Contents]) -> None:
    assert set(every) == set(FRAMEWORKS) == {path.stem for path in (ROOT / "data").glob("*.ttl")}


@pytest.mark.parametrize(("name", "format_"), CASES)
def test_carried_and_lost_are_all_there_is(
    name: str, format_: str, every: dict[str, Contents], made: dict[tuple[str, str], Exported]
) -> None:
    exported, contents = made[name, format_], every[name]
    assert exported.carried + sum(loss.number for loss in exported.losses) == len({*contents.triples, *contents.links})
    assert exported.carried > 200
    assert all(loss.number > 0 for loss in exported.losses)


@pytest.mark.parametrize(("name", "format_"), CASES)
def test_every_loss_has_a_reason_of_its_own(name: str, format_: str, made: dict[tuple[str, str], Exported]) -> None:
    assert [loss for loss in made[name, format_].losses if loss.reason == UNFORESEEN] == []


def test_every_reason_is_used(made: dict[tuple[str, str], Exported], tmp_path: Path) -> None:
    few = exchange.framework(small(tmp_path), ID + "small")
    all_made = {
        **made,
        **{("small", format_): export(few) for format_, export in exchange.FORMATS.items() if format_ in TEXT_FORMATS},
    }
    given = {(format_, loss.reason) for (_, format_), exported in all_made.items() for loss in exported.losses}
    rows = (ROOT / "src/compgraph/exchange/reasons.tsv").read_text().splitlines()[1:]
    stated = {(format_, row.split("\t")[3]) for row in rows for format_ in row.split("\t")[0].split()}
    assert stated == given
    assert reason("skos", "Passage", "cg:unknown") == reason("skos", "Passage", "*")
    assert reason("skos", "Unknown", "cg:unknown") == UNFORESEEN


@pytest.mark.parametrize(("name", "format_"), CASES)
def test_the_report_tells_the_truth(
    name: str, format_: str, every: dict[str, Contents], made: dict[tuple[str, str], Exported]
) -> None:
    """A text of a relation without loss is in the file; one of a relation that is lost altogether is not."""
    reader, exported = Reader(every[name]), made[name, format_]
    links, found = _Links(reader), texts(exported)
    groups: dict[tuple[str, str], list[ox.Triple]] = {}
    for triple in reader.left():
        groups.setdefault((links.kind(triple), curie(triple.predicate.value)), []).append(triple)
    lost = {(loss.kind, loss.relation): loss.number for loss in exported.losses}
    assert lost.keys() <= groups.keys()
    held = {value_text(t.object) for what, group in groups.items() if what not in lost for t in group}
    present = absent = 0
    for what, group in groups.items():
        for text in (triple.object.value for triple in group if isinstance(triple.object, ox.Literal)):
            if what not in lost and not what[1].endswith(("modified", "mapping_date")):  # dates get a time of day
                assert text in found, (what, text)
                present += 1
            elif lost.get(what) == len(group) and len(text) > 40 and text not in held and "_label" not in what[1]:
                assert text not in found, (what, text)
                absent += 1
    assert present > 20 and absent > 5


def test_the_same_files_give_the_same_bytes(made: dict[tuple[str, str], Exported]) -> None:
    again = exchange.contents(workspace.find())
    for (name, format_), exported in made.items():
        assert exchange.FORMATS[format_](again[ID + name]) == exported


@pytest.mark.parametrize("format_", TEXT_FORMATS)
def test_a_small_framework_looks_so(format_: str, golden: Callable[[str, Path], None], tmp_path: Path) -> None:
    exported = exchange.FORMATS[format_](exchange.framework(small(tmp_path), ID + "small"))
    for name, content in exported.files.items():
        golden(content.decode(), ROOT / "tests/exchange" / name)
    report = "".join("\t".join(map(str, loss)) + "\n" for loss in exported.losses)
    golden(report, ROOT / f"tests/exchange/small.{format_}.losses.tsv")


def test_every_golden_is_claimed() -> None:
    found = {path.name for path in (ROOT / "tests/exchange").iterdir()} - {"small"}
    made = {f"small.{format_}.losses.tsv" for format_ in TEXT_FORMATS}
    endings = {"case-1.0": "case-1.0.json", "case-1.1": "case-1.1.json", "ctdl-asn": "ctdl-asn.json"}
    assert found == made | {f"small.{endings.get(name, name)}" for name in TEXT_FORMATS if name != "skos"} | {
        "small.skos.ttl"
    }


def small(folder: Path) -> Workspace:
    """compgraph's own workspace with a copy of the small framework of tests/exchange/small in a folder beside it."""
    shutil.copytree(ROOT / "tests/exchange/small", folder / "data")
    return Workspace((ROOT, folder))


def test_the_page_says_how_much_each_format_holds(
    every: dict[str, Contents], made: dict[tuple[str, str], Exported], golden: Callable[[str, Path], None]
) -> None:
    page = ROOT / "docs/exchange.md"
    head = page.read_text().partition("\n\n|  | ")[0] + "\n\n"
    golden(head + coverage(every, made), page)


def coverage(every: dict[str, Contents], made: dict[tuple[str, str], Exported]) -> str:
    """A row for each kind of thing, a column for each format."""
    there = Counter(kind for contents in every.values() for kind in kinds(contents))
    lost = {
        format_: Counter(dict.fromkeys(there, 0))
        + Counter(loss.kind for name in every for loss in made[name, format_].losses for _ in range(loss.number))
        for format_ in TEXT_FORMATS
    }
    rows = [["", *TEXT_FORMATS], ["---"] * (len(TEXT_FORMATS) + 1)]
    for kind, number in sorted(there.items()):
        rows.append([kind, *(f"{number - lost[format_][kind]} of {number}" for format_ in TEXT_FORMATS)])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def kinds(contents: Contents) -> Iterator[str]:
    reader = Reader(contents)
    links = _Links(reader)
    return (links.kind(triple) for triple in reader.left())


def test_the_page_names_what_is_written(made: dict[tuple[str, str], Exported], tmp_path: Path) -> None:
    """Each term in the table of what becomes what occurs in a file of its format."""
    few = exchange.framework(small(tmp_path), ID + "small")
    columns = {1: ("case-1.0", "case-1.1"), 2: ("ctdl-asn",), 3: ("skos",)}
    table = (ROOT / "docs/exchange.md").read_text().partition("## What becomes what\n\n")[2].partition("\n\n")[0]
    found = 0
    for row in table.splitlines()[2:]:
        cells = row.strip("|").split("|")
        for column, formats in columns.items():
            for term in re.findall(r"`([^`]+)`", cells[column]):
                text = "".join(text_of(exchange.FORMATS[format_](few)) for format_ in formats)
                text += "".join(text_of(exported) for (_, format_), exported in made.items() if format_ in formats)
                assert term in text, term
                found += 1
    assert found > 50


def test_one_file_goes_to_standard_output_and_the_report_to_standard_error(
    made: dict[tuple[str, str], Exported],
) -> None:
    done = run("export", "it-services", "--to", "case-1.1")
    assert done.returncode == 0 and done.stdout == text_of(made["it-services", "case-1.1"])
    assert done.stderr.startswith("it-services in case-1.1: ")
    report = run("export", "IT Services Core Competencies", "--to", "case-1.1", "--report")
    assert report.stdout == done.stderr and report.stderr == ""


def test_a_folder_gets_the_files_and_the_report(made: dict[tuple[str, str], Exported], tmp_path: Path) -> None:
    done = run("export", "it-services", "--to", "skos", "--out", str(tmp_path / "new/folder"))
    assert done.returncode == 0 and done.stdout == ""
    exported = made["it-services", "skos"]
    assert (tmp_path / "new/folder/it-services.skos.ttl").read_text() == text_of(exported)
    kind, relation, number, why = exported.losses[0]
    table = (tmp_path / "new/folder/it-services.skos.losses.tsv").read_text().splitlines()
    assert table[:2] == ["kind\trelation\tnumber\treason", f"{kind}\t{relation}\t{number}\t{why}"]
    assert len(table) == len(exported.losses) + 1


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "it-services.skos.ttl").write_text("mine")
    done = run("export", "it-services", "--to", "skos", "--out", str(tmp_path))
    assert done.returncode == 1 and "it-services.skos.ttl: is already there" in done.stderr
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]
    done = run("export", "it-services", "--to", "skos", "--out", str(tmp_path / "it-services.skos.ttl/below"))
    assert done.returncode == 1 and "can't be written" in done.stderr


def test_nodes_without_names_are_refused(tmp_path: Path) -> None:
    space = small(tmp_path)
    path = tmp_path / "data/small.ttl"
    path.write_text(path.read_text() + "\nsmall:tact skos:related [] .\n")
    found = exchange.contents(space)
    for export in (exchange.FORMATS[format_] for format_ in TEXT_FORMATS):
        with pytest.raises(ExchangeError, match=r"small holds a node without a name, in .*tact.*: give it an IRI"):
            export(found[f"{ID}small"])
    assert exchange.FORMATS["skos"](found[f"{ID}it-services"]).carried > 200


def test_what_is_no_framework_is_refused() -> None:
    done = run("export", "Thoroughness", "--to", "skos")
    assert done.returncode == 1 and "No framework is called 'Thoroughness'" in done.stderr and done.stdout == ""


def test_a_restricted_framework_is_exported_with_a_warning(tmp_path: Path) -> None:
    small(tmp_path)
    path = tmp_path / "data/small.ttl"
    path.write_text(path.read_text().replace("    dcterms:source source:small ;", "    cg:publication cg:Restricted ;"))
    done = run("export", "small", "--to", "skos", "--workspace", str(tmp_path))
    assert done.returncode == 0 and "Small is marked cg:Restricted" in done.stderr
    open_one = run("export", "it-services", "--to", "skos", "--workspace", str(tmp_path))
    assert "Restricted" not in open_one.stderr


def test_two_frameworks_in_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    text = f"<{ID}a> a <{CG}Framework> . <{ID}b> a <{CG}Framework> ."
    (tmp_path / "data/both.ttl").write_text(text)
    with pytest.raises(ExchangeError, match="give each framework a file of its own"):
        exchange.framework(Workspace((ROOT, tmp_path)), f"{ID}a")
