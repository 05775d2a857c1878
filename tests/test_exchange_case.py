"""CASE: valid by the published OpenAPI of both versions, whole, and the same from either end of a link."""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import pytest

from compgraph import exchange, workspace
from compgraph.errors import ExchangeError
from compgraph.exchange import Contents, case
from compgraph.exchange.case.nodes import SERVICE
from compgraph.exchange.identifiers import uuid_of
from compgraph.exchange.outline import KINDS
from compgraph.exchange.reader import Reader
from compgraph.terms import ID
from tests.conftest import SHARED
from tests.test_exchange import FRAMEWORKS, small

SCHEMAS = SHARED / "corpus/case-schemas"
VERSIONS = list(case.Version)
Schema = Mapping[str, Any]


@pytest.fixture(scope="module")
def every() -> dict[str, Contents]:
    return {contents.name: contents for contents in exchange.contents(workspace.find()).values()}


@pytest.fixture(scope="module")
def answers(every: dict[str, Contents]) -> dict[case.Version, Mapping[str, Any]]:
    return {version: case.answers(every.values(), version) for version in VERSIONS}


@cache
def openapi(version: case.Version) -> Schema:
    name = "case-v1p0-swagger.json" if version is case.Version.CASE_1_0 else "imscasev1p1_openapi3_v1p0.json"
    found: dict[str, Any] = json.loads((SCHEMAS / name).read_text())
    for schema in found.get("definitions", {}).values():
        if "allOf" in schema:
            # 1.0 forbids in each half of these what the other half asks for, so that nothing would ever be valid:
            # read them as one object, as the prose of the specification does.
            halves = [
                found["definitions"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each
                for each in schema.pop("allOf")
            ]
            schema["properties"] = {name: value for half in halves for name, value in half["properties"].items()}
            schema["required"] = [name for half in halves for name in half.get("required", [])]
            schema["additionalProperties"] = False
    return found


@cache
def validator(version: case.Version, path: str) -> jsonschema.Draft202012Validator:
    """What holds an answer of the service against the schema that its path has."""
    whole = openapi(version)
    response = whole["paths"][path]["get"]["responses"]["200"]
    schema = response["schema"] if "schema" in response else response["content"]["application/json"]["schema"]
    checker = jsonschema.FormatChecker(["uri", "date", "date-time"])
    definitions = {name: whole[name] for name in ("definitions", "components") if name in whole}
    return jsonschema.Draft202012Validator({**schema, **definitions}, format_checker=checker)


def faults(version: case.Version, path: str, answer: object) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(version, path).iter_errors(answer)]


@pytest.mark.needs_shared
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_packages_are_valid(name: str, version: case.Version, every: dict[str, Contents]) -> None:
    (content,) = exchange.FORMATS[version](every[name]).files.values()
    assert faults(version, "/CFPackages/{sourcedId}", json.loads(content)) == []


@pytest.mark.needs_shared
@pytest.mark.parametrize("version", VERSIONS)
def test_answers_are_valid(version: case.Version, answers: dict[case.Version, Mapping[str, Any]]) -> None:
    """Of the larger frameworks every twentieth, of the others all."""
    seen = set()
    for number, (path, answer) in enumerate(answers[version].items()):
        template = re.sub(r"/[0-9a-f-]{36}$", "/{sourcedId}", path.removeprefix(f"ims/case/{version.path}"))
        text = json.dumps(answer)
        if template != "/CFPackages/{sourcedId}" and (number % 20 == 0 or template not in seen or "it-serv" in text):
            assert faults(version, template, answer) == [], path
        seen.add(template)
    offered = set(openapi(version)["paths"])
    nothing_to_say = {f"/{name}/{{sourcedId}}" for name in ("CFConcepts", "CFSubjects", "CFAssociationGroupings")}
    assert seen == offered - nothing_to_say


SPOILED: dict[str, Callable[[dict[str, Any]], object]] = {
    "no title": lambda package: package["CFDocument"].pop("title"),
    "a null": lambda package: package["CFDocument"].update(notes=None),
    "an address in a package": lambda package: package["CFItems"][0].update(CFDocumentURI={}),
    "an unknown field": lambda package: package["CFItems"][0].update(label="x"),
    "an unknown relation": lambda package: package["CFAssociations"][0].update(associationType="narrowMatch"),
    "no identifier": lambda package: package["CFItems"][0].update(identifier="candour"),
    "a day without time": lambda package: package["CFItems"][0].update(lastChangeDateTime="2026-01-31"),
    "an address that is none": lambda package: package["CFItems"][0].update(uri="not an address"),
    "a rubric without address": lambda package: package["CFRubrics"][0].pop("uri"),
}


