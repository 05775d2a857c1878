"""Which node did you mean: labels, codes and CURIEs to identifiers."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from compgraph.errors import ResolveError
from compgraph.terms import PREFIXES

SHOWN = 12
"""How many candidates a message lists."""

_SCHEMA = """
CREATE TABLE node (iri TEXT PRIMARY KEY, curie TEXT, label TEXT, framework TEXT, kinds TEXT) WITHOUT ROWID;
CREATE TABLE name (name TEXT, iri TEXT, PRIMARY KEY (name, iri)) WITHOUT ROWID;
CREATE TABLE prefix (name TEXT PRIMARY KEY, iri TEXT) WITHOUT ROWID;
CREATE TABLE term (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE spelling USING fts5(name, iri UNINDEXED, tokenize = 'trigram');
"""


class Node(NamedTuple):
    """A node as people know it."""

    iri: str
    curie: str
    label: str
    framework: str
    """The name of the framework it belongs to, as in ``california:thoroughness``; empty if to none."""
    kinds: tuple[str, ...]
    """The IRIs of its classes, the narrowest first."""
    names: tuple[str, ...] = ()
    """What it can be called by: labels and codes."""


def write_index(path: Path, nodes: Iterable[Node], prefixes: Mapping[str, str], terms: Iterable[str] = ()) -> None:
    """Make the index file of ``nodes``, of the ``prefixes`` that frameworks go by, and of the ontology's ``terms``."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        connection.executemany("INSERT INTO prefix VALUES (?, ?)", sorted(prefixes.items()))
        connection.executemany("INSERT INTO term VALUES (?)", sorted((term,) for term in terms))
        for node in nodes:
            row = (node.iri, node.curie, node.label, node.framework, " ".join(node.kinds))
            connection.execute("INSERT INTO node VALUES (?, ?, ?, ?, ?)", row)
            spellings = sorted({(key(name), node.iri) for name in node.names})
            connection.executemany("INSERT INTO name VALUES (?, ?)", spellings)
            connection.executemany("INSERT INTO spelling VALUES (?, ?)", spellings)
        connection.commit()
    finally:
        connection.close()


def key(name: str) -> str:
    """A name as it is compared: case and repeated blanks don't count."""
    return " ".join(name.casefold().split())


def sound(name: str) -> str:
    """A name without what no text can hold (NUL, halves of surrogate pairs), as a command line may hand it over."""
    return name.replace("\0", "").encode("utf-8", "ignore").decode()


class Names:
    """The index of a snapshot, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def prefixes(self) -> dict[str, str]:
        """The prefixes known everywhere and those of the frameworks, name to IRI."""
        return PREFIXES | dict(self._connection.execute("SELECT name, iri FROM prefix ORDER BY name"))

    def terms(self) -> set[str]:
        """The local names of our ontology's terms."""
        return {name for (name,) in self._connection.execute("SELECT name FROM term")}

    def node(self, iri: str) -> Node | None:
        """The node of an IRI, or None if the graph does not name it."""
        found = list(self._select("WHERE iri = ?", iri))
        return found[0] if found else None

    def resolve(self, name: str, *, kind: str | None = None) -> Node:
        """The one node that goes by ``name``: a label, ``framework:label``, a code, a CURIE or an IRI.

        With ``kind``, the IRI of a class, only its members count. Raises ResolveError with the candidates if several
        fit, with the nearest names if none does.
        """
        name = sound(name)
        fits = [node for node in self._candidates(name) if kind is None or kind in node.kinds]
        if len(fits) == 1:
            return fits[0]
        raise _ambiguous(name, fits) if fits else self._unknown(name, kind)

    def nearest(self, name: str, *, kind: str | None = None) -> list[Node]:
        """The nodes whose names are spelled most like ``name``, best first, at most five."""
        from difflib import SequenceMatcher

        wanted = key(name)
        scores: dict[Node, float] = {}
        for spelling, iri in self._similar(wanted):
            node = self.node(iri)
            if node is not None and (kind is None or kind in node.kinds):
                ratio = SequenceMatcher(None, wanted, spelling).ratio()
                scores[node] = max(ratio, scores.get(node, 0.0))
        ranked = sorted(scores, key=lambda node: (-scores[node], node.curie))
        return [node for node in ranked if scores[node] >= 0.5][:5]

    def _candidates(self, name: str) -> list[Node]:
        """By identifier first; a name is only a name if no identifier is spelled so."""
        if by_iri := self.node(self._expand(name)):
            return [by_iri]
        if by_name := list(self._select("JOIN name USING (iri) WHERE name = ?", key(name))):
            return by_name
        framework, colon, label = name.partition(":")
        if not colon:
            return []
        return list(
            self._select("JOIN name USING (iri) WHERE name = ? AND framework = ?", key(label), framework.strip())
        )

    def _expand(self, name: str) -> str:
        stripped = name.strip().removeprefix("<").removesuffix(">")
        prefix, _, local = stripped.partition(":")
        start = self.prefixes().get(prefix)
        return stripped if start is None else start + local

    def _select(self, condition: str, *values: str) -> Iterator[Node]:
        query = f"SELECT DISTINCT iri, curie, label, framework, kinds FROM node {condition} ORDER BY curie"  # noqa: S608
        for iri, curie, label, framework, kinds in self._connection.execute(query, values):
            yield Node(iri, curie, label, framework, tuple(kinds.split()))

    def _similar(self, wanted: str) -> list[tuple[str, str]]:
        grams = {wanted[start : start + 3].replace('"', '""') for start in range(max(len(wanted) - 2, 1))}
        match = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        query = "SELECT name, iri FROM spelling WHERE spelling MATCH ? ORDER BY rank LIMIT 50"
        return list(self._connection.execute(query, (match,)))

    def _unknown(self, name: str, kind: str | None) -> ResolveError:
        what = _noun(kind)
        near = self.nearest(name, kind=kind)
        if near:
            return ResolveError(f"No {what} is called {name!r}. Did you mean one of these?\n{_listed(near)}")
        return ResolveError(f"No {what} is called {name!r}, and nothing is spelled like it.")


def _ambiguous(name: str, fits: list[Node]) -> ResolveError:
    return ResolveError(f"{name!r} fits {len(fits)} things. Name one by its identifier:\n{_listed(fits)}")


def _listed(nodes: list[Node]) -> str:
    lines = [f"  {node.curie}  {node.label} ({_noun(node.kinds[0])})" for node in nodes[:SHOWN]]
    if len(nodes) > SHOWN:
        lines.append(f"  and {len(nodes) - SHOWN} more")
    return "\n".join(lines)


def _noun(kind: str | None) -> str:
    """A class in words: ``cg:RoleLevel`` is a role level."""
    if kind is None:
        return "thing"
    local = kind.rpartition("#")[2]
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in local).strip()
