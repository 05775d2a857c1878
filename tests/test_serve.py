"""serve: who asks how, and gets what."""

import csv
import io
import json
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from compgraph.graph import Graph
from compgraph.serve.negotiation import Format, chosen
from compgraph.serve.sparql import GRAPHS, TABLES
from tests.conftest import ROOT
from tests.serving import HOST, client

SELECT = "/sparql?query=" + quote("SELECT ?label { california:thoroughness skos:prefLabel ?label }")
ASK = "/sparql?query=" + quote("ASK { ?s ?p ?o }")
CONSTRUCT = "/sparql?query=" + quote("CONSTRUCT WHERE { california:thoroughness skos:prefLabel ?label }")
QUESTION = "/api/questions/becomes?competency=Thoroughness"
JSON_ROWS, XML_ROWS = "application/sparql-results+json", "application/sparql-results+xml"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
PROBLEM = "application/problem+json"
HTML = "text/html; charset=utf-8"


@pytest.fixture(scope="module")
def web() -> Iterator[TestClient]:
    with client() as opened:
        yield opened


# path, Accept, status, media type, what is in the body
TABLE = [
    ("/api", None, 200, "application/json", '"sparql": "http://localhost/sparql"'),
    ("/openapi.json", None, 200, "application/json", '"openapi": "3.1.0"'),
    ("/nothing", None, 404, HTML, "Nothing here"),
    ("/nothing", "application/json", 404, PROBLEM, "has this address"),
    ("/nothing", "image/png", 404, PROBLEM, "has this address"),
    ("/id/../../etc/passwd", None, 404, HTML, "Nothing here"),
    (SELECT, None, 200, JSON_ROWS, "Thoroughness"),
    (SELECT, "*/*", 200, JSON_ROWS, "Thoroughness"),
    (SELECT, "", 200, JSON_ROWS, "Thoroughness"),
    (SELECT, ";;;,/,q=", 406, PROBLEM, "text/csv"),
    (SELECT, BROWSER, 200, "application/xml", "<literal"),
    (SELECT, "application/*", 200, JSON_ROWS, "Thoroughness"),
    (SELECT, "text/*", 200, "text/csv; charset=utf-8", "label\r\nThoroughness\r\n"),
    (SELECT, "text/csv;q=0.5, text/tab-separated-values", 200, "text/tab-separated-values; charset=utf-8", "?label\n"),
    (SELECT, "*/*;q=0.1, application/sparql-results+xml", 200, XML_ROWS, "<literal"),
    (SELECT, "application/*, application/sparql-results+json;q=0.1", 200, XML_ROWS, "<literal"),
    (SELECT, "application/json", 200, "application/json", "Thoroughness"),
    (SELECT, "text/html", 406, HTML, "<code>text/csv</code>"),
    (SELECT, "text/turtle", 406, PROBLEM, "text/csv"),
    (SELECT, "*/*;q=0", 406, PROBLEM, "text/csv"),
    (SELECT + "&_mediatype=text/csv", "application/json", 200, "text/csv; charset=utf-8", "Thoroughness"),
    (SELECT + "&format=whatever&x=1", None, 200, JSON_ROWS, "Thoroughness"),
    (ASK, None, 200, JSON_ROWS, '"boolean":true'),
    (ASK, "application/sparql-results+xml", 200, XML_ROWS, "<boolean>true</boolean>"),
    (CONSTRUCT, None, 200, "text/turtle; charset=utf-8", '"Thoroughness"@en'),
    (CONSTRUCT, "application/ld+json", 200, "application/ld+json", "Thoroughness"),
    (CONSTRUCT, "application/rdf+xml", 200, "application/rdf+xml", "Thoroughness"),
    (CONSTRUCT, "application/n-triples", 200, "application/n-triples", '"Thoroughness"@en'),
    (CONSTRUCT, "text/n3", 200, "text/n3; charset=utf-8", '"Thoroughness"@en'),
    (CONSTRUCT, JSON_ROWS, 406, PROBLEM, "text/turtle"),
    (CONSTRUCT, f"{JSON_ROWS}, text/turtle;q=0.1", 200, "text/turtle; charset=utf-8", "Thoroughness"),
    ("/sparql?query=", None, 400, PROBLEM, '"column": 1'),
    ("/sparql?query=ASK{}&query=ASK{}", None, 400, PROBLEM, "Send one query, not 2"),
    ("/sparql?query=" + quote("SELECT ?s {\n ?s ?p "), None, 400, PROBLEM, '"line": 2'),
    ("/sparql?query=" + quote("SELECT * {\n?c cg:inClutser ?d }"), None, 400, PROBLEM, "Did you mean cg:inCluster"),
    ("/sparql?query=%FF", None, 400, PROBLEM, "not UTF-8"),
    ("/sparql?update=CLEAR%20ALL", None, 403, PROBLEM, "only reads"),
    ("/.well-known/sparql-examples", None, 200, "text/turtle; charset=utf-8", "SPARQLSelectExecutable"),
    ("/api/questions", None, 200, "application/json", '"becomes"'),
    (QUESTION, None, 200, JSON_ROWS, "Results Orientation"),
    (QUESTION, "text/csv", 200, "text/csv; charset=utf-8", "Results Orientation"),
    (QUESTION, "text/turtle", 406, PROBLEM, "text/csv"),
    (QUESTION, "application/sparql-query", 200, "application/sparql-query", "SELECT"),
    (
        "/api/questions/becomes.tsv?competency=Thoroughness",
        "text/csv",
        200,
        "text/tab-separated-values; charset=utf-8",
        "",
    ),
    ("/api/questions/becomes.docx?competency=Thoroughness", None, 404, PROBLEM, ".csv"),
    ("/api/questions/becomes", None, 400, PROBLEM, "wants to know competency"),
    ("/api/questions/becomes?competency=Thorougness", None, 400, PROBLEM, "Did you mean"),
    ("/api/questions/becomes?competency=a&competency=b", None, 400, PROBLEM, "more than once"),
    ("/api/questions/becomes?competency=" + "x" * 501, None, 400, PROBLEM, "longer than 500"),
    (QUESTION + "&other=1", None, 400, PROBLEM, "It takes: competency"),
    (QUESTION + "&_asserted=perhaps", None, 400, PROBLEM, "true or false"),
    (QUESTION + "&_data=000000000000", None, 410, PROBLEM, "the data is now"),
    ("/api/questions/become", None, 404, PROBLEM, "Did you mean becomes"),
    ("/api/names?start=Thoro", None, 200, "application/json", "california:thoroughness"),
    (
        "/api/names?start=Thorougness&kind=competency",
        None,
        200,
        "application/json",
        '"near": [\n  {\n   "name": "calif',
    ),
    ("/api/names?start=x&kind=planet", None, 400, PROBLEM, "kind is one of"),
    ("/api/names", None, 400, PROBLEM, "start=..."),
]


