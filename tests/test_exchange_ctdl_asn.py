"""CTDL-ASN: valid by the published schema and context; CTIDs that are kept, whole and single."""

import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from compgraph import exchange, workspace
from compgraph.errors import ExchangeError, FileError
from compgraph.exchange import Contents, ctdl_asn, identifiers
from compgraph.exchange.outline import STATEMENTS
from compgraph.exchange.reader import Reader
from compgraph.terms import ID
from compgraph.workspace import Workspace
from tests.conftest import ROOT, SHARED
from tests.ctdl import CTID, Validator
from tests.test_cli import run
from tests.test_exchange import FRAMEWORKS, small

ZERO, ONE = (f"ce-00000000-0000-4000-8000-00000000000{digit}" for digit in "01")
SCHEMA = SHARED / "corpus/ctdl-schema"


@pytest.fixture(scope="module")
def every() -> dict[str, Contents]:
    return {contents.name: contents for contents in exchange.contents(workspace.find()).values()}


def document(contents: Contents) -> Any:
    (content,) = exchange.FORMATS["ctdl-asn"](contents).files.values()
    return json.loads(content)


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_documents_are_valid(name: str, every: dict[str, Contents]) -> None:
    assert Validator(SCHEMA).faults(document(every[name])) == []


@pytest.mark.needs_shared
def test_the_validator_finds_nothing_in_a_good_document() -> None:
    given = json.loads((SCHEMA / "clean_framework.json").read_text())
    given["@graph"][0]["ceasn:inLanguage"] = "en-US"
    assert Validator(SCHEMA).faults(given) == []


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    ("relation", "value", "fault"),
    [
        ("ceasn:colour", "blue", "is no property"),
        ("ceasn:name", {"en": "A name"}, "is not for"),
        ("ceasn:competencyText", "A text in no language", "map of languages"),
        ("ceasn:isPartOf", f"{ID}it-services/respect-and-inclusion.1", "points to a"),
        ("ceterms:ctid", "ce-1", "is no CTID"),
        ("ceasn:hasChild", [], "is not answered by"),
        ("@type", "ceasn:Course", "is no class"),
        ("@id", f"{ID}it-services", "two nodes"),
    ],
)
def test_the_validator_rejects(relation: str, value: object, fault: str, every: dict[str, Contents]) -> None:
    given = document(every["it-services"])
    given["@graph"][1][relation] = value
    assert any(fault in each for each in Validator(SCHEMA).faults(given))


@pytest.mark.needs_shared
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser of JSON-LD warns of itself
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_the_published_context_makes_the_same_graph_of_it_for_all(name: str, every: dict[str, Contents]) -> None:
    given = document(every[name])
    given["@context"] = json.loads((SCHEMA / "ctdlasn-context.json").read_text())["@context"]
    text = json.dumps(given)
    ours = {str(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)}
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    assert len(ours) == len(graph) > 100
    assert not [term for term in graph.predicates() if not str(term).startswith(("http://", "https://"))]
    relations = {str(term) for term in graph.predicates()}
    assert "https://purl.org/ctdlasn/terms/isPartOf" in relations
    links = {"isPartOf", "isChildOf", "hasChild", "hasTopChild", "isTopChildOf", "broadAlignment", "majorAlignment"}
    for _, relation, value in graph:
        if str(relation).rpartition("/")[2] in links:
            assert isinstance(value, rdflib.URIRef)


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_every_statement_is_a_competency(name: str, every: dict[str, Contents]) -> None:
    reader = Reader(every[name])
    found = [node["@id"] for node in document(every[name])["@graph"] if node["@type"] == "ceasn:Competency"]
    assert sorted(found) == sorted(node for kind in STATEMENTS for node in reader.nodes(kind))


def test_alignments_by_the_table(tmp_path: Path) -> None:
    """The subject of an alignment is ours: what is broader from the other end is narrower from this."""
    nodes = {node["@id"]: node for node in document(exchange.framework(small(tmp_path), f"{ID}small"))["@graph"]}
    foreign = f"{ID}it-services/respect-and-inclusion"
    assert nodes[f"{ID}small/candour"]["ceasn:narrowAlignment"] == [foreign]
    assert nodes[f"{ID}small/candour.2"]["ceasn:broadAlignment"] == [f"{foreign}.1"]
    assert nodes[f"{ID}small/tact"]["ceasn:majorAlignment"] == [foreign]
    assert "ceasn:prerequisiteAlignment" not in json.dumps(nodes)


def test_every_node_that_needs_one_has_its_ctid(every: dict[str, Contents]) -> None:
    kept = identifiers.read_ctids(workspace.find())
    needed = [node for contents in every.values() for node in ctdl_asn.needing_ctids(contents)]
    assert sorted(kept) == sorted(needed) and len(needed) == len(set(needed)) > 700
    assert len(set(kept.values())) == len(kept)
    assert [ctid for ctid in kept.values() if not CTID.fullmatch(ctid)] == []
    assert (ROOT / identifiers.CTIDS).read_text() == identifiers.ctids_text(kept)


def test_the_command_says_that_none_is_lacking() -> None:
    done = run("ctids", "--check")
    assert done.returncode == 0 and done.stdout + done.stderr == ""


def test_missing_ctids_are_minted_once_and_kept(tmp_path: Path) -> None:
    small(tmp_path)
    path = tmp_path / identifiers.CTIDS
    whole = path.read_text()
    path.write_text(whole.replace(re.findall(r".*small/tact\t.*\n", whole)[0], ""))
    space = Workspace((ROOT, tmp_path))
    with pytest.raises(ExchangeError, match=r"1 nodes of small have no CTID.*small/tact.*compgraph ctids"):
        exchange.FORMATS["ctdl-asn"](exchange.framework(space, f"{ID}small"))
    done = run("ctids", "--check", "--workspace", str(tmp_path))
    assert done.returncode == 1 and "small/tact. Run: compgraph ctids" in done.stderr
    done = run("ctids", "--workspace", str(tmp_path))
    assert done.returncode == 0 and "Minted 1" in done.stderr
    now = path.read_text()
    assert set(whole.splitlines()) - set(now.splitlines()) == {re.findall(r".*small/tact\t.*", whole)[0]}
    assert run("ctids", "--workspace", str(tmp_path)).stderr == "" and path.read_text() == now


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("node\tctid\n", r":1: begins with 'node\\tctid'"),
        (f"iri\tctid\n{ID}small\n", r":2: .* is not an IRI, a tab and a CTID"),
        (f"iri\tctid\n{ID}small\tce-1\n", r":2: .* is not an IRI, a tab and a CTID"),
        (f"iri\tctid\n{ID}a\t{ZERO}\n{ID}a\t{ONE}\n", r":3: .* repeats"),
        (f"iri\tctid\n{ID}a\t{ZERO}\n{ID}b\t{ZERO}\n", r":3: .* repeats"),
    ],
    ids=["heading", "no tab", "no ctid", "same node", "same ctid"],
)
def test_broken_ctids_are_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / identifiers.CTIDS
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(FileError, match=said):
        identifiers.read_ctids(Workspace((tmp_path,)))
