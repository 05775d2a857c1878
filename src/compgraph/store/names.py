"""Which node did you mean: labels, codes and CURIEs to identifiers."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from compgraph.errors import ResolveError
from compgraph.terms import PREFIXES, words

SHOWN = 12
"""How many candidates a message lists."""
OFFERED = 1_000
"""How many names may begin alike for them to be offered at all."""

_SCHEMA = """
CREATE TABLE node (iri TEXT PRIMARY KEY, curie TEXT, label TEXT, framework TEXT, kinds TEXT) WITHOUT ROWID;
CREATE TABLE name (name TEXT, iri TEXT, written TEXT, PRIMARY KEY (name, iri)) WITHOUT ROWID;
CREATE TABLE prefix (name TEXT PRIMARY KEY, iri TEXT) WITHOUT ROWID;
CREATE TABLE term (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE spelling USING fts5(name, iri UNINDEXED, tokenize = 'trigram');
"""

_NAMES_FROM = """
SELECT name, written, iri, curie, label, framework, kinds FROM name JOIN node USING (iri)
WHERE name BETWEEN :start AND :start || char(1114111) AND :framework IN ('', framework)
  AND instr(' ' || kinds || ' ', :kind)
ORDER BY name, iri
"""
_CURIES_FROM = """
SELECT curie, curie, iri, curie, label, framework, kinds FROM node
WHERE curie BETWEEN :start AND :start || char(1114111) AND instr(' ' || kinds || ' ', :kind)
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
            spellings = sorted({key(name): " ".join(name.split()) for name in node.names}.items())
            names = [(name, node.iri, written) for name, written in spellings]
            connection.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
            connection.executemany("INSERT INTO spelling VALUES (?, ?)", [name[:2] for name in names])
        connection.commit()
    finally:
        connection.close()


def key(name: str) -> str:
    """A name as it is compared: case and repeated blanks don't count."""
    return " ".join(name.casefold().split())


def sound(name: str) -> str:
    """A name without what no text can hold (NUL, halves of surrogate pairs), as a command line may hand it over."""
    return name.replace("\0", "").encode("utf-8", "ignore").decode()


def _key_so_far(start: str) -> str:
    """The key of a name that is still being written: a blank at its end counts."""
    return key(f"{start}.")[:-1]


def _told_apart(name: str, node: Node, namesakes: int) -> str:
    """A name that several things have, as one calls this one; ``namesakes`` of its framework have it."""
    return f"{node.framework}:{name}" if node.framework and namesakes == 1 else node.curie


class Names:
    """The index of a snapshot, opened for reading."""

    def __init__(self, path: Path) -> None:
        # Nothing is written, so whoever holds the index may read it, in whatever thread.
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def prefixes(self) -> dict[str, str]:
        """The prefixes known everywhere and those of the frameworks, name to IRI."""
        return self._prefixes

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        return PREFIXES | dict(self._connection.execute("SELECT name, iri FROM prefix ORDER BY name"))

    def terms(self) -> set[str]:
        """The local names of our ontology's terms."""
        return self._terms

    @cached_property
    def _terms(self) -> set[str]:
        return {name for (name,) in self._connection.execute("SELECT name FROM term")}

    def node(self, iri: str) -> Node | None:
        """The node of an IRI, or None if the graph does not name it."""
        found = list(self._select("WHERE iri = ?", iri))
        return found[0] if found else None

    def expand(self, name: str) -> str:
        """The IRI of a CURIE whose prefix is known, or what stands there, without the angle brackets of an IRI."""
        stripped = name.strip().removeprefix("<").removesuffix(">")
        prefix, _, local = stripped.partition(":")
        start = self.prefixes().get(prefix)
        return stripped if start is None else start + local

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

        wanted = key(sound(name))
        scores: dict[Node, float] = {}
        for spelling, iri in self._similar(wanted):
            node = self.node(iri)
            if node is not None and (kind is None or kind in node.kinds):
                ratio = SequenceMatcher(None, wanted, spelling).ratio()
                scores[node] = max(ratio, scores.get(node, 0.0))
        ranked = sorted(scores, key=lambda node: (-scores[node], node.curie))
        return [node for node in ranked if scores[node] >= 0.5][:5]

    def holding(self, words: str, *, most: int = 50) -> list[Node]:
        """The nodes that have all these words in one of their names, wherever they stand in it; the shortest first."""
        wanted = key(sound(words)).split()
        conditions = ["instr(name, ?)"] * len(wanted)
        values = wanted.copy()
        if indexed := " AND ".join('"' + word.replace('"', '""') + '"' for word in wanted if len(word) >= 3):
            conditions.append("spelling MATCH ?")
            values.append(indexed)
        query = f"SELECT iri FROM spelling WHERE {' AND '.join(conditions) or '0'} GROUP BY iri ORDER BY min(length(name)), iri LIMIT {most}"  # noqa: S608, E501
        found = self._connection.execute(query, values).fetchall()
        return [node for (iri,) in found if (node := self.node(iri)) is not None]

    def respelt(self, words: str, *, most: int = 20) -> str:
        """The words, at most so many; each that is in no name as the one in a name that is spelt most like it."""
        from difflib import get_close_matches

        told = []
        for word in key(sound(words)).split()[:most]:
            if not self.holding(word, most=1):
                known = {each.strip(".,;:()") for name, _ in self._similar(word) for each in name.split()}
                word = next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.7)), word)
            told.append(word)
        return " ".join(told)

    def beginning_with(self, start: str, *, kind: str | None = None) -> dict[str, Node]:
        """What ``start`` may be the beginning of: for each thing one name that ``resolve`` takes, in order.

        A name of several things is given as ``framework:name``, or as a CURIE where that is not enough. Empty if more
        than a thousand would fit, which nobody could choose from.
        """
        start = sound(start)
        framework, colon, rest = start.partition(":")
        offers = self._offers(_NAMES_FROM, kind, start=_key_so_far(start))
        if colon:
            offers |= self._offers(_NAMES_FROM, kind, start=_key_so_far(rest), framework=framework.strip())
            offers |= self._offers(_CURIES_FROM, kind, start=start.strip())
        return {offers[node]: node for node in sorted(offers, key=offers.__getitem__)} if len(offers) <= OFFERED else {}

    def _candidates(self, name: str) -> list[Node]:
        """By identifier first; a name is only a name if no identifier is spelled so."""
        if by_iri := self.node(self.expand(name)):
            return [by_iri]
        if by_name := list(self._select("JOIN name USING (iri) WHERE name = ?", key(name))):
            return by_name
        framework, colon, label = name.partition(":")
        if not colon:
            return []
        return list(
            self._select("JOIN name USING (iri) WHERE name = ? AND framework = ?", key(label), framework.strip())
        )

    def _select(self, condition: str, *values: str) -> Iterator[Node]:
        query = f"SELECT DISTINCT iri, curie, label, framework, kinds FROM node {condition} ORDER BY curie"  # noqa: S608
        for iri, curie, label, framework, kinds in self._connection.execute(query, values):
            yield Node(iri, curie, label, framework, tuple(kinds.split()))

    def _similar(self, wanted: str) -> list[tuple[str, str]]:
        grams = {wanted[start : start + 3].replace('"', '""') for start in range(max(len(wanted) - 2, 1))}
        match = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        query = "SELECT name, iri FROM spelling WHERE spelling MATCH ? ORDER BY rank LIMIT 50"
        return list(self._connection.execute(query, (match,)))

    def _offers(self, query: str, kind: str | None, *, start: str, framework: str = "") -> dict[Node, str]:
        """The things that a query finds, each with the best name for it; no more than show that there are too many."""
        values = {"start": start, "kind": f" {kind} " if kind else " ", "framework": framework}
        offers: dict[Node, list[tuple[bool, bool, str]]] = {}
        for _, rows in groupby(self._connection.execute(query, values), key=itemgetter(0)):
            alike = [(row[1], Node(row[2], row[3], row[4], row[5], tuple(row[6].split()))) for row in rows]
            homes = Counter(node.framework for _, node in alike)
            for written, node in alike:
                alone = len(alike) == 1 and not framework
                told = written if alone else _told_apart(written, node, homes[node.framework])
                is_short_name, is_label = written == node.iri.rpartition("/")[2], written == node.label
                offers.setdefault(node, []).append((not is_short_name, not is_label, told))
            if len(offers) > OFFERED:
                break
        return {node: min(names)[2] for node, names in offers.items()}

    def _unknown(self, name: str, kind: str | None) -> ResolveError:
        problem = f"No {words(kind) if kind else 'thing'} is called {name!r}"
        if near := self.nearest(name, kind=kind):
            return ResolveError(f"{problem}. Did you mean one of these?\n{_listed(near)}")
        if others := self._candidates(name):
            return ResolveError(f"{problem}, only what is of another kind:\n{_listed(others)}")
        return ResolveError(f"{problem}, and nothing is spelled like it. What there is: compgraph frameworks")


def _ambiguous(name: str, fits: list[Node]) -> ResolveError:
    return ResolveError(f"{name!r} fits {len(fits)} things. Name one by its identifier:\n{_listed(fits)}")


def _listed(nodes: list[Node]) -> str:
    lines = [f"  {node.curie}  {node.label} ({words(node.kinds[0])})" for node in nodes[:SHOWN]]
    if len(nodes) > SHOWN:
        lines.append(f"  and {len(nodes) - SHOWN} more")
    return "\n".join(lines)
