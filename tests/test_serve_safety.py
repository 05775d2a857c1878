"""serve under attack: what is refused, what is ended, and what nobody else notices."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from compgraph.errors import QueryError
from compgraph.serve import Limits, Source, application
from compgraph.store.tokens import from_clauses, prepared
from tests.serving import HOST, client

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c < ?f && ?f < ?i) }"
LIMITS = Limits(seconds=1.5, memory=1024 * 2**20, processes=4, waiting_seconds=1.0, validation_seconds=60)


@pytest.fixture(scope="module")
def web() -> Iterator[TestClient]:
    with client(LIMITS) as opened:
        yield opened


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """An address on this machine, and who came to it."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.05)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    connection, address = door.accept()
                except TimeoutError:
                    continue
                connection.close()
                came.append(address)

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/x", came
        ended.set()
        thread.join()


def _ask(web: TestClient, query: str) -> tuple[int, str]:
    found = web.post("/sparql", data={"query": query})
    return found.status_code, found.text if found.status_code == 200 else found.json()["detail"]


SERVICES = {
    "plainly": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "in lower case": "SELECT * { service silent<URL>{ ?s ?p ?o } }",
    "behind a comment": "SELECT * { SERVICE # {\n <URL> # {\n { ?s ?p ?o } }",
    "by a variable": "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "by a prefix": "PREFIX u: <URL> SELECT * { SERVICE u: { ?s ?p ?o } }",
    "within a name": "PREFIX x: <http://x/> SELECT * { OPTIONAL { x:a\\' ?p ?o } SERVICE <URL> { ?s ?q ?r } "
    "OPTIONAL { x:b\\' ?p ?o2 FILTER(?o = 'x') } }",
    "between signs that may be an IRI": "SELECT * { BIND(1 AS ?a) FILTER(?a<#>'''\n 2) SERVICE <URL> { ?s ?p ?o } "
    "#'''\n}",
    "and between both": "SELECT * { BIND(1 AS ?a) FILTER(?a<#>'''\n 2) OPTIONAL { <http://x#y> ?p ?o } SERVICE <URL> "
    "{ ?s ?q ?r } #'''\n}",
    "in escapes": "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
}


@pytest.mark.parametrize("query", SERVICES.values(), ids=SERVICES)
def test_no_query_reaches_another_server(web: TestClient, listener: tuple[str, list[object]], query: str) -> None:
    address, came = listener
    status, detail = _ask(web, query.replace("URL", address))
    assert status == 400
    assert "SERVICE would call another server" in detail or "no SPARQL 1.1" in detail
    time.sleep(0.1)
    assert came == []


def test_a_word_is_no_call() -> None:
    for query in (
        "SELECT * { ?s skos:prefLabel 'Customer Service and Satisfaction'@en }",
        "SELECT * { ?service ?p <http://example.org/service> } # service",
        "PREFIX service: <http://x/> SELECT * { service:a ?p 'the service of it {' }",
    ):
        assert prepared(query)[0] == query
    with pytest.raises(QueryError, match="line 2"):
        prepared("SELECT * {\nSERVICE <http://x/> {} }")


FROMS = {
    "a file": "file:///etc/passwd",
    "a file in capitals": "FILE:///etc/passwd",
    "the web": "http://127.0.0.1:9/",
    "a relative address": "../../../etc/passwd",
}


@pytest.mark.parametrize("iri", FROMS.values(), ids=FROMS)
def test_no_graph_is_fetched(web: TestClient, iri: str) -> None:
    for clause in (f"FROM <{iri}>", f"FROM NAMED <{iri}>", f"from\n# <a:b>\nnamed<{iri}>"):
        status, detail = _ask(web, f"SELECT * {clause} {{ ?s ?p ?o }}")
        assert status == 400
        assert "no such graph is here" in detail or "No file is ever read" in detail
    if "file" in iri.lower() or iri.startswith("."):
        for name in ("default-graph-uri", "named-graph-uri"):
            assert web.get("/sparql", params={"query": "ASK {}", name: iri}).status_code == 400


