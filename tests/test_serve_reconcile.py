"""serve: the Reconciliation Service API 0.2, every answer held against the schemas of its suite and against our own."""

import json
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from starlette.testclient import TestClient

from compgraph.graph import Graph
from compgraph.reconcile import LONGEST, Reconciler, properties
from compgraph.serve import Limits, Source
from tests.conftest import SHARED
from tests.serving import client

SUITE = SHARED / "suites/reconciliation-api-specs/0.2"
THOROUGHNESS = "https://w3id.org/compgraph/id/california/thoroughness"
PROBLEM = "application/problem+json"

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT, "description": TEXT}}
CANDIDATE = {
    **NAMED,
    "required": ["id", "name", "description", "score", "match", "type", "features"],
    "properties": {
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": {"type": "array", "minItems": 1, "items": NAMED},
        "features": {"type": "array", "items": {"required": ["id", "value"]}},
    },
}
CELL = {"oneOf": [{"required": ["id", "name"]}, {"required": ["str"]}, {"required": ["int"]}]}
OWN: dict[str, dict[str, Any]] = {
    "manifest": {
        "required": ["versions", "name", "identifierSpace", "schemaSpace", "defaultTypes", "view", "preview", "extend"],
        "properties": {"versions": {"const": ["0.2"]}, "defaultTypes": {"items": NAMED, "minItems": 1}},
    },
    "reconciliation-result-batch": {
        "additionalProperties": {"required": ["result"], "properties": {"result": {"items": CANDIDATE}}}
    },
    "suggest-entities-response": {"required": ["result"], "properties": {"result": {"items": NAMED}}},
    "suggest-types-response": {"required": ["result"], "properties": {"result": {"items": NAMED}}},
    "suggest-properties-response": {"required": ["result"], "properties": {"result": {"items": NAMED}}},
    "data-extension-property-proposal": {"required": ["properties"], "properties": {"properties": {"items": NAMED}}},
    "data-extension-response": {
        "required": ["meta", "rows"],
        "properties": {
            "meta": {"items": NAMED},
            "rows": {"additionalProperties": {"additionalProperties": {"items": CELL}}},
        },
    },
}
"""What each answer must have, in our own words, for whoever has not the suite."""


@pytest.fixture(scope="module")
def web() -> Iterator[TestClient]:
    with client(Limits(batch=30)) as opened:
        yield opened


@pytest.fixture(scope="module")
def reconciler(graph: Graph) -> Reconciler:
    return Reconciler(graph.store)


def _validators(kind: str) -> list[Draft7Validator]:
    """Our own schema, and that of the suite where it is there."""
    found = [Draft7Validator(OWN[kind])]
    if SUITE.is_dir():
        registry: Registry[Any] = Registry()
        for path in SUITE.glob("schemas/*.json"):
            schema = json.loads(path.read_text())
            schema["$schema"] = "http://json-schema.org/draft-07/schema#"
            resource = Resource.from_contents(schema)
            registry = registry.with_resources([(schema["$id"], resource), (path.name, resource)])
        schema = json.loads((SUITE / f"schemas/{kind}.json").read_text())
        schema.pop("$schema")
        found.append(Draft7Validator(schema, registry=registry))
    return found


def _valid(kind: str, told: Any) -> Any:
    for validator in _validators(kind):
        validator.validate(told)
    return told


def _batch(web: TestClient, queries: object, status: int = 200) -> Any:
    answer = web.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == status, answer.text
    return _valid("reconciliation-result-batch", answer.json()) if status == 200 else answer.json()["detail"]


@pytest.mark.needs_shared
def test_the_suite_is_held_to_by_the_validators() -> None:
    """Its own examples: what it calls invalid is found, so that what passes says something."""
    for kind in OWN:
        suite = _validators(kind)[1]
        for path in (SUITE / "examples" / kind).glob("valid/*.json"):
            suite.validate(json.loads(path.read_text()))
        for path in (SUITE / "examples" / kind).glob("invalid/*.json"):
            assert not suite.is_valid(json.loads(path.read_text())), path