@pytest.mark.needs_shared
@pytest.mark.parametrize("spoiled", SPOILED)
@pytest.mark.parametrize("version", VERSIONS)
def test_the_validation_can_fail(version: case.Version, spoiled: str, every: dict[str, Contents]) -> None:
    (content,) = exchange.FORMATS[version](every["client-service-manager"]).files.values()
    package = json.loads(content)
    SPOILED[spoiled](package)
    assert len(faults(version, "/CFPackages/{sourcedId}", package)) == 1


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_every_node_of_the_outline_is_an_item(name: str, version: case.Version, every: dict[str, Contents]) -> None:
    reader = Reader(every[name])
    package = case.package(reader, version)
    nodes = {node for kind in KINDS for node in reader.nodes(kind)}
    assert {item["identifier"] for item in package.items} == {uuid_of(node) for node in nodes}
    assert [item["uri"] for item in package.items if UUID(str(item["identifier"])).version != 5] == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_package_hangs_together(name: str, version: case.Version, every: dict[str, Contents]) -> None:
    package = json.loads(json.dumps(case.package(Reader(every[name]), version).json()))
    items = {item["identifier"] for item in package["CFItems"]}
    tree = [each for each in package["CFAssociations"] if each["associationType"] == "isChildOf"]
    assert {each["originNodeURI"]["identifier"] for each in tree} == items
    document = package["CFDocument"]["identifier"]
    assert {each["destinationNodeURI"]["identifier"] for each in tree} <= items | {document}
    for each in package["CFAssociations"]:
        assert items & {each[end]["identifier"] for end in ("originNodeURI", "destinationNodeURI")}
    places = [(each["destinationNodeURI"]["identifier"], each["sequenceNumber"]) for each in tree]
    assert len(places) == len(set(places))
    criteria = [criterion for rubric in package["CFRubrics"] for criterion in rubric["CFRubricCriteria"]]
    assert {criterion["CFItemURI"]["identifier"] for criterion in criteria} <= items
    types = {each["identifier"] for each in package["CFDefinitions"]["CFItemTypes"]}
    assert {item["CFItemTypeURI"]["identifier"] for item in package["CFItems"]} == types
    everything = [*package["CFItems"], *package["CFAssociations"], *criteria]
    everything += [level for criterion in criteria for level in criterion["CFRubricCriterionLevels"]]
    identifiers = [each["identifier"] for each in everything]
    assert len(identifiers) == len(set(identifiers))


def test_links_are_the_same_from_both_ends(answers: dict[case.Version, Mapping[str, Any]]) -> None:
    """Each mapping that states a link is one association, in the packages of both frameworks; none found is none."""
    newer = answers[case.Version.CASE_1_1]
    packages = [answer for path, answer in newer.items() if "CFPackages" in path]
    found: dict[str, list[Any]] = {}
    for package in packages:
        for each in package["CFAssociations"]:
            if "/mappings/" in each["uri"]:
                found.setdefault(each["uri"], []).append(each)
    files = sorted((workspace.own() / "data/mappings").glob("*.sssom.tsv"))
    rows = [line.split("\t") for file in files for line in file.read_text().splitlines() if not line.startswith("#")]
    stated = [row for row in rows if row[0] != "record_id" and "sssom:NoTermFound" not in row]
    assert len(found) == len(stated) > 200
    for uri, copies in found.items():
        within = "california--california" in uri
        assert len(copies) == (1 if within else 2) and all(each == copies[0] for each in copies)
    assert not any("NoTermFound" in json.dumps(package) for package in packages)


def test_relations_by_the_table(tmp_path: Path) -> None:
    """facts: the narrower is part of the broader whichever way the record reads; close is not the same."""
    contents = exchange.framework(small(tmp_path), f"{ID}small")
    for version, close in ((case.Version.CASE_1_0, "isRelatedTo"), (case.Version.CASE_1_1, "ext:closeMatch")):
        found = {
            str(each["uri"]).rpartition("/")[2]: (
                each["associationType"],
                *(each[end]["uri"].removeprefix(ID) for end in ("originNodeURI", "destinationNodeURI")),  # type: ignore[call-overload,index,union-attr]
            )
            for each in case.package(Reader(contents), version).associations
            if "/mappings/" in str(each["uri"]) or each["associationType"] == "precedes"
        }
        progression = next(key for key in found if len(key) == 36)
        assert found.pop(progression) == ("precedes", "small/candour", "small/tact")
        assert found == {
            "1": ("isPartOf", "it-services/respect-and-inclusion", "small/candour"),
            "2": (close, "it-services/respect-and-inclusion", "small/tact"),
            "6": ("exactMatchOf", "it-services/problem-solving-and-decision-making", "small/tact"),
            "5": ("isPartOf", "small/candour.2", "it-services/respect-and-inclusion.1"),
        }


def test_the_service_can_be_elsewhere(every: dict[str, Contents]) -> None:
    there = case.answers([every["it-services"]], case.Version.CASE_1_1, "https://example.org/ims/case/")
    text = json.dumps(there)
    assert SERVICE not in text and "https://example.org/ims/case/v1p1/CFPackages/" in text
    here = json.dumps(case.answers([every["it-services"]], case.Version.CASE_1_1))
    assert text.replace("https://example.org/ims/case/", SERVICE) == here


@pytest.mark.parametrize(
    ("stated", "said"), [("", "does not say"), ('dcterms:modified "lately" ;', "says 'lately'")], ids=["none", "words"]
)
def test_a_framework_without_a_day_of_change_is_refused(stated: str, said: str, tmp_path: Path) -> None:
    space = small(tmp_path)
    path = tmp_path / "data/small.ttl"
    path.write_text(path.read_text().replace('dcterms:modified "2026-01-31"^^xsd:date ;', stated))
    with pytest.raises(ExchangeError, match=f"{said}.*add dcterms:modified"):
        exchange.FORMATS["case-1.0"](exchange.framework(space, f"{ID}small"))


def test_texts_in_the_language_of_the_framework(tmp_path: Path) -> None:
    space = small(tmp_path)
    path = tmp_path / "data/small.ttl"
    path.write_text(path.read_text().replace('dcterms:language "en"', 'dcterms:language "de"'))
    package = case.package(Reader(exchange.framework(space, f"{ID}small")), case.Version.CASE_1_1)
    candour = next(item for item in package.items if item["uri"] == f"{ID}small/candour")
    assert candour["abbreviatedStatement"] == "Offenheit" and package.document["title"] == "Ein kleiner Rahmen"
