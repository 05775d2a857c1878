"""questions: each file answers on two engines, and its header tells the truth."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from compgraph.errors import QuestionError, ResolveError
from compgraph.graph import Graph
from compgraph.questions import Question, answer, read_question
from compgraph.questions.header import CHOICE, KINDS, NUMBER, TEXT
from compgraph.render.machine import csv_text
from compgraph.store import Table, Triples
from compgraph.terms import ASSERTED_GRAPH, CG, ID, INFERRED_GRAPH
from tests.conftest import ROOT

QUESTIONS = sorted((ROOT / "queries").glob("*.rq"))
GOLDENS = ROOT / "tests/questions"
by_name = pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)


def test_every_golden_has_its_question() -> None:
    assert QUESTIONS
    assert {path.stem for path in GOLDENS.iterdir()} == {path.stem for path in QUESTIONS}


@by_name
def test_the_example_finds_these_rows(path: Path, graph: Graph, golden: Callable[[str, Path], None]) -> None:
    question = read_question(path)
    values = {parameter.name: parameter.example for parameter in question.parameters}
    rows = answer(graph.store, question, values)
    assert rows.rows, "the example finds nothing"
    assert rows.columns == tuple(question.columns)
    golden(csv_text(rows), GOLDENS / f"{path.stem}.csv")


@pytest.fixture(scope="module")
def second_opinion(graph: Graph) -> rdflib.Graph:
    """The default graph, in rdflib, and every text of it in German, too."""
    return _copy(_translated(_triples(graph), "en", "de"), rdflib.Graph())


@pytest.fixture(scope="module")
def with_named_graphs(graph: Graph, second_opinion: rdflib.Graph) -> rdflib.Dataset:
    """The default graph, and what was asserted and what inferred each in a graph of its own, in rdflib."""
    dataset = rdflib.Dataset()
    dataset.default_graph.__iadd__(second_opinion)
    for name in (ASSERTED_GRAPH, INFERRED_GRAPH):
        _copy(_triples(graph, name), dataset.graph(rdflib.URIRef(name)))
    return dataset


def _copy(triples: Iterable[ox.Triple], graph: rdflib.Graph) -> rdflib.Graph:
    return graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # rdflib's own query calls it
@by_name
def test_the_file_runs_anywhere_as_it_stands(path: Path, graph: Graph, request: pytest.FixtureRequest) -> None:
    theirs = request.getfixturevalue("with_named_graphs" if "GRAPH <" in path.read_text() else "second_opinion")
    rows = theirs.query(path.read_text())
    columns = tuple(str(variable) for variable in rows.vars or ())
    expected = [tuple(_text(row.get(rdflib.Variable(name))) for name in columns) for row in rows.bindings]
    ours = graph.sparql(path.read_text())
    assert isinstance(ours, Table)
    assert ours.columns == columns
    assert [tuple(term.value if term else None for term in row) for row in ours.rows] == expected


def _text(term: object) -> str | None:
    return None if term is None else str(term)


@by_name
def test_every_parameter_changes_the_answer(path: Path, graph: Graph) -> None:
    """Another value gives other rows: a question does not ignore what it is told."""
    question = read_question(path)
    for parameter in question.parameters:
        others = {NUMBER: ["-1", "1000000"], CHOICE: [f'"{choice}"' for choice in parameter.choices]}
        tried = others.get(parameter.kind, ['"zzqqzz"'] if parameter.kind == TEXT else ["<urn:of-nothing>"])
        answers = [graph.sparql(question.with_values({parameter.name: term})) for term in tried]
        assert any(answer != graph.sparql(question.query) for answer in answers), parameter.name


@by_name
def test_every_column_is_used(path: Path, graph: Graph) -> None:
    """Each column holds something in the example, or at least in what the question finds when no thing is named."""
    question = read_question(path)
    named = [parameter.name for parameter in question.parameters if parameter.kind in KINDS]
    filled: set[str] = set()
    for terms in ({}, dict.fromkeys(named, "UNDEF")):
        if filled < set(question.columns):
            rows = graph.sparql(question.with_values(terms))
            assert isinstance(rows, Table)
            filled |= {name for row in rows.values() for name, value in row.items() if value}
    assert filled == set(question.columns)


@by_name
def test_the_order_is_total(path: Path) -> None:
    """Every column is a sort key, or the name of one that is: rows that differ never change places."""
    question = read_question(path)
    _, _, order = question.query.rpartition("\nORDER BY ")
    assert order.endswith("\n") and "}" not in order, "the last clause"
    keys = set(re.findall(r"\?(\w+)", order))
    determined = keys | {f"{key}_label" for key in keys & set(question.columns)}
    assert set(question.columns) - determined == set()


@by_name
def test_a_column_says_which_words_a_query_answers_in(path: Path, graph: Graph) -> None:
    """What stands in the query itself, such as a kind of link, stands in the meaning of the column as well."""
    question = read_question(path)
    rows = graph.sparql(_left_open(question))
    assert isinstance(rows, Table)
    for row in rows.values():
        for column, value in row.items():
            if value and f'"{value}"' in question.query:
                assert value in question.columns[column], (column, value)


def _left_open(question: Question) -> str:
    """The query of a question, with no thing named."""
    return question.with_values({each.name: "UNDEF" for each in question.parameters if each.kind in KINDS})


@pytest.mark.parametrize("languages", [("en", "de"), ("de", "fr")])
def test_texts_in_several_languages_make_no_more_rows(graph: Graph, languages: tuple[str, str]) -> None:
    """Each text is told once: in English, or else in the language whose tag comes first."""
    store = ox.Store()
    store.extend(_quads(_translated(_triples(graph), *languages), ox.DefaultGraph()))
    for name in (ASSERTED_GRAPH, INFERRED_GRAPH):
        store.extend(_quads(_triples(graph, name), ox.NamedNode(name)))
    for question in graph.questions:
        example = {parameter.name: parameter.example for parameter in question.parameters}
        query = graph.query_text(question.name, **example)
        found, usual = store.query(query), graph.sparql(query)
        assert isinstance(found, ox.QuerySolutions) and isinstance(usual, Table)
        rows = [tuple(term and (term.value, getattr(term, "language", None)) for term in row) for row in found]
        assert len(rows) == len(usual.rows), question.name
        if "en" in languages:
            assert rows == [tuple(term and (term.value, term.language) for term in row) for row in usual.rows]
        assert {told[1] for row in rows for told in row if told} <= {languages[0], None}


@pytest.mark.parametrize("name", ["said-about", "first-appears"])
def test_words_are_looked_for_in_every_language(graph: Graph, name: str) -> None:
    """What has them in German alone is told in German; what has them in two languages, once."""
    store = ox.Store()
    store.extend(_quads(_translated(_triples(graph), "en", "de", "de-at"), ox.DefaultGraph()))
    found = store.query(graph.query_text(name, words="(de", framework="california"))
    assert isinstance(found, ox.QuerySolutions)
    told = [tuple(row) for row in found]
    texts = [row[-2] for row in told]
    assert texts and {text.language for text in texts if isinstance(text, ox.Literal)} == {"de"}
    assert len(told) == len({(*row[:-2], row[-1]) for row in told}), "once"


def _triples(graph: Graph, name: str = "") -> Iterator[ox.Triple]:
    """What is in the default graph, or in the one of this name."""
    pattern = f"GRAPH <{name}> {{ ?s ?p ?o }}" if name else "?s ?p ?o"
    answer = graph.sparql(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}")
    assert isinstance(answer, Triples)
    return (quad.triple for quad in ox.parse(answer.text, format=ox.RdfFormat.N_TRIPLES))


def _quads(triples: Iterable[ox.Triple], graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    return (ox.Quad(each.subject, each.predicate, each.object, graph) for each in triples)


def _translated(triples: Iterable[ox.Triple], *languages: str) -> Iterator[ox.Triple]:
    """The triples, with every English text in each of these languages instead."""
    for triple in triples:
        text = triple.object
        if not isinstance(text, ox.Literal) or text.language != "en":
            yield triple
            continue
        for language in languages:
            words = text.value if language == "en" else f"({language}) {text.value}"
            yield ox.Triple(triple.subject, triple.predicate, ox.Literal(words, language=language))


def test_names_are_resolved(graph: Graph) -> None:
    by_label = graph.ask("becomes", competency="Thoroughness")
    assert by_label.values()[0]["becomes_label"] == "Results Orientation"
    for name in ("california:thoroughness", "https://w3id.org/compgraph/id/california/thoroughness", "california:15"):
        assert graph.ask("becomes", competency=name) == by_label
    with pytest.raises(ResolveError, match="Did you mean one of these"):
        graph.ask("becomes", competency="Thorough")


def test_a_framework_goes_by_its_short_name(graph: Graph) -> None:
    assert graph.names.resolve("california", kind=f"{CG}Framework").curie == "id:california"


def test_wrong_parameters_are_told(graph: Graph) -> None:
    with pytest.raises(QuestionError, match=r"wants to know competency .* ask becomes --competency california:"):
        graph.ask("becomes")
    with pytest.raises(QuestionError, match=r"has no 'level'\. It takes: competency"):
        graph.ask("becomes", competency="Thoroughness", level="Manager")
    with pytest.raises(QuestionError, match="Did you mean becomes"):
        graph.ask("become")


EVERY_KIND = """\
#+ title: T
#+ question: Q?
#+ description: D.
#+ parameters:
#+   words: {kind: text, description: A text}
#+   number: {kind: number, description: A number}
#+   choice: {kind: choice, description: A choice, choices: [one, "two {parts}"]}
#+   thing: {kind: competency, description: A thing}
#+ columns:
#+   words: W
#+   number: N
#+   choice: C
#+   thing: I
#+ tags: [a]
#+ misread: M.
SELECT ?words ?number ?choice ?thing WHERE {
  VALUES (?words) { ("a \\"word\\"") }
  VALUES (?number) { (3) }
  VALUES (?choice) { ("one") }
  VALUES (?thing) { (<https://w3id.org/compgraph/id/california/thoroughness>) }
}
ORDER BY ?thing
"""
SIGNS = [
    '"',
    "'",
    '"""',
    "\\",
    "\\u0022",
    "{",
    "}",
    ") }",
    "(",
    "\n",
    "\r",
    "\t",
    "# ",
    "<urn:x>",
    "?s ?p ?o",
    " UNION ",
    "\0",
]
ANYTHING = st.lists(st.sampled_from(SIGNS) | st.text(st.characters(), max_size=5), max_size=8).map("".join)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str) | st.from_regex(
    r"[+-]?\d{1,4}", fullmatch=True
)
CHOICES = st.sampled_from(["one", "two {parts}"])
NAMES = st.sampled_from(["Thoroughness", "michigan:leadership", "california:15"])


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Question:
    """A question that answers with what it was told."""
    path = tmp_path_factory.mktemp("question") / "every-kind.rq"
    path.write_text(EVERY_KIND)
    return read_question(path)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(given=st.tuples(st.sampled_from(["words", "number", "choice", "thing"]), ANYTHING | NUMBERS | CHOICES | NAMES))