def test_the_manifest_says_what_there_is(web: TestClient) -> None:
    answer = web.get("/reconcile", headers={"Origin": "http://127.0.0.1:3333"})
    told = _valid("manifest", answer.json())
    assert answer.headers["access-control-allow-origin"] == "*"
    assert told["identifierSpace"] == "https://w3id.org/compgraph/id/"
    assert told["defaultTypes"][0] == {"id": "Competency", "name": "Competency"}
    for kind in ("entity", "type", "property"):
        suggest = told["suggest"][kind]
        assert web.get(suggest["service_url"] + suggest["service_path"], params={"prefix": "c"}).status_code == 200
    propose = told["extend"]["propose_properties"]
    assert web.get(propose["service_url"] + propose["service_path"]).status_code == 200
    page = web.get(told["view"]["url"].replace("{{id}}", THOROUGHNESS))
    assert (page.status_code, page.headers["location"]) == (303, "/doc/california/thoroughness.html")
    assert web.get(page.headers["location"]).status_code == 200
    assert web.get(told["documentation"]).json()["paths"]["/reconcile"]


def test_behind_a_proxy_the_manifest_names_the_address_of_visitors() -> None:
    with client(site="https://example.org/graph/") as web:
        assert "https://example.org/graph/reconcile/preview" in web.get("/reconcile").text


def test_a_batch(web: TestClient) -> None:
    told = _batch(
        web,
        {
            "q0": {"query": "Thoroughnes", "type": "Competency", "type_strict": "should", "limit": 3},
            "q1": {"query": "Communication", "type": ["Competency"]},
            "q2": {"query": "Communication", "properties": [{"pid": "framework", "v": {"id": "michigan"}}]},
            "q3": {"query": "Welding"},
            "q4": {"query": "Manager"},
            "q5": {"properties": [{"pid": "number", "v": [15, "99"]}, {"pid": "framework", "v": "California"}]},
            "": {"query": ""},
        },
    )
    first = {key: each["result"][0] if each["result"] else {} for key, each in told.items()}
    assert (first["q0"]["id"], first["q0"]["score"], first["q0"]["match"]) == (THOROUGHNESS, 91.7, True)
    assert first["q0"]["description"] == "Competency, California Leadership Competency Model"
    assert {feature["id"]: feature["value"] for feature in first["q0"]["features"]}["misspelt"] is True
    assert not first["q1"]["match"] and len(told["q1"]["result"]) == 5
    assert first["q2"]["match"] and first["q2"]["id"].endswith("michigan/communication")
    assert first["q3"] == first[""] == {}
    assert [each["id"] for each in first["q4"]["type"]] == ["RoleLevel", "Level"]
    assert first["q5"]["id"] == THOROUGHNESS and not first["q5"]["match"]


def test_the_same_by_get_by_post_and_one_at_a_time(web: TestClient) -> None:
    query = {"query": "Thoroughness", "type": "Competency", "limit": 2}
    batch = {"queries": json.dumps({"q0": query})}
    told = web.post("/reconcile", data=batch).json()
    assert web.get("/reconcile", params=batch).json() == told
    for single in ({"query": json.dumps(query)}, {name: str(value) for name, value in query.items()}):
        assert web.get("/reconcile", params=single).json() == told["q0"]
        assert web.post("/reconcile", data=single).json() == told["q0"]


def test_what_is_known_of_things(web: TestClient) -> None:
    wanted = [{"id": "framework"}, {"id": "level", "settings": {"limit": "2"}}, {"id": "number", "settings": {}}]
    asked = {"ids": [THOROUGHNESS, "nothing"], "properties": wanted}
    told = _valid("data-extension-response", web.post("/reconcile", data={"extend": json.dumps(asked)}).json())
    assert [each["id"] for each in told["meta"]] == ["framework", "level", "number"]
    assert told["meta"][1]["type"] == {"id": "Level", "name": "Level"}
    row = told["rows"][THOROUGHNESS]
    assert [each["name"] for each in row["framework"]] == ["California Leadership Competency Model"]
    assert [each["name"] for each in row["level"]] == ["First-Level Supervisor", "Manager"]
    assert row["number"] == [{"str": "15"}]
    assert told["rows"]["nothing"] == {"framework": [], "level": [], "number": []}


def test_every_property_of_everything_is_valid(web: TestClient, reconciler: Reconciler) -> None:
    for identifier in properties():
        ids = sorted(reconciler.values(identifier))[:10]
        asked = {"extend": json.dumps({"ids": ids, "properties": [{"id": identifier}]})}
        told = _valid("data-extension-response", web.post("/reconcile", data=asked).json())
        assert all(told["rows"][iri][identifier] for iri in ids)
    rank = {"ids": sorted(reconciler.values("rank"))[:1], "properties": [{"id": "rank"}]}
    told = web.get("/reconcile", params={"extend": json.dumps(rank)}).json()
    assert [list(cells["rank"][0]) for cells in told["rows"].values()] == [["int"]]


