"""serve before other people's clients: the W3C's protocol tests, SPARQLWrapper, comunica, schemathesis."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from starlette.testclient import TestClient

from compgraph.graph import Graph
from compgraph.serve import Source, application
from compgraph.store import Table
from tests.conftest import ROOT, SHARED
from tests.serving import HOST, client

SUITE = SHARED / "suites/w3c-sparql/sparql/sparql11/protocol"
KASEI = "http://kasei.us/2009/09/sparql/data/"
HTTP = rdflib.Namespace("http://www.w3.org/2011/http#")
CONTENT = rdflib.Namespace("http://www.w3.org/2011/content#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")


class Request(NamedTuple):
    """A request of the suite, and what is expected."""

    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]
    statuses: set[str]
    form: str | None
    boolean: bool | None


def _tests() -> dict[str, list[Request]]:
    if not SUITE.is_dir():
        return {}
    manifest = rdflib.Graph().parse(SUITE / "manifest.ttl")
    tests = {}
    for test in manifest.subjects(rdflib.RDF.type, MF.ProtocolTest):
        connection = manifest.value(test, MF.action)
        requests = Collection(manifest, manifest.value(connection, HTTP.requests))  # type: ignore[arg-type]
        tests[str(test).rpartition("#")[2]] = [_request(manifest, each) for each in requests]
    return tests


def _request(manifest: rdflib.Graph, request: rdflib.term.Node) -> Request:
    def text(node: rdflib.term.Node | None, predicate: rdflib.URIRef) -> str:
        return str(manifest.value(node, predicate) or "")

    body, listed = manifest.value(request, HTTP.body), manifest.value(request, HTTP.headers)
    headers = list(Collection(manifest, listed)) if listed is not None else []
    response = manifest.value(request, HTTP.resp)
    boolean = manifest.value(response, MF.expectedBoolean)
    return Request(
        text(request, HTTP.methodName),
        text(request, HTTP.absolutePath),
        None if body is None else text(body, CONTENT.chars).encode(text(body, CONTENT.characterEncoding)),
        {text(each, HTTP.fieldName): text(each, HTTP.fieldValue) for each in headers},
        {str(status)[-3:] for status in manifest.objects(response, MF.expectedStatus)},
        text(response, MF.expectedFormat) or None,
        None if boolean is None else bool(boolean.toPython()),  # type: ignore[attr-defined]
    )


TESTS = _tests()
QUERY_SIDE = sorted(name for name in TESTS if "update" not in name)
UPDATE_SIDE = sorted(name for name in TESTS if "update" in name)
MEDIA_TYPES = {
    "boolean": {"application/sparql-results+json"},
    "tabular": {"application/sparql-results+json"},
    "RDF": {"text/turtle; charset=utf-8"},
}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server over nothing but the graphs of the suite, under their IRIs."""
    workspace = tmp_path_factory.mktemp("suite")
    (workspace / "data").mkdir()
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(f"{KASEI}data{number}.rdf"))
        for number in (1, 2, 3)
        for quad in ox.parse(path=SUITE / f"data{number}.nt")
    ]
    (workspace / "data/suite.trig").write_bytes(ox.serialize(quads, format=ox.RdfFormat.TRIG) or b"")
    source = Source(workspace, bundled=False)
    with TestClient(application(source), base_url=HOST) as opened:
        yield opened


@pytest.mark.needs_shared
def test_the_suite_is_whole() -> None:
    assert (len(QUERY_SIDE), len(UPDATE_SIDE)) == (20, 14)


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", QUERY_SIDE)
def test_w3c_query(suite: TestClient, name: str) -> None:
    for request in TESTS[name]:
        found = suite.request(request.method, request.path, content=request.body, headers=request.headers)
        assert f"{found.status_code // 100}XX" in {status.upper() for status in request.statuses}, found.text
        if request.form is not None:
            assert found.headers["content-type"] in MEDIA_TYPES[request.form]
        if request.boolean is not None:
            assert found.json()["boolean"] is request.boolean


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", UPDATE_SIDE)
def test_w3c_update_is_refused(suite: TestClient, name: str) -> None:
    request = TESTS[name][0]
    found = suite.request(request.method, request.path, content=request.body, headers=request.headers)
    assert found.status_code in (403, 415)
    assert any(sign in found.json()["detail"] for sign in ("only reads", "Send a query", "not to be UTF-8"))


