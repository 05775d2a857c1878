"""links: every chain between two things, in order and none else, and the reasons of what was inferred."""

import inspect
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compgraph.cli.commands.explain import command
from compgraph.errors import ResolveError
from compgraph.graph import Graph, open_graph
from compgraph.links import HOPS, LIMIT, MOST_HOPS
from compgraph.links.kinds import KINDS
from compgraph.links.paths import Link, Move, paths
from compgraph.links.paths import Path as Way
from compgraph.links.surroundings import surroundings
from compgraph.render.links import links_markdown, links_text
from compgraph.render.links_json import links_json
from compgraph.terms import ID, PREFIXES
from tests.conftest import ROOT

# 1. The search, held to one that tries everything.

LINK = st.builds(
    Link,
    st.sampled_from("abcdef"),
    st.sampled_from("pq"),
    st.sampled_from("abcdef"),
    weight=st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(9, 10), Fraction(1)]),
    up=st.sampled_from([0, 0, 0, 1, -1]),
)


def every_way(links: set[Link], way: Way, start: str, end: str, hops: int) -> Iterator[Way]:
    here = way[-1].end if way else start
    if here == end:
        yield way
    elif len(way) < hops:
        for link in links:
            for one, other in ((link.subject, link.object), (link.object, link.subject)):
                move = Move(one, other, link)
                is_new = other not in {start, *(each.end for each in way)}
                sinks = move.up < 0 and any(each.up > 0 for each in way)
                if one == here and is_new and not sinks:
                    yield from every_way(links, (*way, move), start, end, hops)


def order(way: Way) -> tuple[int, Fraction, Way]:
    weight = Fraction(1)
    for move in way:
        weight *= move.link.weight
    return len(way), -weight, way


@settings(deadline=None, derandomize=True, max_examples=300)
@given(links=st.sets(LINK, max_size=14), hops=st.integers(1, 5), limit=st.integers(1, 30))
def test_the_ways_are_those_of_an_exhaustive_search(links: set[Link], hops: int, limit: int) -> None:
    expected = sorted(every_way(links, (), "a", "b", hops), key=order)
    found, has_more = paths(links, "a", "b", hops=hops, limit=limit)
    assert found == expected[:limit]
    assert has_more == (len(expected) > limit)


def test_the_time_does_not_grow_with_the_ways_there_are() -> None:
    """Forty nodes, each linked to each: 4 * 10^10 ways of eight links, of which ten are asked for."""
    links = [Link(one, "p", other) for one, other in combinations([f"{number:02}" for number in range(40)], 2)]
    found, has_more = paths(links, "00", "39", hops=8, limit=10)
    assert [len(way) for way in found] == [1] + [2] * 9 and has_more


def test_what_has_no_way_is_not_searched_through() -> None:
    clique = [Link(one, "p", other) for one, other in combinations([f"{number:02}" for number in range(40)], 2)]
    assert paths([*clique, Link("x", "p", "y")], "00", "x", hops=8, limit=10) == ([], False)


# 2. On the five frameworks.

CALIFORNIA, MICHIGAN = f"{ID}california/", f"{ID}michigan/"
ENDS = [
    f"{ID}california",
    *(CALIFORNIA + name for name in ("thoroughness", "thoroughness.manager.1", "results-orientation", "level.manager")),
    *(MICHIGAN + name for name in ("leadership", "level.management-2")),
    f"{ID}client-service-manager/role",
    f"{ID}it-services/respect-and-inclusion",
]


@pytest.fixture(scope="module")
def whole(graph: Graph) -> list[Link]:
    """Every link there is."""
    rows = graph.store.texts("SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER (isIRI(?o)) }", asserted=True)
    query = "SELECT ?s ?p ?o ?r ?c WHERE { ?r sssom:subject_id ?s ; sssom:predicate_id ?p ; sssom:object_id ?o"
    told = graph.store.texts(f"{query} ; sssom:confidence ?c }}", asserted=True)
    records = {(s, p, o): (record, Fraction(confidence)) for s, p, o, record, confidence in told}
    links = [Link(s, p, o, *records.get((s, p, o), ("", Fraction(1))), KINDS[p].up) for s, p, o in rows if p in KINDS]
    assert len(links) > 3000
    return links