def test_properties_are_proposed(web: TestClient) -> None:
    told = _valid("data-extension-property-proposal", web.get("/reconcile/properties?type=Competency&limit=3").json())
    assert [each["id"] for each in told["properties"]] == ["framework", "cluster", "segment"]
    assert (told["type"], told["limit"]) == ("Competency", 3)
    assert len(web.get("/reconcile/properties").json()["properties"]) == len(properties())


@pytest.mark.parametrize(
    ("path", "kind", "first"),
    [
        ("entity?prefix=thor", "suggest-entities-response", THOROUGHNESS),
        ("entity?prefix=Manage&type=RoleLevel", "suggest-entities-response", "michigan/level.management-1"),
        ("entity?prefix=Thorougness", "suggest-entities-response", THOROUGHNESS),
        ("entity?prefix=michigan:comm", "suggest-entities-response", "michigan/communication"),
        ("entity?prefix=", "suggest-entities-response", None),
        ("entity?prefix=zzzzzz", "suggest-entities-response", None),
        ("type?prefix=profic", "suggest-types-response", "ProficiencyLevel"),
        ("type", "suggest-types-response", "Competency"),
        ("type?cursor=1", "suggest-types-response", "Framework"),
        ("type?cursor=99", "suggest-types-response", None),
        ("property?prefix=fam", "suggest-properties-response", "family"),
        ("property?prefix=cluster&type=Level", "suggest-properties-response", None),
    ],
)
def test_suggestions(web: TestClient, path: str, kind: str, first: str | None) -> None:
    told = _valid(kind, web.get(f"/reconcile/suggest/{path}").json())["result"]
    assert [each["id"] for each in told[:1] if not each["id"].endswith(first or "")] == []
    assert bool(told) == bool(first)


def test_a_page_of_suggestions_follows_the_other(web: TestClient) -> None:
    one, two = (web.get(f"/reconcile/suggest/entity?prefix=co&cursor={start}").json()["result"] for start in (0, 20))
    assert len(one) == 20 and two and not {each["id"] for each in one} & {each["id"] for each in two}


@pytest.mark.parametrize(("kind", "id_"), [("entity", THOROUGHNESS), ("type", "RoleLevel"), ("property", "cluster")])
def test_flyouts(web: TestClient, kind: str, id_: str) -> None:
    told = web.get(f"/reconcile/flyout/{kind}", params={"id": id_}).json()
    assert told["id"] == id_ and told["html"].startswith("<h1>")
    assert web.get(f"/reconcile/flyout/{kind}", params={"id": "nothing"}).status_code in (400, 404)


class Page(HTMLParser):
    """The tags of a page, and what it shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.shown = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.shown += data


def test_a_preview_is_a_page_for_a_frame(web: TestClient) -> None:
    answer = web.get("/reconcile/preview", params={"id": THOROUGHNESS})
    policy = answer.headers["content-security-policy"]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy and "script-src" not in policy
    page = Page(answer.text)
    assert "script" not in page.tags and "Maximizing Performance Results" in page.shown
    assert web.get("/reconcile/preview?id=nothing").status_code == 404


EVIL = """
@prefix cg: <https://w3id.org/compgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix id: <https://w3id.org/compgraph/id/> .
id:one a cg:Framework ; skos:prefLabel "One" .
<javascript:alert(1)> a cg:Competency ; skos:inScheme id:one ; skos:prefLabel "<script>alert(1)</script>" ;
    skos:definition "<img src=x onerror=alert(1)>" .
