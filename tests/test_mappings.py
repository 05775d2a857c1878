"""mappings: both sides of every pair looked at, by two readers, and as sure as the table says."""

import csv
import itertools
import warnings
from pathlib import Path

import pytest
import sssom_pydantic

from compgraph.graph import Graph
from compgraph.load import MappingSet, read_mappings
from compgraph.mappings import pairs
from compgraph.store import Table
from compgraph.tidy import sssom_text
from tests.conftest import ROOT

MAPPINGS = ROOT / "data/mappings"
PASSES = MAPPINGS / "passes"
NAMES = sorted(path.stem for path in (ROOT / "data").glob("*.ttl"))
PAIRS = [f"{one}--{other}" for one, other in itertools.combinations(NAMES, 2)]
by_pair = pytest.mark.parametrize("pair", PAIRS)


def _set(pair: str) -> MappingSet:
    return read_mappings(MAPPINGS / f"{pair}.sssom.tsv")


def test_every_pair_has_its_three_files_and_no_file_is_left_over() -> None:
    assert len(PAIRS) == 10
    expected = {f"{pair}.sssom.tsv" for pair in [*PAIRS, "california--california"]}
    assert {path.name for path in MAPPINGS.glob("*.tsv")} == expected
    expected = {f"{pair}.{reader}.tsv" for pair in PAIRS for reader in (1, 2)} | {"confidence.tsv"}
    assert {path.name for path in PASSES.iterdir()} == expected


def test_nothing_is_left_as_not_looked_at(graph: Graph) -> None:
    found = pairs(graph.store)
    assert len(found) == len(PAIRS)
    for pair in found:
        for side in pair.sides:
            assert side.not_looked_at == 0, side
            assert side.mapped + side.none_found > 0


def test_the_page_has_the_table_as_it_is() -> None:
    page = (ROOT / "docs/mapping-method.md").read_text()
    with (PASSES / "confidence.tsv").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 6
    for row in rows:
        assert f"| {row['case']} | {row['confidence']} | {row['meaning']} |\n" in page


@by_pair
def test_labels_are_those_of_the_data(pair: str, graph: Graph) -> None:
    for row in _set(pair).rows:
        for end in ("subject", "object"):
            if label := row.get(f"{end}_label"):
                node = graph.names.node(graph.names.resolve(row[f"{end}_id"]).iri)
                assert node is not None and node.label == label


@by_pair
def test_every_row_says_why(pair: str) -> None:
    for row in _set(pair).rows:
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert len(row["comment"].split()) >= 6, row["record_id"]


def test_none_found_gives_no_direct_triple(graph: Graph) -> None:
    pattern = "{ ?s skos:mappingRelation sssom:NoTermFound } UNION { sssom:NoTermFound skos:mappingRelation ?s }"
    answer = graph.sparql(f"SELECT ?s WHERE {{ {pattern} }}")
    assert isinstance(answer, Table) and not answer.rows


def test_what_another_writer_of_the_standard_writes_is_read_as_it_was(tmp_path: Path) -> None:
    path, theirs = tmp_path / "ours.sssom.tsv", tmp_path / "theirs.sssom.tsv"
    row = {"record_id": "a:r", "subject_id": "a:1", "predicate_id": "skos:closeMatch", "object_id": "a:2"}
    row |= {"mapping_justification": "semapv:ManualMappingCuration", "author_id": "a:x|a:y", "comment": 'one "two"'}
    header: dict[str, object] = {"mapping_set_id": "https://m.example/set", "license": "https://l.example/"}
    header |= {
        "creator_id": ["a:me"],
        "subject_preprocessing": ["semapv:Stemming", "a:other"],
        "curie_map": {"a": "https://a.example/"},
    }
    path.write_text(sssom_text(header, [row, row | {"record_id": "a:s", "object_id": "a:3"}]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mappings, converter, mapping_set = sssom_pydantic.read(path)
        sssom_pydantic.write(mappings, theirs, metadata=mapping_set, converter=converter)
    assert {*read_mappings(theirs).triples()} == {*read_mappings(path).triples()}


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.sssom.tsv")), ids=lambda path: path.stem)
def test_another_reader_of_the_standard_reads_every_row(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mappings, _, _ = sssom_pydantic.read(path)
    assert len(mappings) == len(read_mappings(path).rows)
