"""The snapshot of a workspace: a read-only triple store, and an index of names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from compgraph.errors import QueryError
from compgraph.store.answers import Answer, Table, Term, Triples
from compgraph.store.cache import Cache, default_folder
from compgraph.store.kept import kept_snapshot, snapshot
from compgraph.store.queries import TIMEOUT, QueryProcess
from compgraph.store.snapshot import Compile, Derive, Derived, Progress, Reasoner, Snapshot
from compgraph.store.tokens import our_terms
from compgraph.terms import ASSERTED_GRAPH

if TYPE_CHECKING:
    from pathlib import Path

    from compgraph.store.names import Names, Node
    from compgraph.store.proofs import Proof, Proofs

__all__ = [
    "TIMEOUT",
    "Answer",
    "Cache",
    "Compile",
    "Derive",
    "Derived",
    "Progress",
    "Reasoner",
    "Snapshot",
    "Store",
    "Table",
    "Term",
    "Triples",
    "default_folder",
    "kept_snapshot",
    "snapshot",
]


class Store:
    """A snapshot, open for questions.

    The query process starts at once; what else an answer needs is imported while it opens the triple store.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._queries = QueryProcess(snapshot.store)

    @property
    def folder(self) -> Path:
        """The folder of the triple store, for processes that query it."""
        return self._snapshot.store

    @property
    def made(self) -> float:
        """When the snapshot was made, in seconds since 1970."""
        return self._snapshot.version.stat().st_mtime

    @cached_property
    def names(self) -> Names:
        """What things are called."""
        from compgraph.store.names import Names

        return Names(self._snapshot.names)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes known everywhere and those of the frameworks, name to IRI."""
        return self.names.prefixes()

    def node(self, iri: str) -> Node | None:
        """The node of an IRI, or None if no triple has it; one that the index of names leaves out bears its IRI."""
        import re

        from compgraph.store.names import Node

        if known := self.names.node(iri):
            return known
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+", iri):
            return None
        used = f"{{ <{iri}> ?p ?o }} UNION {{ ?s <{iri}> ?o }} UNION {{ ?s ?p <{iri}> }}"
        return Node(iri, iri, iri, "", ()) if self.query(f"ASK {{ {used} }}") else None

    def proof(self, subject: str, predicate: str, object_: str) -> Proof | None:
        """Why a triple of three IRIs holds: its axioms and premises down to asserted triples; None if it does not hold.

        Of several proofs the one with the fewest asserted triples, then the fewest steps. Raises AxiomError if the
        ontology uses what only owlrl takes.
        """
        return self._proofs.proof(subject, predicate, object_)

    @cached_property
    def _proofs(self) -> Proofs:
        from compgraph.store.proofs import Proofs

        return Proofs(self._snapshot)

    @property
    def version(self) -> str:
        """A name for what the graph says: the same statements have the same, on every machine."""
        return self._snapshot.version.read_text()

    def query(self, text: str, *, timeout: float = TIMEOUT, asserted: bool = False) -> Answer:
        """The answer to a SPARQL 1.1 query over every triple, or over the asserted ones alone.

        Known prefixes need not be declared. ``timeout`` is in seconds. Raises QueryError if the query is wrong, calls
        another server, or takes too much time or memory.
        """
        graph = ASSERTED_GRAPH if asserted else None
        return self._queries.ask(text, prefixes=self.prefixes, graph=graph, timeout=timeout)

    def refuse_unknown_terms(self, query: str) -> None:
        """Raise QueryError for a term of ours that the ontology doesn't have: it would find nothing, in silence."""
        known = self.names.terms()
        for line, name in our_terms(query):
            if known and name not in known:
                from difflib import get_close_matches

                near = get_close_matches(name, known, n=3, cutoff=0.6)
                hint = f"Did you mean {' or '.join(f'cg:{each}' for each in near)}?" if near else "See docs/model.md."
                raise QueryError(f"line {line}: cg:{name} is no term of the ontology. {hint}", line=line)

    def texts(self, query: str, *, asserted: bool = False) -> list[tuple[str, ...]]:
        """The rows of a SELECT as plain texts, empty where a variable is unbound. Raises QueryError as ``query``."""
        answer = self.query(query, asserted=asserted)
        rows = answer.rows if isinstance(answer, Table) else ()
        return [tuple(term.value if term else "" for term in row) for row in rows]

    def attachment(self, name: str) -> bytes:
        """What a room above kept in the snapshot under ``name``."""
        return self._snapshot.attachment(name)

    def close(self) -> None:
        """End the query process, close the index, and discard a temporary snapshot."""
        self._queries.close()
        if "names" in self.__dict__:
            self.names.close()
        self._snapshot.discard()