@pytest.mark.parametrize(("one", "other"), list(combinations(ENDS, 2)))
def test_a_look_around_two_things_misses_no_chain(one: str, other: str, graph: Graph, whole: list[Link]) -> None:
    for hops in (1, 2, 3, 4):
        near = surroundings(graph.store, one, other, hops=hops)
        expected = paths(whole, one, other, hops=hops, limit=15)
        assert paths(near, one, other, hops=hops, limit=15) == expected
        assert paths(surroundings(graph.store, other, one, hops=hops), one, other, hops=hops, limit=15) == expected


EXPLAINED = {
    "a progression": ("Thoroughness", "Results Orientation", 2),
    "two frameworks": ("Thoroughness", "michigan:leadership", 2),
    "through a third framework": ("Thoroughness", "it-services:respect-and-inclusion", 2),
    "an inferred twin": ("michigan:flexibility", "california:change-leadership", 1),
    "a chain of properties": ("california:thoroughness.manager.1", "Thoroughness", 4),
    "behaviours of two frameworks": (
        "california:change-leadership.executive.3",
        "michigan:flexibility.management-4.2",
        3,
    ),
    "a competency and a level": ("Thoroughness", "california:level.manager", 2),
    "nothing": ("Thoroughness", "california:relationship-building", 1),
    "none found": ("Thoroughness", "it-services:respect-and-inclusion", 1),
}


@pytest.mark.parametrize("case", EXPLAINED)
def test_explanations_read_as_they_should(case: str, graph: Graph, golden: Callable[[str, Path], None]) -> None:
    one, other, hops = EXPLAINED[case]
    found = graph.explain(one, other, hops=hops, limit=3)
    text = links_text(found, prefixes=graph.store.prefixes, width=100)
    golden(text, ROOT / f"tests/links/{case.replace(' ', '-')}.txt")


@pytest.mark.parametrize("case", ["an inferred twin", "none found"])
def test_explanations_for_documents_and_programs(case: str, graph: Graph, golden: Callable[[str, Path], None]) -> None:
    one, other, hops = EXPLAINED[case]
    found = graph.explain(one, other, hops=hops, limit=3)
    name = case.replace(" ", "-")
    golden(links_markdown(found, prefixes=graph.store.prefixes), ROOT / f"tests/links/{name}.md")
    golden(links_json(found), ROOT / f"tests/links/{name}.json")


def test_every_way_of_telling_is_covered() -> None:
    names = {case.replace(" ", "-") for case in EXPLAINED}
    assert {path.stem for path in (ROOT / "tests/links").iterdir()} == names


def test_every_inferred_pair_is_explained(graph: Graph) -> None:
    """Between things, each inferred triple is found and proved, down to what is asserted."""
    rows = graph.store.texts(
        "SELECT ?s ?p ?o WHERE { GRAPH <https://w3id.org/compgraph/graph/inferred> { ?s ?p ?o } } ORDER BY ?s ?p ?o"
    )
    for subject, predicate, object_ in random.Random(7).sample(rows, 150):
        proof = graph.why(subject, predicate, object_)
        assert proof is not None and proof.axiom
        assert (proof.subject.value, proof.predicate, proof.object.value) == (subject, predicate, object_)
        leaves = [proof]
        while leaves:
            leaf = leaves.pop()
            leaves += leaf.premises
            if not leaf.axiom:
                said = f"ASK {{ <{leaf.subject.value}> <{leaf.predicate}> <{leaf.object.value}> }}"
                assert graph.sparql(said, asserted=True) is True


def test_what_is_asserted_needs_no_axiom_and_what_does_not_hold_has_no_proof(graph: Graph) -> None:
    proof = graph.why("Thoroughness", "cg:progressesTo", "Results Orientation")
    assert proof is not None and (proof.axiom, proof.premises) == (None, ())
    assert graph.why("Results Orientation", "cg:progressesTo", "Thoroughness") is None
    assert "neither asserted nor inferred" in links_text(None, prefixes={}, width=100)
    assert links_json(None) == "null\n"


def test_names_that_fit_nothing_or_one_thing_twice(graph: Graph) -> None:
    with pytest.raises(ResolveError, match=r"both name california:thoroughness\. Name two different things"):
        graph.explain("Thoroughness", "california:thoroughness")
    for name in ('x> . } # "', "cg:progresTo", "https://example.org/nowhere", "urn:x\ny"):
        with pytest.raises(ResolveError):
            graph.explain("Thoroughness", name)
    proof = graph.why("Thoroughness", "rdf:type", "skos:Concept")
    assert proof is not None and proof.axiom == "cg:Competency is a subclass of skos:Concept"


