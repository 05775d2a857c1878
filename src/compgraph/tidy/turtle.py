"""Canonical Turtle: one graph, one text, and a line that changes where a triple does."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from compgraph.errors import CompgraphError
from compgraph.terms import CG, DCTERMS, PREF_LABEL, PREFIXES, RDF_TYPE, SKOS, XSD

Resource: TypeAlias = NamedNode | Literal

# What a reader wants first comes first; all other predicates follow by IRI.
PREDICATE_ORDER = (
    RDF_TYPE,
    PREF_LABEL,
    SKOS + "altLabel",
    SKOS + "notation",
    DCTERMS + "title",
    SKOS + "definition",
    CG + "descriptor",
    SKOS + "inScheme",
    DCTERMS + "isPartOf",
    CG + "inCluster",
    CG + "ofCompetency",
    CG + "atLevel",
    CG + "forRole",
    CG + "expectedProficiency",
    CG + "demonstrates",
    CG + "elaborates",
    CG + "about",
    CG + "passageKind",
    CG + "position",
)
_RANK = {predicate: rank for rank, predicate in enumerate(PREDICATE_ORDER)}

# A cautious part of PN_LOCAL (Turtle 1.1, section 6.5): what needs no escape and reads well.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
_BARE = {XSD + "integer": re.compile(r"[+-]?\d+"), XSD + "decimal": re.compile(r"[+-]?\d*\.\d+")}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|(?P<comment>#)",
    re.DOTALL,
)


def turtle_text(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """The canonical Turtle of a graph, with those of ``prefixes`` (name to IRI) and of ours that are used.

    Subjects stand by IRI, predicates in a fixed order, values sorted, one a line, the full stop alone on its line.
    Raises CompgraphError for a blank node, which a kept file must not have.
    """
    known = PREFIXES | dict(prefixes)
    names = _Names(known)
    blocks = ["\n".join(_block(group, names)) for group in _by_subject(triples)]
    heads = [f"@prefix {name}: <{known[name]}> .\n" for name in sorted(names.used)]
    return "".join(heads) + "".join(f"\n{block}\n" for block in blocks)


def comment_line(text: str) -> int | None:
    """The line (from 1) of the first comment in a Turtle text, which rewriting it would lose; None if there is none."""
    for token in _TOKEN.finditer(text):
        if token["comment"]:
            return text.count("\n", 0, token.start()) + 1
    return None


class _Names:
    """Shortens IRIs, and remembers which prefixes that took."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._longest_first = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self.used: set[str] = set()

    def iri(self, iri: str) -> str:
        for name, start in self._longest_first:
            if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
                self.used.add(name)
                return f"{name}:{iri[len(start) :]}"
        return f"<{iri}>"

    def term(self, term: Resource) -> str:
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        datatype = term.datatype.value
        if (bare := _BARE.get(datatype)) and bare.fullmatch(term.value):
            return term.value
        if datatype == XSD + "boolean" and term.value in ("true", "false"):
            return term.value
        quoted = '"' + "".join(_ESCAPES.get(sign, sign) for sign in term.value) + '"'
        if term.language:
            return f"{quoted}@{term.language}"
        return quoted if datatype == XSD + "string" else f"{quoted}^^{self.iri(datatype)}"


def _by_subject(triples: Iterable[Triple]) -> Iterator[list[tuple[str, str, Resource]]]:
    plain = {(_named(triple.subject), triple.predicate.value, _named_or_literal(triple.object)) for triple in triples}
    ordered = sorted(plain, key=lambda item: (item[0], _predicate_key(item[1]), _value_key(item[2])))
    return (list(group) for _, group in groupby(ordered, key=itemgetter(0)))


def _block(group: list[tuple[str, str, Resource]], names: _Names) -> Iterator[str]:
    yield names.iri(group[0][0])
    for predicate, facts in groupby(group, key=itemgetter(1)):
        verb = "a" if predicate == RDF_TYPE else names.iri(predicate)
        values = " ,\n        ".join(names.term(value) for _, _, value in facts)
        yield f"    {verb} {values} ;"
    yield "    ."


def _predicate_key(predicate: str) -> tuple[int, str]:
    return _RANK.get(predicate, len(_RANK)), predicate


def _value_key(term: Resource) -> tuple[int, str, tuple[int, ...], str, str]:
    # Pointers into a source sort by position (char=9 before char=10), as a reader meets them.
    if isinstance(term, NamedNode):
        start, _, fragment = term.value.partition("#char=")
        return 0, start, tuple(int(number) for number in re.findall(r"\d+", fragment)), term.value, ""
    return 1, term.value, (), term.language or "", term.datatype.value


def _named(term: object) -> str:
    if isinstance(term, NamedNode):
        return term.value
    raise _nameless(term)


def _named_or_literal(term: object) -> Resource:
    if isinstance(term, NamedNode | Literal):
        return term
    raise _nameless(term)


def _nameless(term: object) -> CompgraphError:
    kind = "a blank node" if isinstance(term, BlankNode) else "a triple used as a term"
    return CompgraphError(f"A kept file can't hold {kind} ({term}): give it an IRI, so that reports can name it.")
