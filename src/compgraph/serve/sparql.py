"""The SPARQL 1.1 Protocol, as far as it reads (https://www.w3.org/TR/sparql11-protocol/)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from compgraph.serve.answers import answer
from compgraph.serve.bodies import FORM, address, media_type, parameters, query_parameters, text_of, while_there
from compgraph.serve.description import description
from compgraph.serve.negotiation import PARAMETER, Format, chosen, not_acceptable, wanted
from compgraph.serve.problems import Problem
from compgraph.serve.served import Served
from compgraph.store.queries import request
from compgraph.store.tokens import from_clauses

TABLES = (
    Format("json", "application/sparql-results+json"),
    Format("xml", "application/sparql-results+xml"),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
    Format("json", "application/json"),
    Format("xml", "application/xml"),
)
"""How rows, and yes or no, can be had."""
GRAPHS = (
    Format("ttl", "text/turtle"),
    Format("jsonld", "application/ld+json"),
    Format("rdf", "application/rdf+xml"),
    Format("nt", "application/n-triples"),
    Format("ttl", "text/n3"),
    Format("jsonld", "application/json"),
    Format("rdf", "application/xml"),
)
"""How triples can be had."""

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
_READ_ONLY = "This endpoint only reads: updates are refused. The data is changed in the files of the workspace."
_VARIES = re.compile(r"RAND|NOW|UUID|BNODE", re.IGNORECASE)
"""What may give another answer to the same query over the same data (SPARQL 1.1 Query, sections 17.4.2 to 17.4.5)."""
_OVERHEAD = 1_000
"""Bytes that it takes to keep an answer, beside the answer."""
_ABSOLUTE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):[^\x00-\x20<>\"{}|^`\\]*")


class Query(NamedTuple):
    """A request of the protocol's query operation (section 2.1)."""

    text: str
    default: list[str] | None = None
    named: list[str] | None = None

    @classmethod
    def of(cls, query: str, given: Sequence[tuple[str, str]]) -> "Query":
        """With the dataset that the parameters describe: it is all there is, as soon as they name one graph."""
        default = [value for name, value in given if name == "default-graph-uri"]
        named = [value for name, value in given if name == "named-graph-uri"]
        for iri in default + named:
            _refuse_odd(iri)
        return cls(query, default, named) if default or named else cls(query)


async def sparql(asked: Request, served: Served) -> Response:
    """Answers a query, or describes the service where none is sent (SPARQL 1.1 Service Description, section 2)."""
    if asked.method == "POST":
        query, given = await _posted(asked, served), query_parameters(asked)
        return _sent(asked, served, await _answered(asked, served, query, given))
    where = asked.scope["query_string"], asked.headers.get("accept"), address(asked)
    if (kept := served.answers.get(where)) is not None:
        return _sent(asked, served, kept)
    given = query_parameters(asked)
    if not any(name in ("query", "update") for name, _ in given):
        return await description(asked, served, TABLES, GRAPHS)
    query = Query.of(_one_query(given), given)
    found = await _answered(asked, served, query, given)
    if not _VARIES.search(query.text):
        served.answers.keep(where, found, len(found[0]) + len(where[0]) + _OVERHEAD)
    return _sent(asked, served, found)


def _sent(asked: Request, served: Served, found: tuple[bytes, str]) -> Response:
    # Without a Last-Modified: NOW() and RAND() change the answer to a query, though no data changes.
    return answer(asked, *found, headers={"Data-Version": served.version})


async def _posted(asked: Request, served: Served) -> Query:
    kind, given = media_type(asked), query_parameters(asked)
    if kind == UPDATE:
        raise Problem(403, _READ_ONLY)
    if kind not in (QUERY, FORM):
        raise Problem(415, f"Send a query as {QUERY}, or as query=... in {FORM}.", accepted=[QUERY, FORM])
    limits = served.limits
    text = await text_of(asked, most=limits.query_bytes, seconds=limits.waiting_seconds)
    if kind == QUERY:
        return Query.of(text, given)
    form = parameters(text)
    return Query.of(_one_query(form), form + given)


def _one_query(given: Sequence[tuple[str, str]]) -> str:
    if any(name == "update" for name, _ in given):
        raise Problem(403, _READ_ONLY)
    queries = [value for name, value in given if name == "query"]
    if len(queries) != 1:
        raise Problem(400, f"Send one query, not {len(queries)}: query=...")
    return queries[0]


async def _answered(
    asked: Request, served: Served, query: Query, given: Sequence[tuple[str, str]]
) -> tuple[bytes, str]:
    """The answer and its content type."""
    table, graph = _format(asked, given, TABLES), _format(asked, given, GRAPHS)
    if table is None and graph is None:
        raise not_acceptable(TABLES + GRAPHS)
    kind, body = await replied(asked, served, query, table, graph)
    format_ = graph if kind == "graph" else table
    assert format_ is not None  # noqa: S101  (the worker would have said so)
    return body, format_.content_type


async def replied(
    asked: Request, served: Served, query: Query, table: Format | None, graph: Format | None
) -> tuple[str, bytes]:
    """What a query gives: ``table``, ``boolean`` or ``graph``, and the answer in the format of its kind.

    Raises Problem and QueryError.
    """
    limits, store, base = served.limits, served.graph.store, f"{address(asked)}/sparql"
    if len(query.text) > limits.query_bytes:
        raise Problem(413, f"The query is longer than {limits.query_bytes} characters. Make it shorter.")
    store.refuse_unknown_terms(query.text)
    message = request(
        query.text,
        prefixes=store.prefixes,
        default=query.default,
        named=query.named,
        only_known=() if query.default is not None else _from(query.text, served, base),
        base=base,
        table=table.name if table else "",
        graph=graph.name if graph else "",
        rows=limits.rows,
        size=limits.answer_bytes,
    )
    kind, problem, body = await while_there(asked, served.ad_hoc.ask(message, seconds=limits.seconds))
    refused = _refused(kind, problem, served)
    if refused is not None:
        raise refused
    return kind, body


def _refused(kind: str, problem: str, served: Served) -> Problem | None:
    if kind == "format":
        return not_acceptable(GRAPHS if problem == "graph" else TABLES)
    if kind == "many":
        return Problem(
            400,
            f"The answer has more than {served.limits.rows} rows. Add LIMIT {served.limits.rows} or less, or ask "
            "for less; with ORDER BY and OFFSET one part comes after the other.",
        )
    if kind == "absent":
        return Problem(
            400,
            f"FROM <{problem}>: no such graph is here, and none is fetched. The service description "
            "lists the graphs that there are.",
        )
    return None


def _format(asked: Request, given: Sequence[tuple[str, str]], formats: Sequence[Format]) -> Format | None:
    if named := [value for name, value in given if name == PARAMETER]:
        return wanted(named[0], formats)
    return chosen(asked.headers.get("accept"), formats)


def _from(query: str, served: Served, base: str) -> list[str]:
    graphs = list(from_clauses(query, prefixes=served.graph.store.prefixes, base=base))
    for iri in graphs:
        _refuse_odd(iri)
    return graphs


def _refuse_odd(iri: str) -> None:
    """Raise Problem for what is no absolute IRI, or names a file: no such graph can be here, and none is read."""
    scheme = _ABSOLUTE.fullmatch(iri)
    if scheme is None:
        raise Problem(400, "A graph is named by an absolute IRI, such as https://w3id.org/compgraph/id/california.")
    if scheme[1].lower() == "file":
        raise Problem(400, "No file is ever read: a query is answered from the graphs of the workspace alone.")