def test_kinds_name_terms_that_exist(graph: Graph) -> None:
    known = graph.names.terms()
    ours = {iri.removeprefix(PREFIXES["cg"]) for iri in KINDS if iri.startswith(PREFIXES["cg"])}
    assert ours <= known and all(kind.forward and kind.backward for kind in KINDS.values())


# 3. In a workspace of one's own.

OWN = """
@prefix x: <https://example.org/x/> .
@prefix cg: <https://w3id.org/compgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/x> a cg:Framework ; skos:prefLabel "X"@en .
x:a a cg:Competency ; skos:prefLabel "A"@en ; skos:exactMatch x:b .
x:b a cg:Competency ; skos:prefLabel "B"@en .
x:c a cg:Competency ; skos:prefLabel "C"@en ; skos:exactMatch x:b .
"""


def test_a_link_without_a_record_and_what_is_transitive(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.ttl").write_text(OWN)
    with open_graph(tmp_path) as own:
        found = own.explain("https://example.org/x/a", "https://example.org/x/c")
        told = links_text(found, prefixes=own.store.prefixes, width=100)
    assert told.count("stated without a record: no author, confidence or reason\n") == 2
    assert [(chain.confidence, len(chain.steps)) for chain in found.chains] == [("", 2)]
    assert (
        "x:a skos:exactMatch x:c\n    since skos:exactMatch is transitive, and\n"
        "    x:a skos:exactMatch x:b (asserted)\n    x:b skos:exactMatch x:c\n"
        "        since skos:exactMatch is symmetric, and\n        x:c skos:exactMatch x:b (asserted)\n"
    ) in told


def test_what_has_no_place_is_told_without_one(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    cells = "x:e a cg:Expectation ; cg:ofCompetency x:a . x:f a cg:Expectation ; cg:ofCompetency x:a .\n"
    (tmp_path / "data/x.ttl").write_text(f"{OWN}{cells}")
    with open_graph(tmp_path) as own:
        found = own.explain("https://example.org/x/e", "https://example.org/x/f")
        told = links_text(found, prefixes=own.store.prefixes, width=100)
    assert told == "From x:e to x:f\n\n1. 2 assertions\nof competency: A\nthe competency of: x:f\n"


def test_what_only_owlrl_takes_is_not_explained(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.ttl").write_text(OWN)
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology/x.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix x: <https://example.org/x/> .\n"
        "x:A owl:equivalentClass [ owl:unionOf ( x:B x:C ) ] .\n"
        f"<{PREFIXES['skos']}exactMatch> a owl:SymmetricProperty .\n"
    )
    arguments = ["--no-bundled", "--reasoner", "owlrl", "--workspace", str(tmp_path), "explain"]
    line = [sys.executable, "-m", "compgraph", *arguments, "https://example.org/x/a", "https://example.org/x/b"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "Error: Only conclusions of compgraph's own rules can be explained. <https://example.org/x/A>" in done.stderr


# 4. The command.


def test_the_limits_are_the_same_everywhere() -> None:
    options = {option.name: option for option in command.params if isinstance(option, click.Option)}
    assert (options["hops"].default, options["limit"].default) == (HOPS, LIMIT)
    assert isinstance(options["hops"].type, click.IntRange) and options["hops"].type.max == MOST_HOPS
    known = inspect.signature(Graph.explain).parameters
    assert (known["hops"].default, known["limit"].default) == (HOPS, LIMIT)


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-m", "compgraph", "explain", *arguments]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_answers_and_says_so_when_there_is_nothing() -> None:
    done = run("Thoroughness", "california:relationship-building", "--hops", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (ROOT / "tests/links/nothing.txt").read_text()
    told = json.loads(run("Thoroughness", "Results Orientation", "--format", "json", "--limit", "1").stdout)
    assert [chain["confidence"] for chain in told["chains"]] == ["0.6"] and told["more_chains"] is True
    why = run("california:thoroughness.manager.1", "Thoroughness", "--property", "cg:ofCompetency").stdout
    assert "since cg:ofCompetency has the property chain cg:demonstrates / cg:ofCompetency, and" in why
    several = run("Thoroughness", "Advanced")
    assert several.returncode == 1 and "'Advanced' fits 3 things" in several.stderr
