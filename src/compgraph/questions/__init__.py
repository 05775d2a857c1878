"""Canned questions: one file is query, documentation, form and test at once."""

from collections.abc import Mapping
from urllib.parse import urlencode

from compgraph.errors import QuestionError
from compgraph.questions.header import ANY, KINDS, NUMBER, Parameter, Question, read_question
from compgraph.questions.library import Library, by_family, compile_questions
from compgraph.store import TIMEOUT, Store, Table
from compgraph.terms import BASE

__all__ = [
    "ASSERTED",
    "VERSION",
    "Library",
    "Parameter",
    "Question",
    "answer",
    "answer_iri",
    "by_family",
    "compile_questions",
    "query_text",
    "read_question",
]

VERSION, ASSERTED = "_data", "_asserted"
"""The parameters of every answer's address: the version of the data that it was made of; without inference."""


def answer(
    store: Store, question: Question, values: Mapping[str, str], *, timeout: float = TIMEOUT, asserted: bool = False
) -> Table:
    """The rows that answer a question for the given names of things.

    Raises QuestionError for a parameter that is missing or unknown, ResolveError for a name that fits nothing or
    several things, QueryError if it takes too long.
    """
    rows = store.query(query_text(store, question, values), timeout=timeout, asserted=asserted)
    if not isinstance(rows, Table):
        raise QuestionError(f"The question {question.name} is no SELECT query: correct queries/{question.name}.rq.")
    return rows


def query_text(store: Store, question: Question, values: Mapping[str, str]) -> str:
    """The query of a question with the given values in place. Raises QuestionError and ResolveError."""
    for name in values:
        if name not in {parameter.name for parameter in question.parameters}:
            takes = ", ".join(parameter.name for parameter in question.parameters) or "nothing"
            raise QuestionError(f"The question {question.name} has no {name!r}. It takes: {takes}.")
    terms = {parameter.name: _term(store, question, parameter, values) for parameter in question.parameters}
    return question.with_values(terms)


def answer_iri(store: Store, question: Question, values: Mapping[str, str], *, asserted: bool = False) -> str:
    """The identifier of an answer: of its question, of what that is told, and of the version of the data.

    Whatever name a thing was called by, it is the same, for as long as the data is. Raises ResolveError.
    """
    told = {VERSION: store.version} | ({ASSERTED: "true"} if asserted else {})
    for parameter in question.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None and parameter.kind in KINDS and value != ANY:
            value = store.names.resolve(value, kind=KINDS[parameter.kind]).iri
        told |= {} if value is None else {parameter.name: value}
    return f"{BASE}questions/{question.name}?{urlencode(sorted(told.items()))}"


def _term(store: Store, question: Question, parameter: Parameter, values: Mapping[str, str]) -> str:
    """What stands for a parameter in the query, as SPARQL writes it."""
    value = values.get(parameter.name, parameter.default)
    if value is None:
        raise QuestionError(
            f"The question {question.name} wants to know {parameter.name} ({parameter.description}). "
            f"Try: compgraph ask {question.name} --{parameter.name} {parameter.example}"
        )
    if value == ANY and parameter.default == ANY:
        return "UNDEF"
    if parameter.kind in KINDS:
        # The IRIs of the index came through the parser of an RDF library: none can end its own angle brackets.
        return f"<{store.names.resolve(value, kind=KINDS[parameter.kind]).iri}>"
    return _literal(parameter, value)


def _literal(parameter: Parameter, value: str) -> str:
    from pyoxigraph import Literal

    from compgraph.store.names import sound

    if fault := parameter.fault(value):
        raise QuestionError(fault)
    return value if parameter.kind == NUMBER else str(Literal(sound(value)))
