"""The canned questions as operations: a question's name is an address, its parameters are those of the address."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from compgraph.errors import QuestionError
from compgraph.questions import ASSERTED, VERSION, Question, query_text
from compgraph.render.machine import FORMATS as TEXTS
from compgraph.serve.answers import answer
from compgraph.serve.bodies import query_parameters, while_there
from compgraph.serve.negotiation import PARAMETER, Format, negotiated, wanted
from compgraph.serve.problems import Problem
from compgraph.serve.served import Served, json_answer
from compgraph.store import Table
from compgraph.terms import ASSERTED_GRAPH

QUERY = Format("rq", "application/sparql-query")
FORMATS = (
    Format("json", "application/sparql-results+json"),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
    Format("xml", "application/sparql-results+xml"),
    Format("json", "application/json"),
    QUERY,
)
"""How an answer can be had; the last is the query that finds it."""

RESERVED = (PARAMETER, VERSION, ASSERTED)


async def questions(asked: Request, served: Served) -> Response:
    """The list of the questions."""
    told = [
        {
            "name": each.name,
            "family": each.family,
            "title": each.title,
            "question": each.question,
            "href": f"/api/questions/{each.name}",
        }
        for each in served.graph.questions
    ]
    return json_answer(asked, {"questions": told}, served)


class Told(NamedTuple):
    """What a request tells a question."""

    given: dict[str, str]
    """All of its parameters."""
    values: dict[str, str]
    """Those of the question."""
    is_asserted: bool
    """Whether what was only inferred is to be left out."""


async def question(asked: Request, served: Served) -> Response:
    """The answer to a question."""
    name, extension = _parts(served, asked.path_params["name"])
    found = found_question(served, name)
    format_ = _format(asked, extension)
    told = told_by(asked, served)
    text = query_text(served.graph.store, found, told.values)
    body = text if format_ is QUERY else TEXTS[format_.name](await rows(asked, served, text, told))
    headers = {"Link": f'<{_permalink(asked, found, told, served)}>; rel="bookmark"'}
    return answer(
        asked,
        body.encode(),
        format_.content_type,
        changed=served.made,
        headers=headers | {"Data-Version": served.version},
    )


async def rows(asked: Request, served: Served, text: str, told: Told) -> Table:
    """The answer to the query of a question. Raises QueryError."""
    default = [ASSERTED_GRAPH] if told.is_asserted else None
    return await while_there(asked, served.table(text, default=default))


def _parts(served: Served, name: str) -> tuple[str, str]:
    """The name of a question, and the extension behind it."""
    stem, dot, extension = name.rpartition(".")
    return (stem, extension) if dot and stem in served.graph.questions.names() else (name, "")


def found_question(served: Served, name: str) -> Question:
    """The question of this name. Raises Problem if there is none."""
    try:
        return served.graph.questions[name]
    except QuestionError as error:
        raise Problem(404, str(error)) from error


def told_by(asked: Request, served: Served) -> Told:
    """What a request tells a question. Raises Problem for a parameter that is wrong in itself, and for other data."""
    given = _given(asked, served)
    _refuse_old(given, served)
    values = {name: value for name, value in given.items() if name not in RESERVED}
    return Told(given, values, _is_asserted(given))


def _given(asked: Request, served: Served) -> dict[str, str]:
    """The parameters of a request. Raises Problem for one that is too long, or given twice."""
    given: dict[str, str] = {}
    for name, value in query_parameters(asked):
        if name in given:
            raise Problem(400, f"{name!r} is given more than once. Give it once.")
        if len(value) > served.limits.value_length:
            raise Problem(400, f"{name!r} is longer than {served.limits.value_length} characters. Make it shorter.")
        given[name] = value
    return given


def _refuse_old(given: Mapping[str, str], served: Served) -> None:
    """Raise Problem if an answer is asked for that was made of other data."""
    if given.get(VERSION, served.version) != served.version:
        raise Problem(
            410,
            f"This answer was made of data {given[VERSION]}, and the data is now {served.version}. Ask without "
            f"{VERSION} for the answer of today.",
            data=served.version,
        )


def _format(asked: Request, extension: str) -> Format:
    if not extension:
        return negotiated(asked, FORMATS)
    format_ = wanted(extension, FORMATS)
    if format_ is None:
        raise Problem(404, f"There is no .{extension} of this. There are: .json, .csv, .tsv, .xml, .rq")
    return format_


def _is_asserted(given: Mapping[str, str]) -> bool:
    """Whether what was only inferred is to be left out. Raises Problem for any other value than yes or no."""
    value = given.get(ASSERTED, "false")
    if value not in ("true", "false"):
        raise Problem(400, f"{ASSERTED} is true or false, not {value!r}.")
    return value == "true"


def _permalink(asked: Request, found: Question, told: Told, served: Served) -> str:
    """The address that gives this very answer, or says that the data is another."""
    values = {each.name: told.values.get(each.name, each.default) for each in found.parameters}
    kept = {name: told.given[name] for name in (PARAMETER, ASSERTED) if name in told.given}
    pairs = {name: value for name, value in values.items() if value is not None} | kept | {VERSION: served.version}
    return f"{asked.scope['path']}?{urlencode(pairs)}"
