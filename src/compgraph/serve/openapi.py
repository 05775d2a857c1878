"""What there is to ask, as OpenAPI 3.1, from the headers of the questions."""

from collections.abc import Iterable, Mapping
from typing import Any

from compgraph.questions import Parameter, Question
from compgraph.questions.header import ANY, CHOICE, KINDS, NUMBER
from compgraph.serve.limits import Limits
from compgraph.serve.negotiation import PARAMETER
from compgraph.serve.problems import MEDIA_TYPE
from compgraph.serve.questions import ASSERTED, FORMATS, VERSION
from compgraph.serve.sparql import GRAPHS, QUERY, TABLES
from compgraph.serve.validation import SUFFIXES
from compgraph.version import __version__

_Object = dict[str, Any]
_FAILURES = {
    "400": "The request is wrong; the detail says what, and what to do.",
    "403": "The endpoint only reads.",
    "404": "There is no such thing.",
    "406": "None of the formats that were asked for; the list of those that there are.",
    "408": "The request came too slowly.",
    "410": "The permalink was made of other data than what is here now.",
    "413": "More was sent than is taken.",
    "415": "What was sent is of a kind that is not taken.",
    "421": "The server does not answer for that host.",
    "503": "It takes too much time or memory, or too much is going on; Retry-After says when to try again.",
}
_TEXT: _Object = {"type": "string"}


def openapi(questions: Iterable[Question], data_version: str, limits: Limits, *, server: str) -> _Object:
    """The description of the service at the address ``server``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "compgraph",
            "version": f"{__version__}+data.{data_version}",
            "description": "Competency frameworks as one knowledge graph: questions, names, validation, SPARQL.",
            "license": {"name": "CC BY 4.0 (data)", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": server}],
        "paths": {
            **{f"/api/questions/{each.name}": {"get": _question(each, limits)} for each in questions},
            "/api/questions": {"get": _operation("questions", "The list of the questions", [], _json(), "400")},
            "/api/names": {"get": _names(limits)},
            "/api/validate": {"post": _validate()},
            "/sparql": {"get": _sparql(limits), "post": _sparql_post()},
        },
        "components": {"schemas": {"Problem": _problem()}},
    }


def _operation(name: str, summary: str, given: list[_Object], content: _Object, *failures: str) -> _Object:
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    told = {status: {"description": _FAILURES[status], "content": problem} for status in sorted((*failures, "421"))}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": given,
        "responses": {"200": {"description": "The answer.", "content": content}, **told},
    }


def _question(question: Question, limits: Limits) -> _Object:
    given = [_parameter(each, limits) for each in question.parameters]
    given += [
        _given(PARAMETER, "The format, in place of Accept.", {"enum": [each.media_type for each in FORMATS]}),
        _given(ASSERTED, "Leave out what was only inferred.", {"type": "boolean"}),
        _given(VERSION, "Answer only from this version of the data.", {**_TEXT, "maxLength": limits.value_length}),
    ]
    failures = ("400", "404", "406", "410", "503")
    content = {each.media_type: {"schema": _schema(each.name)} for each in FORMATS}
    told = _operation(question.name, question.title, given, content, *failures)
    columns = "".join(f"\n- `{name}`: {meaning}" for name, meaning in question.columns.items())
    described = f"{question.question} {question.description}\n\n{columns}\n\nNot to be misread: {question.misread}"
    return told | {"description": described, "tags": [question.tags[0]]}


def _parameter(parameter: Parameter, limits: Limits) -> _Object:
    described = parameter.description
    if parameter.default == ANY:
        described += f" `{ANY}` leaves it open."
    told = _given(parameter.name, described, _values(parameter, limits), required=parameter.default is None)
    return told | {"example": parameter.example}


def _values(parameter: Parameter, limits: Limits) -> _Object:
    """The schema of a value; a thing is called by label, code, CURIE or IRI, which no schema can list."""
    schema: _Object = {**_TEXT, "maxLength": limits.value_length}
    if parameter.kind in KINDS:
        schema["minLength"] = 1
    if parameter.kind == CHOICE:
        schema = {"enum": list(parameter.choices)}
    elif parameter.kind == NUMBER:
        schema["pattern"] = r"^[+-]?[0-9]+(\.[0-9]+)?$" if parameter.default != ANY else rf"^({ANY}|[+-]?[0-9]+)$"
    return schema if parameter.default is None else schema | {"default": parameter.default}


def _given(name: str, described: str, schema: _Object, *, required: bool = False) -> _Object:
    return {"name": name, "in": "query", "description": described, "required": required, "schema": schema}


def _schema(name: str) -> _Object:
    return {"type": "object", "required": ["head", "results"]} if name == "json" else _TEXT


def _names(limits: Limits) -> _Object:
    given = [
        _given(
            "start", "How the name begins.", {**_TEXT, "minLength": 1, "maxLength": limits.value_length}, required=True
        ),
        _given("kind", "Of what kind the thing is.", {"enum": list(KINDS), "default": "thing"}),
    ]
    return _operation("names", "Names that begin so, or are spelt alike", given, _json(), "400")


def _validate() -> _Object:
    failures = ("400", "408", "413", "415", "503")
    told = _operation("validate", "The findings on a document; nothing of it is kept", [], _json(), *failures)
    return told | {"requestBody": {"required": True, "content": {kind: {"schema": _TEXT} for kind in SUFFIXES}}}


def _sparql(limits: Limits) -> _Object:
    described = "A SPARQL 1.1 query. Without it, the description of the service."
    given = [_given("query", described, {**_TEXT, "maxLength": limits.query_bytes}), *_dataset()]
    return _operation("sparql", "Any query", given, _results(), "400", "403", "406", "413", "503")


def _sparql_post() -> _Object:
    form = {"type": "object", "properties": {"query": _TEXT}, "required": ["query"]}
    body = {QUERY: {"schema": _TEXT}, "application/x-www-form-urlencoded": {"schema": form}}
    failures = ("400", "403", "406", "408", "413", "415", "503")
    told = _operation("sparqlPost", "Any query, of any length", _dataset(), _results(), *failures)
    return told | {"requestBody": {"required": True, "content": body}}


def _dataset() -> list[_Object]:
    graphs = {"type": "array", "items": {"type": "string", "format": "uri"}}
    told = {"default-graph-uri": "The graphs to ask.", "named-graph-uri": "The graphs that GRAPH may name."}
    return [_given(name, described, graphs) for name, described in told.items()]


def _results() -> _Object:
    return {
        each.media_type: {"schema": {} if each.name == "jsonld" else _schema_of(each.name)} for each in TABLES + GRAPHS
    }


def _schema_of(name: str) -> _Object:
    return {} if name == "json" else _TEXT


def _json() -> _Object:
    return {"application/json": {"schema": {"type": "object"}}}


def _problem() -> Mapping[str, Any]:
    return {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": {**_TEXT, "description": "What is wrong, and what to do."},
            "line": {"type": "integer", "description": "Of a query, from 1."},
            "column": {"type": "integer", "description": "In that line, from 1."},
            "available": {"type": "array", "items": _TEXT, "description": "The formats that there are."},
        },
    }