@pytest.mark.needs_shared
def test_w3c_service_description(suite: TestClient) -> None:
    """The three tests of the suite: RDF on GET, a matching sd:endpoint, and the classes and ranges of the schema."""
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    found = suite.get("/sparql")
    told = rdflib.Graph().parse(data=found.text, format="turtle")
    [service] = told.subjects(rdflib.RDF.type, sd.Service)
    assert told.value(service, sd.endpoint) == rdflib.URIRef(f"{HOST}/sparql")
    assert {str(name) for name in told.objects(None, sd.name)} >= {f"{KASEI}data{number}.rdf" for number in (1, 2, 3)}
    ranges = {
        sd.defaultDataset: sd.Dataset,
        sd.defaultGraph: sd.Graph,
        sd.namedGraph: sd.NamedGraph,
        sd.graph: sd.Graph,
    }
    for predicate, class_ in ranges.items():
        values = list(told.objects(None, predicate))
        assert values and all((value, rdflib.RDF.type, class_) in told for value in values)
    known = {sd.endpoint, sd.supportedLanguage, sd.resultFormat, sd.name, *ranges}
    assert {each for each in told.predicates() if str(each).startswith(str(sd))} == known


@pytest.mark.filterwarnings("ignore::DeprecationWarning:SPARQLWrapper")
def test_sparqlwrapper_gets_the_rows_of_every_question(graph: Graph, live_port: int) -> None:
    from SPARQLWrapper import CSV, GET, JSON, POST, TURTLE, XML, SPARQLWrapper

    endpoint = SPARQLWrapper(f"http://localhost:{live_port}/sparql")
    for number, question in enumerate(graph.questions):
        endpoint.setQuery(question.query)
        endpoint.setMethod(POST if number % 2 else GET)
        endpoint.setReturnFormat(JSON)
        told: Any = endpoint.query().convert()
        ours = graph.sparql(question.query)
        assert isinstance(ours, Table)
        assert [
            tuple(row[name]["value"] if name in row else None for name in ours.columns)
            for row in told["results"]["bindings"]
        ] == [tuple(term.value if term else None for term in row) for row in ours.rows]
    endpoint.setQuery("SELECT ?c { ?c a cg:Cluster } ORDER BY ?c LIMIT 1")
    endpoint.setReturnFormat(XML)
    found: Any = endpoint.query().convert()
    assert "building-coalitions" in found.toxml()
    endpoint.setReturnFormat(CSV)
    found = endpoint.query().convert()
    assert b"building-coalitions" in found
    endpoint.setQuery("CONSTRUCT WHERE { california:thoroughness skos:prefLabel ?label }")
    endpoint.setReturnFormat(TURTLE)
    found = endpoint.query().convert()
    assert b"Thoroughness" in found


@pytest.mark.needs_comunica
def test_comunica_gets_the_rows_of_every_question(graph: Graph, live_port: int) -> None:
    """Each as it stands in its file, and the golden rows, in their order."""
    queries = {each.name: each.query for each in graph.questions}
    asked = json.dumps({"endpoint": f"http://localhost:{live_port}/sparql", "queries": queries})
    command = ["node", str(ROOT / "tests/comunica.mjs"), str(ROOT / ".venv/node_modules")]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    for name, rows in json.loads(done.stdout).items():
        text = (ROOT / f"tests/questions/{name}.csv").read_bytes().decode()
        golden = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [{column: row.get(column, "") for column in golden[0]} for row in rows] == golden, name
    assert len(queries) > 20


def test_openapi_promises_what_is_answered(tmp_path: Path, live_port: int) -> None:
    """Schemathesis makes requests from the description, good and bad: no 5xx, and no answer that is not declared.

    Validation is left out: its answers take seconds each, and ``test_serve.py`` has them.
    """
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    options = [
        "--phases",
        "examples,fuzzing",
        "-n",
        "2",
        "--generation-deterministic",
        "--exclude-path",
        "/api/validate",
    ]
    script, described = Path(sys.executable).with_name("st"), f"http://localhost:{live_port}/openapi.json"
    command = [str(script), "run", described, "-c", checks, *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3_000:]
    assert int(re.findall(r"(\d+) generated", done.stdout)[0]) > 50


def test_openapi_is_well_formed(graph: Graph) -> None:
    import jsonschema

    with client() as web:
        described = web.get("/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    for question in graph.questions:
        operation = described["paths"][f"/api/questions/{question.name}"]["get"]
        given = [each["name"] for each in operation["parameters"] if not each["name"].startswith("_")]
        assert given == [each.name for each in question.parameters]
        for parameter, each in zip(question.parameters, operation["parameters"], strict=False):
            assert each["required"] is (parameter.default is None)
            jsonschema.validate(parameter.example, each["schema"])
