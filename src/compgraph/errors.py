"""The error tree: what a user can put right. Anything else that is raised is a bug.

CompgraphError
├── FileError           a file that is not what it should be, with line and column where known
├── WorkspaceError      folders that are missing, or that hold nothing
├── AxiomError          an OWL construct that the reasoner does not have
├── ResolveError        a name that fits nothing, or several things
├── ComparisonError     two things that cannot be laid side by side
├── QuestionError       a question that is unknown, or asked with wrong parameters
├── QueryError          a SPARQL query that is wrong, refused, or took too long
│   └── LimitError      a query that is right, and takes more time or memory than it may
├── ShapeError          shapes that cannot be run, or no engine to run them
├── SnapshotError       the derived store could not be built or opened
├── SourceError         a source document that is missing, or not the one described
├── ExchangeError       data that a foreign format asks for and the files don't have
└── PublishError        a place or an address that can't hold a publication
"""

from pathlib import Path


class CompgraphError(Exception):
    """Something the user can put right. The message says what is wrong, where, and how to mend it."""


class FileError(CompgraphError):
    """A file that is not what it should be.

    The message begins with the place, as compilers write it: ``path:line:column: what is wrong``, lines and
    columns counted from 1.
    """

    def __init__(self, path: Path | str, problem: str, *, line: int | None = None, column: int | None = None) -> None:
        self.path = Path(path)
        self.problem = problem
        self.line = line
        self.column = column
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {problem}")


class WorkspaceError(CompgraphError):
    """Folders that are missing, or that hold nothing."""


class AxiomError(CompgraphError):
    """An OWL construct that the reasoner does not have; ``term`` is the IRI of what uses it first, if it has one."""

    def __init__(self, problem: str, *, term: str | None = None) -> None:
        self.term = term
        super().__init__(problem)


class ResolveError(CompgraphError):
    """A name that fits nothing in the graph, or several things."""


class ComparisonError(CompgraphError):
    """Two things that cannot be laid side by side."""


class QuestionError(CompgraphError):
    """A question that is unknown, or asked with wrong parameters."""


class QueryError(CompgraphError):
    """A SPARQL query that is wrong, refused, or took too long; with line and column, from 1, where known."""

    def __init__(self, problem: str, *, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(problem)


class LimitError(QueryError):
    """A query that is right, and takes more time or memory than it may."""


class ShapeError(CompgraphError):
    """Shapes that cannot be run, or no engine to run them."""


class SnapshotError(CompgraphError):
    """The derived store could not be built or opened."""


class SourceError(CompgraphError):
    """A source document that is missing, or not the one described."""


class ExchangeError(CompgraphError):
    """Data that a foreign format asks for and the files don't have."""


class PublishError(CompgraphError):
    """A place or an address that can't hold a publication."""
