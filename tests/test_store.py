"""store: the snapshot, and queries that can be ended."""

import http.server
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from compgraph.errors import QueryError
from compgraph.graph import Graph, open_graph
from compgraph.store import Table, Triples
from compgraph.terms import CG, ID
from tests.small_workspace import FRAMEWORK, count, write

# Nine variables and no join: more rows than any machine counts in our time.
CROSS_JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?f && ?c != ?i) }"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write(tmp_path / "space")


@pytest.fixture
def small(workspace: Path) -> Iterator[Graph]:
    with open_graph(workspace, bundled=False) as opened:
        yield opened


def test_the_default_graph_is_a_set(workspace: Path) -> None:
    """pyoxigraph's union of graphs would count a triple that stands in two graphs twice."""
    (workspace / "data/again.trig").write_text(f"<urn:g> {{ <{ID}x/one> a <{CG}Competency> }}")
    with open_graph(workspace, bundled=False) as graph:
        assert count(graph, f"<{ID}x/one> a cg:Competency") == 1
        assert count(graph, f"<{ID}x/one> a cg:Competency", asserted=True) == 1
        assert count(graph, f"GRAPH ?g {{ <{ID}x/one> a cg:Competency }} FILTER (STRSTARTS(STR(?g), 'urn:g'))") == 1
        assert count(graph, f"GRAPH <{ID}x> {{ <{ID}x/one> a cg:Competency }}") == 1


def test_asserted_and_inferred_are_told_apart(small: Graph) -> None:
    pattern = f"<{ID}x/one> a skos:Concept"
    assert (count(small, pattern), count(small, pattern, asserted=True)) == (1, 0)
    assert count(small, f"GRAPH <https://w3id.org/compgraph/graph/inferred> {{ {pattern} }}") == 1


def test_answers_by_query_form(small: Graph) -> None:
    assert small.sparql("ASK { id:x a cg:Framework }") is True
    assert small.sparql("ASK { id:x a cg:Level }") is False
    triples = small.sparql("CONSTRUCT WHERE { id:x a cg:Framework }")
    assert isinstance(triples, Triples) and triples.text == f"<{ID}x> <{_RDF_TYPE}> <{CG}Framework> .\n"
    table = small.sparql("SELECT ?label ?none { x:two skos:altLabel ?label }")
    assert isinstance(table, Table) and table.rows[0][0] == ("literal", "Zwei", "de", None) and table.rows[0][1] is None


