"""benchmarks: what is generated is a workspace like any other, and the same every time."""

import re
from pathlib import Path
from shutil import copy, copytree

import pytest
from benchmarks.generate import generate
from benchmarks.publish import published
from benchmarks.reconcile import speed

from compgraph.graph import open_graph
from compgraph.store import Table
from compgraph.terms import ASSERTED_GRAPH
from compgraph.validate import check
from compgraph.workspace import find

COUNT = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{ASSERTED_GRAPH}> {{ ?s ?p ?o }} }}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A small generated workspace, and how many triples it says it makes."""
    folder = tmp_path_factory.mktemp("benchmarks") / "made"
    return folder, generate(folder, 5_000)


def test_it_keeps_every_rule(made: tuple[Path, int]) -> None:
    assert check(find(made[0], bundled=False)).findings == ()


def test_it_says_how_many_triples_it_makes(made: tuple[Path, int], tmp_path: Path) -> None:
    for part in ("ontology", "queries"):
        copytree(made[0] / part, tmp_path / part)
    counts = []
    for folder in (made[0], tmp_path):
        with open_graph(folder, bundled=False) as graph:
            answer = graph.sparql(COUNT)
            assert isinstance(answer, Table)
            counts.append(int(str(answer.values()[0]["n"])))
    assert counts[0] - counts[1] == made[1] >= 5_000


def test_a_publication_is_measured(made: tuple[Path, int], tmp_path: Path) -> None:
    copytree(made[0] / "ontology", tmp_path / "made/ontology")
    (tmp_path / "made/data").mkdir()
    copy(made[0] / "data/f00000.ttl", tmp_path / "made/data")
    site = tmp_path / "site"
    found = published(site, "--workspace", str(tmp_path / "made"), "--no-bundled")
    assert found.pages == len(list(site.rglob("*.html"))) > 100
    assert found.files > 5 * found.pages
    assert found.triples > 1_000
    assert found.seconds > 0
    assert 20 < found.megabytes < 2_000


def test_the_seed_decides(made: tuple[Path, int], tmp_path: Path) -> None:
    generate(tmp_path / "same", 5_000)
    generate(tmp_path / "other", 5_000, seed=1)
    for path in sorted(made[0].rglob("data/**/*.*")):
        assert path.read_bytes() == (tmp_path / "same" / path.relative_to(made[0])).read_bytes()
    file = "data/f00000.ttl"
    assert (made[0] / file).read_bytes() != (tmp_path / "other" / file).read_bytes()


def test_the_time_of_a_name_is_told() -> None:
    told = list(speed(5_000, lengths=(10,)))
    assert re.fullmatch(r"\d,\d{3} triples, \d+ competencies", told[0])
    assert re.fullmatch(r" +10 names: \d+\.\d ms each", told[1])