def test_a_value_changes_nothing_but_the_value(graph: Graph, every_kind: Question, given: tuple[str, str]) -> None:
    """Quotes, braces, newlines, SPARQL: each is part of the value, or the value is refused."""
    name, value = given
    told = {parameter.name: parameter.example for parameter in every_kind.parameters}
    assert told == {"words": 'a "word"', "number": "3", "choice": "one", "thing": f"<{ID}california/thoroughness>"}
    usual = answer(graph.store, every_kind, told).values()
    try:
        rows = answer(graph.store, every_kind, told | {name: value}).values()
    except (QuestionError, ResolveError):
        assert name != "words"
        return
    assert [{**row, name: None} for row in rows] == [{**row, name: None} for row in usual]
    assert _is_what_was_told(graph, name, value, rows[0][name])


def _is_what_was_told(graph: Graph, name: str, value: str, found: str | None) -> bool:
    if name == "words":  # NUL and halves of surrogate pairs are in no text that RDF knows
        return found == "".join(sign for sign in value if sign != "\0" and not 0xD800 <= ord(sign) <= 0xDFFF)
    if name == "number":
        return value.isascii() and Decimal(found or "") == Decimal(value)
    return found == (value if name == "choice" else graph.names.resolve(value, kind=f"{CG}Competency").iri)


