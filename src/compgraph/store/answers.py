"""What a query gives: rows of terms, yes or no, or triples."""

import json
from typing import NamedTuple


class Term(NamedTuple):
    """An RDF term of an answer."""

    kind: str
    """``uri``, ``literal`` or ``bnode``, the words of the SPARQL 1.1 Query Results JSON Format (section 3.2.2)."""
    value: str
    language: str | None = None
    datatype: str | None = None


class Table(NamedTuple):
    """The answer to a SELECT: column names, and rows of terms, None where a variable is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def values(self) -> list[dict[str, str | None]]:
        """The rows as plain texts by column name."""
        return [
            {name: term.value if term else None for name, term in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]


class Triples(NamedTuple):
    """The answer to a CONSTRUCT or DESCRIBE, as N-Triples."""

    text: str


Answer = Table | Triples | bool


def decode(kind: str, body: bytes) -> Answer:
    """The answer that a worker's reply holds."""
    if kind == "graph":
        return Triples(body.decode())
    results = json.loads(body)
    if kind == "boolean":
        return bool(results["boolean"])
    columns = tuple(results["head"]["vars"])
    rows = (tuple(_term(row.get(name)) for name in columns) for row in results["results"]["bindings"])
    return Table(columns, tuple(rows))


def _term(cell: dict[str, str] | None) -> Term | None:
    if cell is None:
        return None
    return Term(cell["type"], cell["value"], cell.get("xml:lang"), cell.get("datatype"))
