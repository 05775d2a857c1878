"""workspace: which files make up the graph, and which only look so."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from compgraph.cli import main
from compgraph.workspace import find

READ = ("ontology/o.ttl", "ontology/alignments.ttl", "data/x.jsonld", "data/sub/x.ttl", "data/a--b.sssom.tsv")
BESIDE = ("queries/q.rq", "shapes/s.ttl", "data/README.md", "data/mappings/passes/a--b.1.tsv", "data/.hidden.txt")
UNREAD = {
    "ontology/o.n3": "RDF ends in",
    "data/Fw.TTL": "small letters",
    "data/skills.xlsx": "compgraph import",
    "data/mappings/a--b.tsv": "end in .sssom.tsv",
    "queries/mine.sparql": "Questions end in .rq",
    "shapes/mine.rdf": "end in .ttl",
    "mappings/a--b.sssom.tsv": "stand in data/mappings/",
}


@pytest.fixture
def space(tmp_path: Path) -> Path:
    for name in (*READ, *BESIDE, *UNREAD):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "data/mappings/a--b.tsv").write_text("#mapping_set_id: https://m.example/set\n")
    return tmp_path


@pytest.mark.parametrize("bundled", [True, False])
def test_what_nothing_reads_is_known_with_what_to_do(space: Path, bundled: bool) -> None:
    found = {str(path.relative_to(space)): hint for path, hint in find(space, bundled=bundled).unread()}
    assert found.keys() == UNREAD.keys()
    assert all(UNREAD[name] in hint for name, hint in found.items())


@pytest.mark.parametrize("command", [["validate"], ["tidy", "--check"], ["publish", "SITE"]])
def test_what_nothing_reads_is_told(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes/mine.rdf").write_text("")
    told = [word.replace("SITE", str(tmp_path / "site")) for word in command]
    done = CliRunner().invoke(main, ["--workspace", str(tmp_path), "--no-bundled", *told])
    assert f"{tmp_path}/shapes/mine.rdf: nothing reads this file. Shapes are Turtle, and end in .ttl." in done.stderr
