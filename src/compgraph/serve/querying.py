"""The page to write SPARQL on."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from compgraph import pages
from compgraph.errors import QueryError, QuestionError
from compgraph.serve.bodies import query_parameters
from compgraph.serve.forms import page
from compgraph.serve.negotiation import Format
from compgraph.serve.problems import Problem, of_error
from compgraph.serve.served import Served
from compgraph.serve.sparql import Query, replied
from compgraph.store import Answer
from compgraph.store.answers import decode

_TABLE, _GRAPH = Format("json", "application/sparql-results+json"), Format("ttl", "text/turtle")
_BEGINNING = """\
SELECT ?competency ?label
WHERE {
  ?competency a cg:Competency ; skos:prefLabel ?label .
}
ORDER BY ?label
LIMIT 20
"""


async def sparql_form(asked: Request, served: Served) -> Response:
    """The text area, with the answer to the query in it."""
    given = dict(query_parameters(asked))
    if (query := given.get("query", "").replace("\r\n", "\n")).strip():
        return await _run(asked, served, query)
    return _shown(asked, served, _example(served, given["example"]) if "example" in given else _BEGINNING)


def _example(served: Served, name: str) -> str:
    try:
        return served.graph.questions[name].query
    except QuestionError as error:
        raise Problem(404, str(error)) from error


async def _run(asked: Request, served: Served, query: str) -> Response:
    try:
        kind, body = await replied(asked, served, Query(query), _TABLE, _GRAPH)
    except QueryError as error:
        return _shown(asked, served, query, problem=of_error(error), place=(error.line, error.column))
    except Problem as problem:
        return _shown(asked, served, query, problem=problem)
    return _shown(asked, served, query, answer=decode(kind, body))


def _shown(
    asked: Request,
    served: Served,
    query: str,
    *,
    answer: Answer | None = None,
    problem: Problem | None = None,
    place: tuple[int | None, int | None] = (None, None),
) -> Response:
    line, column = place
    text = pages.sparql_page(
        served.site,
        query,
        questions=served.graph.questions,
        answer=answer,
        problem=problem.detail if problem else "",
        place=(line, column or 1) if line else None,
        csv=f"sparql?{urlencode({'query': query, '_mediatype': 'text/csv'})}",
    )
    return page(asked, served, text, problem)
