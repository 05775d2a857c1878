"""Waivers: findings that someone has answered for, until a day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from compgraph.terms import RDF_TYPE
from compgraph.validate.findings import CGSH, Finding, Severity

PAST, IDLE = CGSH + "Waiver-in-time", CGSH + "Waiver-needed"
"""The rules of a waiver whose day is over, and of one that takes nothing away."""

_PAST_MESSAGE = "The day of this waiver is over. Mend what it excuses and delete it, or give it a later cgsh:until."
_IDLE_MESSAGE = "This waiver excuses nothing that was found. Delete it, or correct its cgsh:node and cgsh:rule."


class _Waiver(NamedTuple):
    name: str
    node: str
    rule: str
    until: str


def about_waivers(triples: Sequence[ox.Triple]) -> list[ox.Triple]:
    """What some triples say of waivers."""
    type_, waiver = ox.NamedNode(RDF_TYPE), ox.NamedNode(CGSH + "Waiver")
    names = {triple.subject for triple in triples if triple.predicate == type_ and triple.object == waiver}
    return [triple for triple in triples if triple.subject in names]


def waive(
    findings: Sequence[Finding], triples: Iterable[ox.Triple], *, today: date, whole: bool
) -> tuple[list[Finding], int]:
    """The findings that no waiver takes away, with what is wrong with the waivers themselves; and how many it takes.

    A waiver holds to the end of its day. The waivers are judged only where the ``whole`` was looked at. One that is not
    written as it should be takes nothing away: a shape says so.
    """
    waivers = [*_waivers(triples)]
    in_time = {(each.node, each.rule) for each in waivers if each.until >= today.isoformat()}
    kept = [finding for finding in findings if (str(finding.node), finding.rule) not in in_time]
    used = {(str(finding.node), finding.rule) for finding in findings}
    if whole:
        kept += [_fault(each, PAST, _PAST_MESSAGE) for each in waivers if each.until < today.isoformat()]
        kept += [_fault(each, IDLE, _IDLE_MESSAGE) for each in waivers if (each.node, each.rule) not in used]
    return kept, sum((str(finding.node), finding.rule) in in_time for finding in findings)


def _waivers(triples: Iterable[ox.Triple]) -> Iterator[_Waiver]:
    said: dict[str, dict[str, str]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            said.setdefault(triple.subject.value, {})[triple.predicate.value] = triple.object.value
    for name, values in said.items():
        parts = [values.get(CGSH + part) for part in ("node", "rule", "until")]
        if all(parts):
            yield _Waiver(name, *map(str, parts))


def _fault(waiver: _Waiver, rule: str, message: str) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        rule=rule,
        node=URIRef(waiver.name),
        path=CGSH + "until" if rule == PAST else None,
        value=Literal(waiver.until, datatype=XSD.date, normalize=False) if rule == PAST else None,
        message=message,
        shape=rule,
        component=rule,
    )