def test_graphs_are_known_by_their_prefixes() -> None:
    told = "PREFIX F: <file:///etc/> SELECT * FROM F:passwd FROM NAMED known:x { ?from ?named <a:b> }"
    assert list(from_clauses(told, prefixes={"known": "http://k/"})) == ["file:///etc/passwd", "http://k/x"]
    assert list(from_clauses("SELECT * FROM <http://[> {}", prefixes={}, base="http://x/")) == ["http://["]


def test_no_remote_context_is_fetched(web: TestClient, listener: tuple[str, list[object]]) -> None:
    address, came = listener
    documents = {
        "application/ld+json": json.dumps({"@context": address, "@id": "a:b", "a:c": "d"}),
        "application/rdf+xml": f'<!DOCTYPE r [<!ENTITY x SYSTEM "{address}">]><r>&x;</r>',
    }
    for kind, document in documents.items():
        found = web.post("/api/validate", content=document, headers={"Content-Type": kind})
        assert "File-readable" in found.json()["findings"][0]["rule"]
    assert came == []


def test_no_file_is_read_through_a_document(web: TestClient) -> None:
    entity = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
    found = web.post("/api/validate", content=entity, headers={"Content-Type": "application/rdf+xml"})
    assert "root:" not in found.text and "none is read" in found.json()["findings"][0]["wrong"]


UPDATES = ["INSERT DATA { <a:a> <a:b> <a:c> }", "LOAD <file:///etc/passwd>", "DROP ALL", "DELETE WHERE { ?s ?p ?o }"]


@pytest.mark.parametrize("update", UPDATES)
def test_nothing_can_be_written(web: TestClient, update: str) -> None:
    assert _ask(web, update)[0] == 400
    for sent in (
        {"content": update, "headers": {"Content-Type": "application/sparql-update"}},
        {"data": {"update": update}},
    ):
        refused = web.post("/sparql", **sent)
        assert refused.status_code == 403 and "only reads" in refused.json()["detail"]
    assert web.get("/sparql", params={"update": update}).status_code == 403


def test_a_slow_query_is_ended_and_nobody_waits_for_it(web: TestClient) -> None:
    quick = "/sparql?query=ASK%7B%7D"
    with ThreadPoolExecutor(4) as others:
        begun = time.monotonic()
        slow = [others.submit(_ask, web, ENDLESS) for _ in range(3)]
        time.sleep(0.3)
        waited = []
        for path in (quick, quick, "/api/questions/becomes?competency=Thoroughness", "/api/names?start=Tho"):
            before = time.monotonic()
            assert web.get(path).status_code == 200
            waited.append(time.monotonic() - before)
        assert not any(each.done() for each in slow), "the slow queries were to be under way"
        for each in slow:
            status, detail = each.result()
            assert (status, "more than 1.5 s" in detail) == (503, True), detail
        assert time.monotonic() - begun < 30
    assert max(waited) < 1.5


def test_too_many_queries_are_told_to_come_again(web: TestClient) -> None:
    with ThreadPoolExecutor(8) as others:
        slow = [others.submit(web.post, "/sparql", data={"query": ENDLESS}) for _ in range(8)]
        told = [each.result() for each in slow]
        assert {each.status_code for each in told} == {503}
        busy = [each for each in told if "no more may" in each.json()["detail"]]
        assert len(busy) == 4 and all(each.headers["retry-after"] == "2" for each in busy)
    assert _ask(web, "ASK {}")[0] == 200


def test_explanations_wait_in_turn_and_hinder_nobody(web: TestClient) -> None:
    """One at a time asks the graph itself, a few wait for it, and the others are told to come again."""
    pair = {"one": "Thoroughness", "other": "michigan:leadership"}
    with ThreadPoolExecutor(16) as others:
        asked = [others.submit(web.get, "/explain.html", params=pair) for _ in range(16)]
        begun = time.monotonic()
        assert _ask(web, "ASK {}")[0] == 200
        assert time.monotonic() - begun < 1.5
        told = [each.result() for each in asked]
    assert {each.status_code for each in told} == {200, 503}
    assert all(each.headers["retry-after"] == "2" for each in told if each.status_code == 503)
    assert web.get("/explain.html", params=pair).status_code == 200


