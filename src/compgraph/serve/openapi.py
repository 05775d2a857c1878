"""What there is to ask, as OpenAPI 3.1, from the headers of the questions."""

from collections.abc import Iterable, Mapping
from typing import Any

from compgraph.questions import ASSERTED, VERSION, Parameter, Question
from compgraph.questions.header import ANY, CHOICE, KINDS, NUMBER
from compgraph.serve.limits import Limits
from compgraph.serve.negotiation import PARAMETER
from compgraph.serve.operations import TEXT, Described, given_in_query, json_object, operation
from compgraph.serve.questions import FORMATS
from compgraph.serve.reconciliation import described as reconciliation
from compgraph.serve.sparql import GRAPHS, QUERY, TABLES
from compgraph.serve.validation import SUFFIXES
from compgraph.version import __version__


def openapi(questions: Iterable[Question], data_version: str, limits: Limits, *, server: str) -> Described:
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
            "/api/questions": {"get": operation("questions", "The list of the questions", [], json_object(), "400")},
            "/api/names": {"get": _names(limits)},
            "/api/validate": {"post": _validate()},
            **reconciliation.paths(),
            "/sparql": {"get": _sparql(limits), "post": _sparql_post()},
        },
        "components": {"schemas": {"Problem": _problem()}},
    }


def _question(question: Question, limits: Limits) -> Described:
    given = [_parameter(each, limits) for each in question.parameters]
    given += [
        given_in_query(PARAMETER, "The format, in place of Accept.", {"enum": [each.media_type for each in FORMATS]}),
        given_in_query(ASSERTED, "Leave out what was only inferred.", {"type": "boolean"}),
        given_in_query(
            VERSION, "Answer only from this version of the data.", {**TEXT, "maxLength": limits.value_length}
        ),
    ]
    failures = ("400", "404", "406", "410", "503")
    content = {each.media_type: {"schema": _schema(each.name)} for each in FORMATS}
    told = operation(question.name, question.title, given, content, *failures)
    columns = "".join(f"\n- `{name}`: {meaning}" for name, meaning in question.columns.items())
    described = f"{question.question} {question.description}\n\n{columns}\n\nNot to be misread: {question.misread}"
    return told | {"description": described, "tags": [question.family]}


def _parameter(parameter: Parameter, limits: Limits) -> Described:
    described = parameter.description
    if parameter.default == ANY:
        described += f" `{ANY}` leaves it open."
    told = given_in_query(parameter.name, described, _values(parameter, limits), required=parameter.default is None)
    return told | {"example": parameter.example}


def _values(parameter: Parameter, limits: Limits) -> Described:
    """The schema of a value; a thing is called by label, code, CURIE or IRI, which no schema can list."""
    schema: Described = {**TEXT, "maxLength": limits.value_length}
    if parameter.kind in KINDS:
        schema["minLength"] = 1
    if parameter.kind == CHOICE:
        schema = {"enum": list(parameter.choices)}
    elif parameter.kind == NUMBER:
        schema["pattern"] = r"^[+-]?[0-9]+(\.[0-9]+)?$" if parameter.default != ANY else rf"^({ANY}|[+-]?[0-9]+)$"
    return schema if parameter.default is None else schema | {"default": parameter.default}


def _schema(name: str) -> Described:
    return {"type": "object", "required": ["head", "results"]} if name == "json" else TEXT


def _names(limits: Limits) -> Described:
    given = [
        given_in_query(
            "start", "How the name begins.", {**TEXT, "minLength": 1, "maxLength": limits.value_length}, required=True
        ),
        given_in_query("kind", "Of what kind the thing is.", {"enum": list(KINDS), "default": "thing"}),
    ]
    return operation("names", "Names that begin so, or are spelt alike", given, json_object(), "400")


def _validate() -> Described:
    failures = ("400", "408", "413", "415", "503")
    told = operation("validate", "The findings on a document; nothing of it is kept", [], json_object(), *failures)
    return told | {"requestBody": {"required": True, "content": {kind: {"schema": TEXT} for kind in SUFFIXES}}}


def _sparql(limits: Limits) -> Described:
    described = "A SPARQL 1.1 query. Without it, the description of the service."
    given = [given_in_query("query", described, {**TEXT, "maxLength": limits.query_bytes}), *_dataset()]
    return operation("sparql", "Any query", given, _results(), "400", "403", "406", "413", "503")


def _sparql_post() -> Described:
    form = {"type": "object", "properties": {"query": TEXT}, "required": ["query"]}
    body = {QUERY: {"schema": TEXT}, "application/x-www-form-urlencoded": {"schema": form}}
    failures = ("400", "403", "406", "408", "413", "415", "503")
    told = operation("sparqlPost", "Any query, of any length", _dataset(), _results(), *failures)
    return told | {"requestBody": {"required": True, "content": body}}


def _dataset() -> list[Described]:
    graphs = {"type": "array", "items": {"type": "string", "format": "uri"}}
    told = {"default-graph-uri": "The graphs to ask.", "named-graph-uri": "The graphs that GRAPH may name."}
    return [given_in_query(name, described, graphs) for name, described in told.items()]


def _results() -> Described:
    return {
        each.media_type: {"schema": {} if each.name == "jsonld" else _schema_of(each.name)} for each in TABLES + GRAPHS
    }


def _schema_of(name: str) -> Described:
    return {} if name == "json" else TEXT


def _problem() -> Mapping[str, Any]:
    return {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": {**TEXT, "description": "What is wrong, and what to do."},
            "line": {"type": "integer", "description": "Of a query, from 1."},
            "column": {"type": "integer", "description": "In that line, from 1."},
            "available": {"type": "array", "items": TEXT, "description": "The formats that there are."},
        },
    }
