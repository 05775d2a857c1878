"""What the text of a query tells before the engine reads it: what must not be run, and what must be known."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from compgraph.errors import QueryError
from compgraph.terms import CG

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})

# What may hold the word SERVICE without meaning it: comments, IRIs, strings, variables, prefixed names.
_SPARQL_TOKEN = re.compile(
    r"#[^\n\r]*"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|[?$@]\w+"
    r"|(?P<prefixed>[\w.\-]*:(?:[\w.\-:%]|\\.)*)"
    r"|(?P<word>[A-Za-z]+)",
    re.DOTALL,
)

# Whatever a reader of SPARQL could take for the beginning of a SERVICE pattern, also within a string or a comment: the
# engine reads some signs in another way than the grammar's tokens, and would see a SERVICE where we see a string.
_SERVICE = re.compile(
    r"SERVICE(?:[ \t\r\n]|#[^\r\n]*[\r\n])*+(?:SILENT(?:[ \t\r\n]|#[^\r\n]*[\r\n])*+)?"
    r"(?:<[^>\s]*>|[?$][^\s{}<>#]+|[^\s<>{}#\"':]*:[^ \t\r\n{#]*)(?:[ \t\r\n]|#[^\r\n]*[\r\n])*+\{",
    re.IGNORECASE,
)


def prepared(query: str) -> tuple[str, set[str]]:
    """The same query as the engine can read it, and the prefixes that it writes.

    pyoxigraph 0.5 takes a prefixed name with two dots for an error. Our identifiers have two
    (``california:thoroughness.manager.1``), and the escape means the same (SPARQL 1.1, PN_LOCAL_ESC). A dot at the end
    is no part of the name. Raises QueryError for a query that would call another server (SPARQL 1.1 Federated Query,
    section 2) or change data.
    """
    pieces: list[str] = []
    prefixes: set[str] = set()
    done, verb = 0, ""
    for token in _SPARQL_TOKEN.finditer(query):
        if word := token["word"]:
            if word.upper() == "SERVICE":
                raise _calls_out(query, token.start())
            verb = verb or ("" if word.upper() in ("PREFIX", "BASE") else word.upper())
        elif token["prefixed"]:
            prefix, _, local = token[0].partition(":")
            prefixes.add(prefix)
            if local.rstrip(".").count(".") > 1:
                pieces += (query[done : token.start()], prefix, ":", _escaped(local))
                done = token.end()
    if hidden := _SERVICE.search(query):
        raise _calls_out(query, hidden.start())
    _refuse_update(verb)
    return "".join((*pieces, query[done:])), prefixes


def _escaped(local: str) -> str:
    name = local.rstrip(".")
    return re.sub(r"(?<!\\)\.", r"\.", name) + local[len(name) :]


def _calls_out(query: str, offset: int) -> QueryError:
    line, column = query.count("\n", 0, offset) + 1, offset - query.rfind("\n", 0, offset)
    problem = "SERVICE would call another server, which compgraph never does: remove it."
    return QueryError(f"line {line}: {problem}", line=line, column=column)


def _refuse_update(verb: str) -> None:
    if verb in _UPDATES:
        raise QueryError(
            f"{verb} would change data; the graph is only read. Change the files of the workspace instead."
        )


def from_clauses(query: str, *, prefixes: Mapping[str, str], base: str = "") -> Iterator[str]:
    """The IRIs of the graphs that a query names with FROM and FROM NAMED (SPARQL 1.1 Query, section 13.2)."""
    if "from" not in query.lower():  # the reading takes a while
        return
    known, before = dict(prefixes), ["", ""]
    for token in _SPARQL_TOKEN.finditer(query):
        text = token[0]
        if text.startswith("#"):
            continue
        iri = _absolute(text[1:-1], base) if text[0] == "<" else _expanded(text, known) if token["prefixed"] else ""
        words = [word.upper() for word in before]
        if iri and words[0] == "PREFIX":
            known[before[1].rstrip(":")] = iri
        elif iri and (words[1] == "FROM" or words == ["FROM", "NAMED"]):
            yield iri
        before = [before[1], text]


def _absolute(iri: str, base: str) -> str:
    try:
        return urljoin(base, iri)
    except ValueError:  # no IRI at all, which the engine will say
        return iri


def _expanded(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local if prefix in prefixes else ""


def our_terms(query: str) -> Iterator[tuple[int, str]]:
    """The terms of our ontology that a query names, as local names, with the lines (from 1) they stand on."""
    if "cg:" not in query and CG not in query:  # the reading takes a while
        return
    for token in _SPARQL_TOKEN.finditer(query):
        text = token[0]
        local = text[3:] if text.startswith("cg:") else text[len(CG) + 1 : -1] if text.startswith(f"<{CG}") else ""
        if local:
            yield query.count("\n", 0, token.start()) + 1, local.rstrip(".")
