"""The W3C report: findings as ``sh:ValidationReport`` (SHACL, section 3.6), in Turtle."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import pyoxigraph as ox

from compgraph.load import from_rdflib
from compgraph.terms import RDF, RDF_TYPE, RDFS, SH, XSD
from compgraph.validate.findings import Finding, Report

_Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
_TYPE, _NIL = ox.NamedNode(RDF_TYPE), ox.NamedNode(RDF + "nil")
_TOKEN = re.compile(r"<([^>]*)>|([\^()/|*+?])")
_AFTER = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}


def report_turtle(report: Report, prefixes: Mapping[str, str]) -> str:
    """The report with a result for each finding; its place, where one is known, is a comment of the result.

    What can't be verified is no result: SHACL has no third verdict.
    """
    whole = ox.BlankNode("report")
    judged = [finding for finding in report.findings if not finding.unverifiable]
    triples = [
        ox.Triple(whole, _TYPE, _sh("ValidationReport")),
        ox.Triple(whole, _sh("conforms"), _boolean(not judged)),
    ]
    results = [(ox.BlankNode(f"result{number}"), finding) for number, finding in enumerate(judged, start=1)]
    triples += [ox.Triple(whole, _sh("result"), result) for result, _ in results]
    for result, finding in results:
        triples += _result(finding, result)
    names = [term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)]
    used = {prefix: start for prefix, start in prefixes.items() if any(name.startswith(start) for name in names)}
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode()


def _result(finding: Finding, result: ox.BlankNode) -> Iterator[ox.Triple]:
    yield ox.Triple(result, _TYPE, _sh("ValidationResult"))
    yield ox.Triple(result, _sh("focusNode"), from_rdflib(finding.node))
    yield ox.Triple(result, _sh("resultSeverity"), _sh(finding.severity))
    yield ox.Triple(result, _sh("sourceShape"), ox.NamedNode(finding.shape))
    yield ox.Triple(result, _sh("sourceConstraintComponent"), ox.NamedNode(finding.component))
    yield ox.Triple(result, _sh("resultMessage"), ox.Literal(finding.message, language="en"))
    if finding.rule != finding.shape:
        yield ox.Triple(result, _sh("sourceConstraint"), ox.NamedNode(finding.rule))
    if finding.value is not None:
        yield ox.Triple(result, _sh("value"), from_rdflib(finding.value))
    if finding.path is not None:
        path, triples = _Path(finding.path, result).read()
        yield ox.Triple(result, _sh("resultPath"), path)
        yield from triples
    if finding.file is not None:
        yield ox.Triple(result, ox.NamedNode(RDFS + "comment"), ox.Literal(finding.where))


class _Path:
    """A SPARQL property path as the structure that SHACL makes of it (section 2.3.1)."""

    def __init__(self, text: str, result: ox.BlankNode) -> None:
        self._tokens = _TOKEN.findall(text if "<" in text else f"<{text}>")
        self._triples: list[ox.Triple] = []
        self._name = result.value

    def read(self) -> tuple[_Term, list[ox.Triple]]:
        return self._step(), self._triples

    def _step(self) -> _Term:
        iri, sign = self._tokens.pop(0)
        if sign == "^":
            return self._node("inversePath", self._step())
        step = self._group() if sign == "(" else ox.NamedNode(iri)
        while self._tokens and self._tokens[0][1] in _AFTER:
            step = self._node(_AFTER[self._tokens.pop(0)[1]], step)
        return step

    def _group(self) -> _Term:
        steps, between = [self._step()], ""
        while (sign := self._tokens.pop(0)[1]) != ")":
            between = sign
            steps.append(self._step())
        return self._node("alternativePath", self._list(steps)) if between == "|" else self._list(steps)

    def _list(self, steps: list[_Term]) -> _Term:
        rest: _Term = _NIL
        for step in reversed(steps):
            cell = self._blank()
            self._triples += [
                ox.Triple(cell, ox.NamedNode(RDF + "first"), step),
                ox.Triple(cell, ox.NamedNode(RDF + "rest"), rest),
            ]
            rest = cell
        return rest

    def _node(self, kind: str, value: _Term) -> ox.BlankNode:
        node = self._blank()
        self._triples.append(ox.Triple(node, _sh(kind), value))
        return node

    def _blank(self) -> ox.BlankNode:
        return ox.BlankNode(f"{self._name}p{len(self._triples)}")


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)


def _boolean(value: bool) -> ox.Literal:
    return ox.Literal(str(value).lower(), datatype=ox.NamedNode(XSD + "boolean"))
