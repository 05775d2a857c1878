"""What the SPARQL service says of itself (https://www.w3.org/TR/sparql11-service-description/)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from compgraph.serve.answers import answer
from compgraph.serve.bodies import address
from compgraph.serve.negotiation import Format, negotiated
from compgraph.serve.problems import of_error
from compgraph.store.queries import failure, request
from compgraph.store.worker import GRAPHS as SYNTAXES
from compgraph.terms import PREFIXES, QUESTIONS_GRAPH, RDF_TYPE, RDFS

if TYPE_CHECKING:
    from compgraph.serve.served import Served

_SD = "http://www.w3.org/ns/sparql-service-description#"
_W3C = "http://www.w3.org/ns/formats/"
_RESULTS = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/n-triples": "N-Triples",
}
_EXAMPLES = "/.well-known/sparql-examples"


async def description(asked: Request, served: "Served", *formats: Sequence[Format]) -> Response:
    """The service as RDF; ``formats`` are those of rows and those of triples."""
    format_ = negotiated(asked, formats[-1])
    endpoint = f"{address(asked)}/sparql"
    media_types = [each.media_type for group in formats for each in group]
    triples = _triples(endpoint, await _named_graphs(served), media_types)
    told = ox.serialize(triples, format=SYNTAXES[format_.name], prefixes=_prefixes(format_))
    headers = {"Link": f'<{_EXAMPLES}>; rel="related"', "Data-Version": served.version}
    return answer(asked, told or b"", format_.content_type, changed=served.made, headers=headers)


async def examples(asked: Request, served: "Served", formats: Sequence[Format]) -> Response:
    """The questions as ``sh:SPARQLExecutable``, for editors that offer examples."""
    format_ = negotiated(asked, formats)
    everything = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{QUESTIONS_GRAPH}> {{ ?s ?p ?o }} }}"
    query = request(everything, prefixes=PREFIXES, graph=format_.name)
    kind, problem, body = await served.canned.ask(query, seconds=served.limits.seconds)
    if kind != "graph":
        raise of_error(failure(kind, problem, served.graph.store.folder))
    headers = {"Data-Version": served.version}
    return answer(asked, body, format_.content_type, changed=served.made, headers=headers)


async def _named_graphs(served: "Served") -> list[str]:
    found = await served.table("SELECT ?graph { GRAPH ?graph {} } ORDER BY ?graph")
    return [row[0].value for row in found.rows if row[0]]


def _triples(endpoint: str, graphs: Sequence[str], media_types: Sequence[str]) -> list[ox.Triple]:
    service, dataset, default = (
        ox.NamedNode(endpoint),
        ox.NamedNode(f"{endpoint}#data"),
        ox.NamedNode(f"{endpoint}#all"),
    )
    formats = [ox.NamedNode(_W3C + _RESULTS[each]) for each in dict.fromkeys(media_types) if each in _RESULTS]
    whole = "Every statement of every graph, once, and what follows from them."
    triples = [
        _said(service, RDF_TYPE, _sd("Service")),
        _said(service, _SD + "endpoint", service),
        _said(service, _SD + "supportedLanguage", _sd("SPARQL11Query")),
        *(_said(service, _SD + "resultFormat", each) for each in formats),
        _said(service, RDFS + "seeAlso", ox.NamedNode(endpoint.rsplit("/sparql", 1)[0] + _EXAMPLES)),
        _said(service, _SD + "defaultDataset", dataset),
        _said(dataset, RDF_TYPE, _sd("Dataset")),
        _said(dataset, _SD + "defaultGraph", default),
        _said(default, RDF_TYPE, _sd("Graph")),
        _said(default, RDFS + "comment", ox.Literal(whole, language="en")),
    ]
    for number, name in enumerate(graphs, start=1):
        named, graph = ox.NamedNode(f"{endpoint}#named-{number}"), ox.NamedNode(f"{endpoint}#graph-{number}")
        triples += [
            _said(dataset, _SD + "namedGraph", named),
            _said(named, RDF_TYPE, _sd("NamedGraph")),
            _said(named, _SD + "name", ox.NamedNode(name)),
            _said(named, _SD + "graph", graph),
            _said(graph, RDF_TYPE, _sd("Graph")),
        ]
    return triples


def _said(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _prefixes(format_: Format) -> dict[str, str] | None:
    return {"sd": _SD, "rdfs": RDFS, "formats": _W3C} if format_.name in ("ttl", "rdf") else None