HUGE = {
    "rows": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "triples": "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }",
    "one value": "SELECT ?x { { SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x) { ?a ?b ?c . ?d ?e ?f } } }",
    "values that grow": "SELECT ?z { BIND(REPLACE('" + "a" * 1000 + "', 'a', '" + "b" * 1000 + "') AS ?x) "
    "BIND(REPLACE(?x, 'b', '" + "c" * 1000 + "') AS ?y) BIND(REPLACE(?y, 'c', '" + "d" * 1000 + "') AS ?z) }",
    "a sort": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c",
}


@pytest.mark.parametrize("query", HUGE.values(), ids=HUGE)
def test_huge_answers_are_ended(web: TestClient, query: str) -> None:
    begun = time.monotonic()
    status, detail = _ask(web, query)
    assert status in (400, 503), detail[:100]
    assert any(sign in detail for sign in ("Add LIMIT", "of memory", "more than 1.5 s"))
    assert time.monotonic() - begun < 20
    assert _ask(web, "ASK {}")[0] == 200


DEEP: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "SELECT * " + "{" * n + "}" * n,
    "brackets": lambda n: "SELECT * { FILTER(" + "(" * n + "1" + ")" * n + ") }",
    "unions": lambda n: "SELECT * {" + " UNION ".join(["{ ?s a cg:Framework }"] * n) + "} LIMIT 1",
    "negations": lambda n: "SELECT * { FILTER(" + "!" * n + "true) }",
    "paths": lambda n: "SELECT * { ?s " + "/".join(["<a:b>"] * n) + " ?o }",
    "exists": lambda n: "SELECT * {" + "FILTER EXISTS {" * n + "}" * n + "}",
    "lists": lambda n: "SELECT * { ?s ?p " + "(" * n + ")" * n + " }",
    "sums": lambda n: "SELECT (" + "+".join(["1"] * n) + " AS ?n) {}",
}


@pytest.mark.parametrize("size", [1_000, 4_000])
@pytest.mark.parametrize("kind", DEEP)
def test_deep_and_long_queries_bring_nothing_down(web: TestClient, kind: str, size: int) -> None:
    status, detail = _ask(web, DEEP[kind](size))
    assert status in (200, 400, 413, 503), detail[:200]
    assert "fault of the server" not in detail
    assert _ask(web, "ASK {}") == (200, '{"head":{},"boolean":true}')


@pytest.mark.parametrize(
    "odd", ["\0", "\ud7ff\uffff", "<", "'", '"""', "\\", "%", "{" * 50, "\r\n\r\n", "🙈" * 10, "\u202e"]
)
def test_odd_text_is_an_error_of_the_client(web: TestClient, odd: str) -> None:
    assert _ask(web, f"SELECT * {{ {odd}")[0] == 400
    for path in ("/api/questions/becomes", "/api/names"):
        assert web.get(path, params={"competency": odd, "start": odd}).status_code in (200, 400)


def test_huge_bodies_are_not_taken(web: TestClient) -> None:
    query = {"Content-Type": "application/sparql-query"}
    assert web.post("/sparql", content=b"#" * 100_001, headers=query).status_code == 413
    assert web.post("/sparql", content=iter([b"#" * 60_000] * 1_000), headers=query).status_code == 413
    assert web.post("/sparql", data={"query": "#" * 100_001}).status_code == 413
    turtle = {"Content-Type": "text/turtle"}
    assert web.post("/api/validate", content=b"#" * 2_000_001, headers=turtle).status_code == 413
    assert web.post("/sparql", data={f"x{each}": "" for each in range(200)}).status_code == 400
    for length in (2_000_001, 6_000_001):
        document = {"kind": "text/turtle", "document": "#" * length}
        assert web.post("/validate.html", data=document).status_code == 413


def test_nothing_is_decompressed(web: TestClient) -> None:
    form = "application/x-www-form-urlencoded"
    for path, kind in (
        ("/sparql", "application/sparql-query"),
        ("/api/validate", "text/turtle"),
        ("/validate.html", form),
    ):
        headers = {"Content-Type": kind, "Content-Encoding": "gzip"}
        refused = web.post(path, content=b"\x1f\x8b bomb", headers=headers)
        assert refused.status_code == 415 and "compressed" in refused.text