_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * {\n ?s ?p\n}", "line 3, column 2: the query is no SPARQL 1.1 here"),
        ("SELECT * { ?s nope:x ?o }", "line 1, column .*: the query is no SPARQL 1.1 here"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT would change data; the graph is only read"),
        (
            "SELECT *\n{ ?s a cg:Competncy }",
            r"line 2: cg:Competncy is no term of the ontology\. Did you mean cg:Competency",
        ),
        (f"ASK {{ ?s <{CG}inClustr> 'cg:Nothing' }} # cg:Nothing", "cg:inClustr is no term .* cg:inCluster"),
        ("PREFIX a: <b>\n# SELECT\nDELETE WHERE { ?s ?p ?o }", "DELETE would change data"),
    ],
)
def test_a_wrong_query_is_told_with_its_place(small: Graph, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        small.sparql(query)
    assert small.sparql("ASK {}") is True


def test_a_slow_query_ends_at_its_limit(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"took more than 0\.5 s and was stopped"):
        graph.sparql(CROSS_JOIN, timeout=0.5)
    assert graph.sparql("ASK {}") is True


def test_a_query_that_eats_memory_is_ended(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compgraph.store.queries.MEMORY", 300 * 2**20)
    with open_graph() as fresh, pytest.raises(QueryError, match="GiB of memory"):
        fresh.sparql("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f")


def test_no_query_calls_another_server(small: Graph) -> None:
    calls: list[str] = []

    class Endpoint(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815  (the name is http.server's)

    with http.server.HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        for query in (
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ sErViCe\nSILENT <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ VALUES ?s {{ <{address}> }} # comment\n SERVICE ?s {{ ?s ?p ?o }} }}",
            f"SELECT * {{ ?x skos:prefLabel '''a ' b'''. SERVICE<{address}>{{ ?s ?p ?o }} }}",
            f"SELECT * {{ ?x <p\\u0020q> 1}} SERVICE <{address}>",
            # Signs that the engine reads in another way than the grammar's tokens.
            f"PREFIX x: <http://x/> SELECT * {{ OPTIONAL {{ x:a\\' ?p ?o }} SERVICE <{address}> {{ ?s ?q ?r }} "
            "OPTIONAL { x:b\\' ?p ?o2 FILTER(?o = 'x') } }",
            f"SELECT * {{ BIND(1 AS ?a) FILTER(?a<#>'''\n 2) SERVICE <{address}> {{ ?s ?p ?o }} #'''\n}}",
            f"SELECT * {{ BIND(1 AS ?a) FILTER(?a<#>'''\n 2) OPTIONAL {{ <http://x#y> ?p ?o }} "
            f"SERVICE <{address}> {{ ?s ?q ?r }} #'''\n}}",
        ):
            with pytest.raises(QueryError, match=r"SERVICE would call another server|no SPARQL"):
                small.sparql(query)
        answer = small.sparql(f"SELECT * FROM <{address}> {{ ?s ?p ?o }}")
        assert isinstance(answer, Table) and not answer.rows
        server.shutdown()
    assert calls == []


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?service ?p 'SERVICE' }",
        'ASK { ?s <urn:SERVICE> "SERVICE { }" } # SERVICE',
        "ASK { ?s x:SERVICE '''it's a SERVICE'''@en }",
    ],
)
def test_the_word_alone_is_no_call(small: Graph, query: str) -> None:
    assert small.sparql(query) is False


@pytest.mark.parametrize(
    "query",
    [
        "ASK { x:two.with.dots skos:prefLabel ?label }",
        "ASK { VALUES (?x) { (x:two.with.dots) } ?x skos:prefLabel 'x:a.b.c'@en}",
        "ASK { ?x skos:prefLabel ?label . FILTER (?x = x:two.with.dots)}",
        "ASK { ?s ?p x:two.with.dots. ?s ?p ?o . }",
        "ASK { x:two\\.with.dots ?p ?o }",
    ],
)
def test_identifiers_with_two_dots_can_be_written(workspace: Path, query: str) -> None:
    more = 'x:two.with.dots skos:prefLabel "x:a.b.c"@en ; skos:related x:two.with.dots .'
    (workspace / "data/x.ttl").write_text(FRAMEWORK + more)
    with open_graph(workspace, bundled=False) as graph:
        assert graph.sparql(query) is True


def test_no_query_reads_a_file(small: Graph, tmp_path: Path) -> None:
    (tmp_path / "secret.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    answer = small.sparql(f"SELECT * FROM <{(tmp_path / 'secret.ttl').as_uri()}> {{ ?s ?p ?o }}")
    assert isinstance(answer, Table) and not answer.rows


def test_the_reference_reasoner_draws_the_same_conclusions(workspace: Path, small: Graph) -> None:
    def everything(graph: Graph) -> list[str]:
        answer = graph.sparql("CONSTRUCT WHERE { ?s ?p ?o }")
        assert isinstance(answer, Triples)
        return sorted(line for line in answer.text.splitlines() if "_:" not in line)

    with open_graph(workspace, bundled=False, reasoner="owlrl") as reference:
        assert everything(reference) == everything(small)


# Processes.

Command = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(workspace: Path, tmp_path: Path) -> Iterator[Command]:
    """Starts compgraph as a user would, with an empty cache of its own."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "compgraph", "--workspace", str(workspace), *arguments],
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


ASK = ("sparql", "ASK { id:x a cg:Framework }")


def test_two_first_runs_at_once_both_answer(start: Command) -> None:
    first, second = start(*ASK), start(*ASK)
    assert (first.communicate()[0], second.communicate()[0]) == ("true\n", "true\n")


@pytest.mark.parametrize("moment", [0.05, 0.15, 0.25, 0.35, 0.5, 0.7])
def test_a_kill_while_building_leaves_the_next_run_working(start: Command, moment: float) -> None:
    process = start(*ASK)
    time.sleep(moment)
    process.kill()
    process.wait()
    assert start(*ASK).communicate()[0] == "true\n"


def _children(process: "subprocess.Popen[str]") -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(number) for number in listed.split()]


def _busy(start: Command) -> "tuple[subprocess.Popen[str], int]":
    """A run in the middle of a query that would not end, and the process of the query."""
    start(*ASK).communicate()
    process = start("sparql", CROSS_JOIN)
    for _ in range(200):
        if children := _children(process):
            time.sleep(0.3)
            return process, children[0]
        time.sleep(0.02)
    raise AssertionError("the query never began")


def _is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks at processes in /proc (Linux)")


@needs_proc
def test_ctrl_c_ends_a_query(start: Command) -> None:
    """How soon: benchmarks/stopping.py. Left alone, the query would run for hours."""
    process, query = _busy(start)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130 and errors == "Error: Stopped before the end; nothing was changed.\n"
    assert not _is_alive(query)


@needs_proc
def test_a_query_does_not_outlive_the_run_that_asked(start: Command) -> None:
    process, query = _busy(start)
    process.kill()
    process.wait()
    for _ in range(100):
        if not _is_alive(query):
            return
        time.sleep(0.02)
    raise AssertionError(f"process {query} still runs")