"""


def test_what_stands_in_the_data_never_becomes_markup(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/one.ttl").write_text(EVIL)
    with client(source=Source(tmp_path, bundled=False)) as web:
        page = Page(web.get("/reconcile/preview?id=javascript:alert(1)").text)
        assert (
            web.get("/reconcile/view?id=javascript:alert(1)").headers["location"].startswith("/reconcile/preview?id=")
        )
        flyout = Page(web.get("/reconcile/flyout/entity?id=javascript:alert(1)").json()["html"])
    assert "<script>alert(1)</script>" in page.shown and "<img src=x" in page.shown and "<img src=x" in flyout.shown
    assert not {"script", "img", "a"} & {*page.tags, *flyout.tags}


WRONG = [
    ("[", "queries is no JSON"),
    ("[" * 100_000, "queries is no JSON"),
    ("[]", "queries is a JSON object"),
    ('{"q0": 1}', "queries.q0 is a JSON object"),
    ('{"q0": {}}', "queries.q0 asks for nothing"),
    ('{"q0": {"query": 1}}', "queries.q0.query is a text"),
    (
        '{"q0": {"query": "x", "type": "Cheese"}}',
        "queries.q0.type is 'Cheese', and there is no such type. There are: C",
    ),
    ('{"q0": {"query": "x", "type": [1]}}', "queries.q0.type is a text"),
    ('{"q0": {"query": "x", "type_strict": "maybe"}}', "queries.q0.type_strict is one of any"),
    ('{"q0": {"query": "x", "limit": -1}}', "queries.q0.limit is a whole number"),
    ('{"q0": {"query": "x", "limit": 1e999}}', "queries.q0.limit is a whole number"),
    ('{"q0": {"query": "x", "limit": true}}', "queries.q0.limit is a whole number"),
    ('{"q0": {"query": "x", "properties": {}}}', "queries.q0.properties is a JSON array"),
    ('{"q0": {"query": "x", "properties": [{"v": "y"}]}}', "queries.q0.properties[0].pid is a text"),
    ('{"q0": {"query": "x", "properties": [{"pid": "number"}]}}', "queries.q0.properties[0].v is a text"),
    ('{"q0": {"query": "x", "properties": [{"pid": "colour", "v": "y"}]}}', "There is no property 'colour'"),
    (json.dumps({"q0": {"query": "x" * (LONGEST + 1)}}), f"queries.q0.query has {LONGEST + 1} characters"),
    (json.dumps({"q0": {"query": "x", "properties": [{}] * 21}}), "queries.q0.properties has 21 members"),
]


@pytest.mark.parametrize(("queries", "problem"), WRONG, ids=[problem for _, problem in WRONG])
def test_what_is_wrong_is_told_with_its_place(web: TestClient, queries: str, problem: str) -> None:
    answer = web.post("/reconcile", data={"queries": queries})
    assert (answer.status_code, answer.headers["content-type"]) == (400, PROBLEM)
    assert problem in answer.json()["detail"]


@pytest.mark.needs_shared
def test_queries_that_the_suite_calls_invalid_are_refused(web: TestClient) -> None:
    paths = sorted((SUITE / "examples/reconciliation-query-batch/invalid").glob("*.json"))
    assert paths
    for path in paths:
        assert web.post("/reconcile", data={"queries": path.read_text()}).status_code == 400, path


def test_how_much_may_be_asked(web: TestClient) -> None:
    assert "31 members, and 30" in _batch(web, {str(number): {"query": "x"} for number in range(31)}, 413)
    many = json.dumps({"ids": ["x"] * 31, "properties": []})
    assert web.post("/reconcile", data={"extend": many}).status_code == 413
    assert web.post("/reconcile", data={"queries": "x" * 1_000_001}).status_code == 413
    assert len(_batch(web, {"q": {"query": "Communication", "limit": 10**6}})["q"]["result"]) <= 50
    assert _batch(web, {"q": {"query": "Communication", "limit": 0}}) == {"q": {"result": []}}
    assert web.post("/reconcile", json={"queries": {}}).status_code == 415


def test_a_batch_that_takes_too_long_is_stopped() -> None:
    with client(Limits(seconds=0.0001)) as web:
        answer = web.post(
            "/reconcile", data={"queries": json.dumps({str(n): {"query": "Planning"} for n in range(200)})}
        )
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert web.get("/reconcile/suggest/type").status_code == 200


def test_no_more_work_at_a_time_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    started, end = threading.Event(), threading.Event()

    def slow(_self: Reconciler, _query: object) -> tuple[()]:
        started.set()
        end.wait(10)
        return ()

    with client(Limits(reconciliations=1)) as web:
        monkeypatch.setattr(Reconciler, "candidates", slow)
        first = threading.Thread(target=web.get, args=("/reconcile?query=x",))
        first.start()
        assert started.wait(10)
        busy = web.get("/reconcile")
        assert web.get("/api/questions").status_code == 200
        end.set()
        first.join()
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "2")
        assert web.get("/reconcile").status_code == 200