BOMBS = {
    "entities": (
        "application/rdf+xml",
        "<!DOCTYPE r ["
        + '<!ENTITY a0 "ha">'
        + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
        + "]><r>&a12;</r>",
    ),
    "brackets": ("application/ld+json", "[" * 500_000),
    "lists": ("text/turtle", "<a:b> <a:c> " + "(" * 500_000),
}


@pytest.mark.parametrize(("kind", "document"), BOMBS.values(), ids=BOMBS)
def test_documents_that_grow_are_refused(web: TestClient, kind: str, document: str) -> None:
    found = web.post("/api/validate", content=document, headers={"Content-Type": kind})
    assert found.status_code in (200, 503), found.text[:200]
    if found.status_code == 200:
        assert found.json()["findings"]


def test_validation_that_takes_too_long_is_ended() -> None:
    with client(LIMITS._replace(validation_seconds=0.2)) as impatient:
        found = impatient.post("/api/validate", content="<a:b> <a:c> 1 .", headers={"Content-Type": "text/turtle"})
        assert found.status_code == 503 and "was stopped" in found.json()["detail"]


@pytest.mark.parametrize(
    ("worker", "status", "detail"),
    [
        ("""print('{"problem": "The shapes cannot be run."}')""", 500, "The shapes cannot be run."),
        ("import sys; sys.exit('a bug of ours')", 500, "fault of the server"),
        ("raise MemoryError", 503, "too much memory"),
        ("import os; os.abort()", 503, "too much memory"),
    ],
    ids=["shapes", "bug", "memory", "killed"],
)
def test_what_fails_is_not_laid_to_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worker: str, status: int, detail: str
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "worker.py").write_text(worker)
    monkeypatch.setattr("compgraph.serve.validation.WORKER", tmp_path / "worker.py")
    app = application(source=Source(tmp_path, bundled=False), limits=LIMITS)
    with TestClient(app, base_url=HOST, raise_server_exceptions=False) as served:
        found = served.post("/api/validate", content="<a:b> <a:c> 1 .", headers={"Content-Type": "text/turtle"})
    assert found.status_code == status and detail in found.json()["detail"]


def test_nothing_of_a_document_is_kept(web: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert web.post("/api/validate", content="secret", headers={"Content-Type": "text/turtle"}).status_code == 200
    assert list(tmp_path.iterdir()) == []


HOSTS = ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost@evil", "", "a\tb", "[::2]:8000"]


@pytest.mark.parametrize("host", HOSTS)
def test_other_hosts_are_refused(web: TestClient, host: str) -> None:
    found = web.get("/", headers={"Host": host})
    assert found.status_code == 421 and "evil" not in found.text
    assert found.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]", "[::1]:8000"])
def test_this_machine_s_own_names_are_taken(web: TestClient, host: str) -> None:
    assert web.get("/", headers={"Host": host}).status_code == 200


