"""The open graph: what the command line, and a program that imports compgraph, hold in their hands."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from compgraph import workspace
from compgraph.store import (
    TIMEOUT,
    Answer,
    Cache,
    Derived,
    Progress,
    Reasoner,
    Snapshot,
    Store,
    Table,
    default_folder,
    snapshot,
)
from compgraph.terms import QUESTIONS_GRAPH

if TYPE_CHECKING:
    from compgraph.comparisons import Comparison
    from compgraph.links import Explanation
    from compgraph.questions import Library
    from compgraph.resources import Resource
    from compgraph.store.names import Names, Node
    from compgraph.store.proofs import Proof


class Graph:
    """A workspace, loaded, reasoned over and ready for questions. Close it, or use it in a ``with`` block."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def names(self) -> Names:
        """What things are called."""
        return self.store.names

    @cached_property
    def questions(self) -> Library:
        """The canned questions."""
        from compgraph.questions import Library

        return Library(self.store)

    def ask(self, question: str, /, *, timeout: float = TIMEOUT, asserted: bool = False, **values: str) -> Table:
        """The rows that answer a canned question; ``values`` are names of things, by parameter.

        Raises QuestionError for an unknown question or parameter, ResolveError for a name that fits nothing or several
        things, QueryError if it takes more than ``timeout`` seconds.
        """
        from compgraph.questions import answer

        return answer(self.store, self.questions[question], values, timeout=timeout, asserted=asserted)

    def query_text(self, question: str, /, **values: str) -> str:
        """The SPARQL of a canned question with the values in place. Raises as ``ask`` does."""
        from compgraph.questions import query_text

        return query_text(self.store, self.questions[question], values)

    def citation(self, question: str, /, *, asserted: bool = False, **values: str) -> str:
        """What it takes to quote an answer and to repeat it, in three lines.

        The question with the version of the data, the identifier of the answer, and the command. Raises ResolveError.
        """
        import shlex

        from compgraph.questions import answer_iri
        from compgraph.version import __version__

        asked = self.questions[question]
        given = {**{each.name: each.default for each in asked.parameters}, **values}
        told = " ".join(f"--{name} {shlex.quote(value)}" for name, value in given.items() if value is not None)
        return (
            f"{asked.question} (compgraph {__version__}, data {self.store.version})\n"
            f"Identifier: {answer_iri(self.store, asked, values, asserted=asserted)}\n"
            f"To repeat: compgraph ask {question} {told}{' --asserted' if asserted else ''}".rstrip()
        )

    def sparql(self, query: str, *, timeout: float = TIMEOUT, asserted: bool = False) -> Answer:
        """The answer to a SPARQL query. Raises QueryError, also for a term of ours that does not exist."""
        self.store.refuse_unknown_terms(query)
        return self.store.query(query, timeout=timeout, asserted=asserted)

    def show(self, name: str) -> Resource:
        """Everything about the thing of this name. Raises ResolveError."""
        from compgraph.resources import resource

        return resource(self.store, self.names.resolve(name))

    def compare(self, one: str, other: str) -> Comparison:
        """Two frameworks or segments of these names as a matrix of links, or two competencies level by level.

        Raises ResolveError, and ComparisonError for things of other kinds.
        """
        from compgraph.comparisons import compare

        return compare(self.store, self.names.resolve(one), self.names.resolve(other))

    def explain(self, one: str, other: str, *, hops: int = 4, limit: int = 10) -> Explanation:
        """Why two things are linked: the chains of at most ``hops`` assertions, and proofs of what was inferred.

        The shortest first, and at most ``limit``. Raises ResolveError for a name, or two of one thing; AxiomError as
        ``why`` does.
        """
        from compgraph.errors import ResolveError
        from compgraph.links import explain

        start, end = self._named(one), self._named(other)
        if start.iri == end.iri:
            raise ResolveError(f"{one!r} and {other!r} both name {start.curie}. Name two different things.")
        return explain(self.store, start, end, hops=hops, limit=limit)

    def why(self, subject: str, predicate: str, object_: str) -> Proof | None:
        """Why a triple holds: its axioms and premises, down to asserted triples; None if it does not hold.

        Raises ResolveError for a name, and AxiomError if only owlrl can take the ontology.
        """
        ends = self._named(subject), self._named(object_)
        return self.store.proof(ends[0].iri, self._named(predicate).iri, ends[1].iri)

    def _named(self, name: str) -> Node:
        """The node of a name; a CURIE or an IRI may also be that of a node that the index of names leaves out."""
        from compgraph.errors import ResolveError

        try:
            return self.names.resolve(name)
        except ResolveError:
            if (known := self.store.node(self.names.expand(name))) is None:
                raise
            return known

    def close(self) -> None:
        """Let go of everything."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_graph(
    folder: Path | str | None = None,
    *,
    bundled: bool = True,
    cached: bool = True,
    reasoner: Reasoner = "rules",
    progress: Progress = lambda _stage, _done, _all: None,
) -> Graph:
    """The graph of compgraph's own data and of a workspace ``folder``, or of the folder alone if not ``bundled``.

    The first call builds a snapshot in the user's cache folder; later ones open it in milliseconds. Raises
    WorkspaceError, FileError, AxiomError or SnapshotError.
    """
    kept = snapshot(
        workspace.find(Path(folder) if folder is not None else None, bundled=bundled),
        attachments={"questions.json": _compiled_questions},
        derived={QUESTIONS_GRAPH: _question_triples},
        cache=Cache(default_folder()) if cached else None,
        reasoner=reasoner,
        progress=progress,
    )
    return Graph(Store(kept))


def _compiled_questions(space: workspace.Workspace) -> bytes:
    from compgraph.questions import compile_questions

    return compile_questions(space)


def _question_triples(kept: Snapshot) -> Derived:
    from compgraph.questions import Library
    from compgraph.questions.triples import question_triples

    return question_triples(Library(kept))