@pytest.mark.parametrize(
    ("name", "value"),
    [("words", 'say "}" \\ \n UNION {'), ("number", "-1.50"), ("choice", "two {parts}"), ("thing", "Thoroughness")],
)
def test_a_good_value_of_each_kind_is_taken(graph: Graph, every_kind: Question, name: str, value: str) -> None:
    """Else the test above might pass by refusing everything."""
    told = {parameter.name: parameter.example for parameter in every_kind.parameters}
    (row,) = answer(graph.store, every_kind, told | {name: value}).values()
    assert _is_what_was_told(graph, name, value, row[name])


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("number", "٣", "is a number such as 3"),
        ("number", "3 )", "is a number"),
        ("choice", "two", "is one of one, two"),
    ],
)
def test_a_bad_value_is_refused(graph: Graph, every_kind: Question, name: str, value: str, message: str) -> None:
    told = {parameter.name: parameter.example for parameter in every_kind.parameters}
    with pytest.raises(QuestionError, match=message):
        answer(graph.store, every_kind, told | {name: value})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'"it\'s"', "it's"),
        (r"'it\"s'", 'it"s'),
        (r'"a\tb\nc\\d \b\r\f"', "a\tb\nc\\d \b\r\f"),
        (r'"\u00e9\U0001F600"', "é\U0001f600"),
        ('"} ) {"', "} ) {"),
    ],
)
def test_an_example_reads_as_sparql_has_it(tmp_path: Path, graph: Graph, written: str, read: str) -> None:
    path = tmp_path / "q.rq"
    path.write_text(EVERY_KIND.replace('"a \\"word\\""', written))
    question = read_question(path)
    assert question.parameters[0].example == read
    rows = graph.sparql(question.query)
    assert isinstance(rows, Table) and rows.values()[0]["words"] == read


@pytest.mark.parametrize("name", ["} UNION { ?s ?p ?o", "x> ) } # ", 'a" b', "a\nb", "${HOME}", "\\"])
def test_what_looks_like_sparql_is_only_a_name(graph: Graph, name: str) -> None:
    with pytest.raises(ResolveError):
        graph.ask("becomes", competency=name)


def test_what_the_snapshot_keeps_is_what_the_files_say(graph: Graph) -> None:
    assert graph.questions.names() == [path.stem for path in QUESTIONS]
    for path in QUESTIONS:
        assert graph.questions[path.stem] == read_question(path)
    assert json.loads(graph.store.attachment("questions.json"))