PATHS = [
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/api/questions/..%2f..%2fpyproject.toml",
    "//etc/passwd",
    "/api/questions/%00",
    "/sparql/../data/california.ttl",
    "/api/questions/becomes%2f.csv",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(web: TestClient, path: str) -> None:
    found = web.get(path)
    assert found.status_code == 404 and "root:" not in found.text and "[project]" not in found.text


SCRIPT = "<script>alert(1)</script>"


SHOWN = [
    ("/sparql", {"query": f"SELECT ('{SCRIPT}' AS ?x) {{}}"}),
    ("/sparql", {"query": SCRIPT}),
    ("/sparql.html", {"query": f"SELECT ('{SCRIPT}' AS ?x) {{}}"}),
    ("/sparql.html", {"query": f"CONSTRUCT {{ <a:b> <a:c> '{SCRIPT}' }} {{}}"}),
    ("/sparql.html", {"query": f"SELECT * {{ </textarea>{SCRIPT}"}),
    ("/sparql.html", {"example": SCRIPT}),
    ("/search.html", {"q": f'"{SCRIPT}'}),
    ("/compare.html", {"one": SCRIPT, "other": f'">{SCRIPT}'}),
    ("/explain.html", {"one": SCRIPT, "other": f'">{SCRIPT}'}),
    ("/questions/becomes.html", {"competency": f'">{SCRIPT}'}),
    ("/questions/said-about.html", {"words": f'">{SCRIPT}'}),
    ("/questions/becomes.html", {"_data": SCRIPT}),
    ("/questions/becomes.html", {SCRIPT: SCRIPT}),
    ("/api/names", {"start": SCRIPT}),
    ("/api/questions/becomes", {"competency": SCRIPT, SCRIPT: SCRIPT}),
    (f"/api/questions/{SCRIPT}", {}),
    (f"/questions/{SCRIPT}.html", {}),
    (f"/doc/{SCRIPT}", {}),
    ("/api/questions/said-about", {"words": "x\r\nSet-Cookie: a=b\r\n\r\n" + SCRIPT}),
    ("/questions/said-about.html", {"words": "x\r\nSet-Cookie: a=b\r\n\r\n" + SCRIPT}),
]


@pytest.mark.parametrize("accept", ["text/html, */*;q=0.1", "*/*"])
@pytest.mark.parametrize(("path", "given"), SHOWN)
def test_no_script_is_run_and_no_header_made(web: TestClient, path: str, given: dict[str, str], accept: str) -> None:
    _is_harmless(web.get(path, params=given, headers={"Accept": accept}))


def test_no_script_of_a_document_is_run(web: TestClient) -> None:
    document = f'<a:b> a <https://w3id.org/compgraph/ns#Competency> ; <a:c> "</textarea>{SCRIPT}" ; <a:{SCRIPT}> 1 .'
    _is_harmless(web.post("/validate.html", data={"kind": "text/turtle", "document": document}))
    _is_harmless(web.post("/validate.html", data={"kind": SCRIPT, "document": SCRIPT}))


def _is_harmless(found: httpx2.Response) -> None:
    """Nothing of a client's is markup or a header, and a browser would run it in neither case."""
    assert found.headers["x-content-type-options"] == "nosniff"
    policy = found.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert "set-cookie" not in found.headers
    assert SCRIPT not in "".join(found.headers.values())
    if "html" in found.headers["content-type"]:
        assert SCRIPT not in found.text and "<script>alert" not in found.text
        assert "script-src 'self'" in policy


def test_each_answer_may_be_read_from_other_sites(web: TestClient) -> None:
    for path in ("/", "/nothing", "/sparql", "/sparql?query=ASK"):
        found = web.get(path, headers={"Origin": "https://example.org"})
        assert found.headers["access-control-allow-origin"] == "*"
        assert "ETag" in found.headers["access-control-expose-headers"]
        assert "access-control-allow-credentials" not in found.headers


def test_a_query_ends_when_its_client_goes(web: TestClient) -> None:
    """The process is killed, not left to its time limit."""
    from compgraph.graph import open_graph
    from compgraph.serve.bodies import while_there
    from compgraph.serve.problems import Problem
    from compgraph.store.pool import Pool
    from compgraph.store.queries import request

    class Gone:
        async def receive(self) -> dict[str, str]:
            await asyncio.sleep(0.5)
            return {"type": "http.disconnect"}

    async def ask() -> float:
        with open_graph() as graph:
            pool = Pool(graph.store.folder, most=1, memory=2**30)
            begun = time.monotonic()
            with pytest.raises(Problem, match="has gone"):
                asked = pool.ask(request(ENDLESS, prefixes=graph.store.prefixes), seconds=30)
                await while_there(Gone(), asked)  # type: ignore[arg-type]
            took = time.monotonic() - begun
            kind, _, body = await pool.ask(request("ASK {}", prefixes={}), seconds=30)  # there is room again
            assert (kind, body) == ("boolean", b'{"head":{},"boolean":true}')
            await pool.close()
            return took

    with ThreadPoolExecutor(1) as apart:  # a browser of other tests may hold the loop of this thread
        assert apart.submit(asyncio.run, ask()).result() < 10
