"""Canned questions: one file is query, documentation, form and test at once."""

from collections.abc import Mapping

from compgraph.errors import QuestionError
from compgraph.questions.header import KINDS, Parameter, Question, read_question
from compgraph.questions.library import Library, compile_questions
from compgraph.store import TIMEOUT, Store, Table

__all__ = [
    "Library",
    "Parameter",
    "Question",
    "answer",
    "compile_questions",
    "query_text",
    "read_question",
]


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
    _check_names(question, values)
    # The IRIs of the index came through the parser of an RDF library: none can end its own angle brackets.
    terms = {
        parameter.name: f"<{store.names.resolve(values[parameter.name], kind=KINDS[parameter.kind]).iri}>"
        for parameter in question.parameters
    }
    return question.with_values(terms)


def _check_names(question: Question, values: Mapping[str, str]) -> None:
    wanted = [parameter.name for parameter in question.parameters]
    for name in values:
        if name not in wanted:
            raise QuestionError(f"The question {question.name} has no {name!r}. It takes: {', '.join(wanted)}.")
    for parameter in question.parameters:
        if parameter.name not in values:
            raise QuestionError(
                f"The question {question.name} wants to know {parameter.name} ({parameter.description}). "
                f"Try: compgraph ask {question.name} --{parameter.name} {parameter.example}"
            )
