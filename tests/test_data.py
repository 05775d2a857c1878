"""The data: counted before it was written, in our own words, and whole."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from compgraph.frameworks import frameworks
from compgraph.graph import Graph
from compgraph.render.overview import frameworks_page
from compgraph.store import Table
from compgraph.terms import ID
from tests.conftest import ROOT, SEEDS

EXPECTED = sorted((ROOT / "tests/expected").glob("*.csv"))
FRAMEWORKS = sorted((ROOT / "data").glob("*.ttl"))

# What each kind of count counts: who belongs to the framework, and where it stands.
COUNTED = {
    "indicator": "?x a cg:Indicator ; skos:inScheme ?f ; cg:ofCompetency ?competency",
    "behaviour": "?x a cg:Behaviour ; skos:inScheme ?f ; cg:demonstrates ?cell . "
    "?cell cg:ofCompetency ?competency ; cg:atLevel ?level",
    "rating": "?x dcterms:isPartOf ?f ; cg:ofCompetency ?competency ; cg:atLevel|cg:forRole ?level ; "
    "cg:expectedProficiency/skos:prefLabel ?value",
    "descriptor": "?x dcterms:isPartOf ?f ; cg:descriptor ?text ; cg:ofCompetency ?competency ; "
    "cg:atLevel|cg:forRole ?level",
    "definition": "?x a cg:Competency ; skos:inScheme ?f ; skos:definition ?text . BIND (?x AS ?competency)",
    "level-definition": "?x cg:inScale ?scale ; skos:inScheme ?f ; skos:definition ?text . BIND (?x AS ?level)",
    "segment": "?x a cg:Segment ; dcterms:isPartOf ?f .",
    "share": "?x a cg:Weighting ; dcterms:isPartOf ?f ; cg:share ?value",
}


def test_the_page_beside_the_data_is_made_from_it(graph: Graph, golden: Callable[[str, Path], None]) -> None:
    golden(frameworks_page(frameworks(graph.store)), ROOT / "data/README.md")


def _rows(graph: Graph, query: str) -> Iterator[dict[str, str]]:
    answer = graph.sparql(query, asserted=True)
    assert isinstance(answer, Table)
    for row in answer.values():
        yield {name: value or "" for name, value in row.items()}


def _expected(path: Path) -> Counter[tuple[str, ...]]:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 5
    keys = ((row["competency"], row["level"], row["kind"], row["value"]) for row in rows)
    return Counter({key: int(row["count"]) for key, row in zip(keys, rows, strict=True)})


def test_every_framework_was_counted_first() -> None:
    assert [path.stem for path in FRAMEWORKS] == [path.stem for path in EXPECTED]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_everything_that_was_counted_is_there(path: Path, graph: Graph) -> None:
    """The table was made by a reader who did not transcribe; per competency, level and kind."""
    expected = _expected(path)
    kinds = {key[2] for key in expected}
    assert kinds <= COUNTED.keys() | PASSAGES
    found: Counter[tuple[str, ...]] = Counter()
    for kind in kinds:
        found.update(_counted(graph, f"{ID}{path.stem}", kind))
    assert found == +expected


PASSAGES = {f"passage:{kind}" for kind in ("example", "guidance", "instruction", "level-statement", "placeholder")}
LEVELLESS = "?x a cg:Behaviour ; skos:inScheme ?f ; cg:demonstrates ?competency . ?competency a cg:Competency"


def _counted(graph: Graph, framework: str, kind: str) -> Iterator[tuple[str, ...]]:
    """The nodes of a kind, as the table writes them: competency, level, kind, value."""
    pattern = COUNTED.get(kind) or (
        f"?x a cg:Passage ; dcterms:isPartOf ?f ; cg:passageKind cg:{kind.partition(':')[2]} . "
        "OPTIONAL { ?x cg:about ?level . ?level a cg:ProficiencyLevel }"
    )
    patterns = [pattern, LEVELLESS] if kind == "behaviour" else [pattern]
    for each in patterns:
        query = f"SELECT ?competency ?level ?value {{ {each.replace('?f', f'<{framework}>')} }}"
        for row in _rows(graph, query):
            level = row["level"].removeprefix(f"{framework}/").removeprefix("level.")
            yield row["competency"].removeprefix(f"{framework}/"), level, kind, row["value"]


def test_the_model_case(graph: Graph) -> None:
    (row,) = graph.ask("becomes", competency="Thoroughness").values()
    assert (row["becomes_label"], row["confidence"], row["locator"]) == (
        "Results Orientation",
        "0.6",
        "Comparison table, row 4",
    )


def test_only_the_four_rows_that_pair_are_progressions(graph: Graph) -> None:
    pairs = [(row["a"], row["b"]) for row in _rows(graph, PROGRESSIONS)]
    assert pairs == [
        ("Conflict Management", "Relationship Building"),
        ("Customer Focus", "Global Perspective"),
        ("Planning and Organizing", "Forward Thinking"),
        ("Thoroughness", "Results Orientation"),
    ]


PROGRESSIONS = "SELECT ?a ?b { ?x cg:progressesTo ?y . ?x skos:prefLabel ?a . ?y skos:prefLabel ?b } ORDER BY ?a"

INVARIANTS = {
    "a behaviour in two cells": "?x a cg:Behaviour ; cg:demonstrates ?a , ?b . FILTER (?a != ?b)",
    "a behaviour in none": "?x a cg:Behaviour . FILTER NOT EXISTS { ?x cg:demonstrates ?cell }",
    "a link to itself": "?x ?p ?x",
    "a cell twice": "?x cg:ofCompetency ?c ; cg:atLevel ?l . ?y cg:ofCompetency ?c ; cg:atLevel ?l . FILTER (?x != ?y)",
    "two things in one place": (
        "?x cg:position ?n ; cg:demonstrates ?e . ?y cg:position ?n ; cg:demonstrates ?e . FILTER (?x != ?y)"
    ),
    "a behaviour that elaborates another competency's indicator": (
        "?x cg:elaborates/cg:ofCompetency ?c ; cg:demonstrates/cg:ofCompetency ?d . FILTER (?c != ?d)"
    ),
    "a statement without a place in its source": (
        "?x a ?kind . VALUES ?kind { cg:Behaviour cg:Indicator cg:Passage } FILTER NOT EXISTS { ?x dcterms:source ?p }"
    ),
    "a definition without one": (
        "?x skos:definition ?d ; skos:inScheme ?f . FILTER NOT EXISTS { ?x cg:definitionSource ?p }"
    ),
    "a descriptor without one": "?x cg:descriptor ?d . FILTER NOT EXISTS { ?x cg:descriptorSource ?p }",
    "a rating without one": (
        "?x cg:expectedProficiency ?r ; cg:atLevel ?l . FILTER NOT EXISTS { ?x cg:ratingSource ?p }"
    ),
    "something out of reach of its framework": (
        "?x a ?kind . ?kind rdfs:isDefinedBy ?ontology ."
        " FILTER (?kind NOT IN (cg:Framework, cg:SourceDocument, cg:PassageKind, cg:Publication))"
        " FILTER NOT EXISTS { ?x skos:inScheme|dcterms:isPartOf ?f . ?f a cg:Framework }"
    ),
}


@pytest.mark.parametrize("pattern", INVARIANTS.values(), ids=INVARIANTS.keys())
def test_the_data_has_none(pattern: str, graph: Graph) -> None:
    assert not list(_rows(graph, f"SELECT DISTINCT ?x WHERE {{ {pattern} }} ORDER BY ?x LIMIT 5"))


def test_no_node_is_of_two_disjoint_classes(graph: Graph) -> None:
    """Over the closure, so that a domain or a range can bring it to light."""
    answer = graph.sparql(
        """SELECT DISTINCT ?x ?a ?b WHERE {
             ?axiom owl:members/rdf:rest*/rdf:first ?a , ?b . FILTER (STR(?a) < STR(?b))
             ?x a ?a , ?b .
           }"""
    )
    assert isinstance(answer, Table) and not answer.rows


def test_pointers_ascend_as_positions_do(graph: Graph) -> None:
    rows = _rows(
        graph,
        "SELECT ?e ?n ?p { ?b cg:demonstrates ?e ; cg:position ?n ; dcterms:source ?p } ORDER BY ?e ?n",
    )
    starts: dict[str, dict[int, int]] = {}
    for row in rows:
        start = int(re.findall(r"#char=(\d+)", row["p"])[0])
        place = starts.setdefault(row["e"], {})
        place[int(row["n"])] = min(start, place.get(int(row["n"]), start))
    assert len(starts) > 50
    for cell, places in starts.items():
        assert sorted(places) == list(range(1, len(places) + 1)), cell
        assert [places[n] for n in sorted(places)] == sorted(places.values()), cell


def _mapping_comments(framework: str) -> Iterator[str]:
    for path in (ROOT / "data/mappings").rglob("*.tsv"):
        if framework in path.name:
            lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
            yield from (row["comment"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every run of eight words; case, punctuation and the two spellings of -ise and -our don't count."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    folded = [word.replace("isation", "ization").replace("ise", "ize").replace("our", "or") for word in words]
    return set(zip(*(folded[start:] for start in range(8)), strict=False))


@pytest.mark.needs_shared
@pytest.mark.parametrize("path", FRAMEWORKS, ids=lambda path: path.stem)
def test_the_words_are_our_own(path: Path, graph: Graph) -> None:
    """No run of eight words of a source stands in a text of ours; names and titles are facts and carry over."""
    runs: set[tuple[str, ...]] = set()
    for seed in sorted(SEEDS.glob("*.txt")):
        runs |= _runs(seed.read_text(encoding="utf-8"))
    texts = list(
        _rows(
            graph,
            f"""SELECT ?x ?text {{
                  GRAPH <{ID}{path.stem}> {{
                    ?x ?p ?text .
                    FILTER (?p IN (skos:prefLabel, skos:definition, cg:descriptor, skos:editorialNote, skos:scopeNote))
                  }}
                }}""",
        )
    )
    texts += [{"text": line} for line in _mapping_comments(path.stem)]
    assert len(texts) > 20
    assert [row for row in texts if runs & _runs(row["text"])] == []


@pytest.mark.needs_shared
def test_michigan_counted_from_the_text_itself() -> None:
    lines = (SEEDS / "michigan-organizational-2007.txt").read_text(encoding="utf-8").split("\n")
    body = lines.index("ORGANIZATIONAL COMPETENCIES BY LEVELS, with BEHAVIORAL DESCRIPTORS")
    bullets = sum(line.lstrip().startswith("·") for line in lines[body:])
    headings = sum(
        bool(re.search(r":\s*(Professional|Management|Managerial|Top Executive)\s*:\s*Level \d", line))
        for line in lines[body:]
    )
    counts = _expected(ROOT / "tests/expected/michigan.csv")
    behaviours = sum(count for key, count in counts.items() if key[2] == "behaviour")
    # One bullet holds two behaviours run together (line 51), and one behaviour has lost its bullet (line 278).
    assert behaviours == bullets + 2
    assert len({key[:2] for key in counts if key[2] == "behaviour"}) == headings
