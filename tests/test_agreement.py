"""benchmarks/agreement.py: what two readers judged, how far they agree, and the confidence that follows."""

import csv
import math
from pathlib import Path

import pytest
from benchmarks.agreement import NONE_FOUND, agreement, agreement_case, read_pass

from compgraph.errors import FileError
from compgraph.load import read_mappings
from tests.test_mappings import MAPPINGS, PAIRS, PASSES


@pytest.mark.parametrize("pair", PAIRS)
def test_confidence_follows_from_agreement(pair: str) -> None:
    with (PASSES / "confidence.tsv").open(newline="") as file:
        table = {row["case"]: row["confidence"] for row in csv.DictReader(file, delimiter="\t")}
    first, second = (read_pass(PASSES / f"{pair}.{reader}.tsv") for reader in (1, 2))
    for row in read_mappings(MAPPINGS / f"{pair}.sssom.tsv").rows:
        case = agreement_case(first, second, (row["subject_id"], row["object_id"]), row["predicate_id"])
        assert row["confidence"] == table[case], row["record_id"]


def test_agreement_and_kappa() -> None:
    cells = [("a:1", "b:1"), ("a:1", "b:2"), ("a:2", "b:1"), ("a:2", "b:2")]
    first = {("a:1", "b:1"): "close", ("a:2", "b:2"): "broad", ("a:9", NONE_FOUND): "none"}
    second = {("a:1", "b:1"): "close", ("a:1", "b:2"): "broad"}
    found = agreement(first, second, cells)
    assert (found.cells, found.same, found.both_link, found.either_links) == (4, 2, 1, 3)
    # By chance: close 1/4 * 1/4, broad 1/4 * 1/4, none 2/4 * 2/4.
    by_chance = (1 + 1 + 4) / 16
    assert math.isclose(found.kappa, (0.5 - by_chance) / (1 - by_chance))
    assert agreement(first, first, cells).kappa == 1.0
    assert agreement({}, {}, cells).kappa == 1.0


@pytest.mark.parametrize(
    ("first", "second", "settled", "case"),
    [
        ("close", "close", "close", "both"),
        ("close", "broad", "broad", "both, settled on one"),
        ("close", "broad", "related", "both, settled on a third"),
        ("close", None, "close", "one"),
        (None, None, "close", "neither"),
    ],
)
def test_cases_of_agreement(first: str | None, second: str | None, settled: str, case: str) -> None:
    given = [{("a", "b"): predicate} if predicate else {} for predicate in (first, second)]
    assert agreement_case(given[0], given[1], ("a", "b"), settled) == case


def test_cases_of_none_found() -> None:
    ends = ("a", NONE_FOUND)
    assert agreement_case({ends: "m"}, {ends: "m"}, ends, "m") == "none, both"
    assert agreement_case({ends: "m"}, {}, ends, "m") == "none, one"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("subject_id\tobject_id\na\tb\n", "1: has no column predicate_id: name it"),
        ("", "1: has no column subject_id, predicate_id, object_id"),
        ("subject_id\tpredicate_id\tobject_id\na\t\tb\n", "2: has an empty cell"),
        ("subject_id\tpredicate_id\tobject_id\na\tp\n", "2: has an empty cell"),
        ("subject_id\tpredicate_id\tobject_id\na\tp\tb\na\tq\tb\n", "3: .* its ends stand in another row"),
    ],
)
def test_a_pass_that_is_wrong_is_told(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "a--b.1.tsv"
    path.write_text(text)
    with pytest.raises(FileError, match=f"1.tsv:{problem}"):
        read_pass(path)