@pytest.mark.parametrize(("path", "accept", "status", "kind", "holds"), TABLE)
def test_who_asks_so_gets_this(
    web: TestClient, path: str, accept: str | None, status: int, kind: str, holds: str
) -> None:
    found = web.get(path, headers={"Accept": accept} if accept is not None else {})
    assert (found.status_code, found.headers["content-type"]) == (status, kind)
    assert holds in found.text
    assert found.headers["vary"] == "Accept"
    if kind == PROBLEM:
        told = found.json()
        assert told["status"] == status and told["title"] and told["detail"]


def test_an_answer_is_had_again_on_a_condition(web: TestClient) -> None:
    for path in ("/", "/openapi.json", "/sparql", SELECT, QUESTION, "/api/names?start=Thoro"):
        first = web.get(path)
        tag = first.headers["etag"]
        assert tag.startswith('"')
        for known in (tag, f'"other", W/{tag}', "*"):
            again = web.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag and again.headers["vary"] == "Accept"
        assert web.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
        head = web.head(path)
        assert head.headers["etag"] == tag and head.headers["content-length"] == first.headers["content-length"]
    since = web.get(QUESTION).headers["last-modified"]
    assert web.get(QUESTION, headers={"If-Modified-Since": since}).status_code == 304
    assert web.get(QUESTION, headers={"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}).status_code == 200
    assert web.get(QUESTION, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_chance_and_time_are_asked_anew(web: TestClient) -> None:
    def value(expression: str) -> str:
        return web.get("/sparql", params={"query": f"SELECT ({expression} AS ?x) {{}}", "_mediatype": "csv"}).text

    for varying in ("RAND()", "struuid()", "uuid()", "now()"):
        assert value(varying) != value(varying), varying
    assert value("1 + 1") == value("1 + 1") == "x\r\n2\r\n"


def test_formats_have_tags_of_their_own(web: TestClient) -> None:
    tags = {web.get(SELECT, headers={"Accept": each}).headers["etag"] for each in (JSON_ROWS, XML_ROWS, "text/csv")}
    assert len(tags) == 3


def test_each_address_says_what_may_be_done(web: TestClient) -> None:
    assert web.options("/sparql").headers["allow"] == "GET, POST, HEAD, OPTIONS"
    assert web.options("/api/validate").headers["allow"] == "POST, OPTIONS"
    for method, path in (("DELETE", "/sparql"), ("PUT", "/api/questions"), ("GET", "/api/validate")):
        refused = web.request(method, path)
        assert refused.status_code == 405 and refused.headers["allow"] and refused.json()["detail"]


def test_a_question_gives_its_golden_rows(web: TestClient, graph: Graph) -> None:
    for found in graph.questions:
        values = {each.name: each.example for each in found.parameters}
        answered = web.get(f"/api/questions/{found.name}.csv", params=values)
        assert answered.content == (ROOT / f"tests/questions/{found.name}.csv").read_bytes(), found.name


def test_a_permalink_gives_the_same_bytes(web: TestClient) -> None:
    first = web.get(QUESTION, headers={"Accept": "text/csv"})
    link = first.headers["link"].removeprefix("<").partition(">")[0]
    assert f"_data={first.headers['data-version']}" in link
    assert web.get(link, headers={"Accept": "text/csv"}).content == first.content


def test_without_inference_less_is_found(web: TestClient) -> None:
    asked = "/api/questions/counterparts.csv?competency=michigan:leadership"
    whole, asserted = (set(web.get(asked + more).text.splitlines()) for more in ("", "&_asserted=true"))
    assert len(asserted) < len(whole)


def test_the_dataset_is_what_the_parameters_name(web: TestClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s a cg:Competency }"

    def rows(**given: str | list[str]) -> str:
        return web.get("/sparql", params={"query": count, "_mediatype": "text/csv", **given}).text

    california = "https://w3id.org/compgraph/id/california"
    some, whole = rows(**{"default-graph-uri": california}), rows()
    assert 0 < int(some.split()[1]) < int(whole.split()[1])
    assert rows(**{"named-graph-uri": california}) == "n\r\n0\r\n"
    assert rows(**{"default-graph-uri": "http://example.org/not-here"}) == "n\r\n0\r\n"
    two: dict[str, list[str]] = {"default-graph-uri": [california, "https://w3id.org/compgraph/id/michigan"]}
    assert int(rows(**two).split()[1]) > int(some.split()[1])
    clause = web.get("/sparql", params={"query": f"SELECT * FROM <{california}> {{ ?s a cg:Framework }}"})
    assert len(clause.json()["results"]["bindings"]) == 1


def test_a_query_can_be_posted(web: TestClient) -> None:
    query = "SELECT ?label { california:thoroughness skos:prefLabel ?label }"
    direct = web.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query; charset=UTF-8"})
    form = web.post("/sparql", data={"query": query})
    assert direct.json() == form.json() == web.get(SELECT).json()
    assert web.post("/sparql", content=query).status_code == 415
    assert web.post("/sparql", content=query, headers={"Content-Type": "text/plain"}).json()["accepted"]
    for kind in ("application/sparql-update", "application/x-www-form-urlencoded"):
        update = web.post("/sparql", content="update=CLEAR+ALL", headers={"Content-Type": kind})
        assert update.status_code == 403 and "only reads" in update.json()["detail"]
    hidden = web.post(
        "/sparql", content="INSERT DATA { <a:a> <a:b> <a:c> }", headers={"Content-Type": "application/sparql-query"}
    )
    assert hidden.status_code == 400 and "only read" in hidden.json()["detail"]


def test_the_service_describes_itself(web: TestClient) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for each in GRAPHS[:4]:
        found = web.get("/sparql", headers={"Accept": each.media_type})
        quads = ox.parse(found.content, format=ox.RdfFormat.from_media_type(each.media_type))
        told = {(str(quad.subject), quad.predicate.value, str(quad.object)) for quad in quads}
        service = f"<{HOST}/sparql>"
        assert (service, f"{sd}endpoint", service) in told
        assert (service, f"{sd}supportedLanguage", f"<{sd}SPARQL11Query>") in told
        named = {value for _, predicate, value in told if predicate == f"{sd}name"}
        assert {"<https://w3id.org/compgraph/id/california>", "<https://w3id.org/compgraph/graph/asserted>"} < named
        assert not [value for _, _, value in told if "BasicFederatedQuery" in value]


def test_a_base_is_the_address_that_is_told() -> None:
    with client(site="https://example.org/") as web:
        assert web.get("/api").json()["sparql"] == "https://example.org/sparql"
        assert web.get("/", headers={"Host": "example.org"}).status_code == 200


def test_a_document_is_validated(web: TestClient) -> None:
    def findings(document: str, kind: str = "text/turtle") -> list[dict[str, object]]:
        found = web.post("/api/validate", content=document, headers={"Content-Type": kind})
        assert found.status_code == 200, found.text
        assert found.headers["cache-control"] == "no-store"
        return list(found.json()["findings"])

    broken = findings("<a:b> a <c:d> .\n<a:b> <a:c> x .")
    assert [(each["file"], each["line"], each["column"], each["node"]) for each in broken] == [
        ("document.ttl", 2, 13, "document.ttl")
    ]
    bare = findings("\n<https://w3id.org/compgraph/id/mine/x> a <https://w3id.org/compgraph/ns#Competency> .")
    assert "This competency has no label." in {each["wrong"] for each in bare}
    assert {(each["file"], each["line"]) for each in bare} == {("document.ttl", 2)}
    own = findings((ROOT / "data/washington-ofm.ttl").read_text())
    assert own == []
    assert "/" not in json.dumps([each["file"] for each in broken + bare])
    assert web.post("/api/validate", content="x").status_code == 415


def test_every_format_that_is_named_can_be_had(web: TestClient) -> None:
    described = web.get("/openapi.json").json()
    for path in ("/sparql", "/api/questions/becomes"):
        for kind in described["paths"][path]["get"]["responses"]["200"]["content"]:
            tried = [
                web.get(each, headers={"Accept": kind})
                for each in ({"/sparql": (SELECT, CONSTRUCT)}.get(path, (QUESTION,)))
            ]
            assert any(found.headers["content-type"].startswith(kind) for found in tried), kind


@pytest.mark.parametrize("format_", TABLES[:4])
def test_the_row_limit_is_exact(web: TestClient, format_: Format) -> None:
    # Signs that a format puts between rows stand in the values too: they must not be counted as rows.
    odd = """ '},{' '<result>' 'a\\nb\\r\\nc' '"}},{"' """
    numbers = " ".join(map(str, range(2_500)))
    query = f"SELECT ?a ?b {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {odd} }} }}"
    most = web.get("/sparql", params={"query": query}, headers={"Accept": format_.media_type})
    assert most.status_code == 200, most.text[:300]
    if format_.name == "csv":
        assert len(list(csv.reader(io.StringIO(most.text, newline="")))) == 10_001
    more = query.replace("VALUES ?a {", "VALUES ?a { 2500")
    refused = web.get("/sparql", params={"query": more}, headers={"Accept": format_.media_type})
    assert refused.status_code == 400 and "Add LIMIT 10000" in refused.json()["detail"]


def test_accept_is_read_as_the_standard_says() -> None:
    html, turtle, plain = (Format("x", each) for each in ("text/html", "text/turtle", "text/plain"))
    formats = (html, turtle, plain)
    assert chosen("text/*;q=0.3, text/html;q=0.2, text/turtle", formats) == turtle
    assert chosen("text/*;q=0.3, text/html;q=0.2", formats) == turtle
    assert chosen("TEXT/HTML ; Q=0.9, text/plain ; q = 0.95", formats) == plain
    assert chosen("*/*;q=0.1, text/html;q=0", formats) == turtle
    assert chosen("image/png", formats) is None
    assert chosen("text/html;level=1;q=0.7, text/plain;q=0.6", formats) == html
