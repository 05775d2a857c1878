"""The process in which queries run, so that any query can be ended: ``python worker.py STORE MEMORY``.

The engine neither hears Ctrl-C nor knows a time limit; a process can be killed. Requests come on standard input and
replies go to standard output, each marshalled behind its length (both ends are the same interpreter). Nothing but the
engine is imported, not even typing, so that it starts at once.
"""

from __future__ import annotations

import _thread
import marshal
import os
import select
import sys

import pyoxigraph as ox

TYPE_CHECKING = False  # what typing.TYPE_CHECKING is, without importing typing
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

    Request = dict[str, Any]
    """What ``compgraph.store.queries.request`` makes."""

Reply = tuple[str, str, bytes]
"""What came of it, the error, the answer.

``table``, ``boolean`` and ``graph`` are answers; ``format`` says that the kind of answer told in the error has no
format that was asked for, ``many`` that it is over the limits, ``absent`` that the graph told is not in the store;
``syntax``, ``engine`` and ``store`` say which of them failed.
"""

TABLES = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def main(folder: str, memory: int) -> None:
    """Answer requests until standard input ends."""
    limit_memory(memory)
    replies = sys.stdout.buffer
    try:
        store = ox.Store.read_only(folder)
    except OSError as error:
        _send(replies, ("store", str(error), b""))
        return
    for request in _requests(sys.stdin.buffer):
        _send(replies, _answer(store, request))


def _requests(stream: BinaryIO) -> Iterator[Request]:
    """Requests as they come. When the other side goes away, even while a query runs, so does this process."""
    _thread.start_new_thread(_end_with, (stream.fileno(),))
    while size := stream.read(8):
        yield marshal.loads(stream.read(int.from_bytes(size)))  # noqa: S302  (our own other end wrote it)


def _end_with(descriptor: int) -> None:
    """End this process when nobody can write to a pipe any more."""
    if not hasattr(select, "poll"):  # Windows: there it ends with its query
        return
    gone = select.poll()
    gone.register(descriptor, 0)  # for no event but the end, so that it sleeps while requests come
    gone.poll()
    os._exit(0)


def _answer(store: ox.Store, request: Request) -> Reply:
    try:
        for graph in request["from"]:
            if not store.contains_named_graph(ox.NamedNode(graph)):
                return "absent", graph, b""
        results = store.query(
            request["query"],
            base_iri=request["base"],
            prefixes=request["prefixes"],
            default_graph=_graphs(request["default"]),
            named_graphs=_graphs(request["named"]),
        )
        if isinstance(results, ox.QueryTriples):
            return _graph(results, request)
        return _table(results, request)
    except SyntaxError as error:
        return "syntax", str(error), b""
    except _TooMany:
        return "many", "", b""
    except (OSError, ValueError, RuntimeError) as error:
        return "engine", str(error), b""


def _graphs(names: list[str] | None) -> list[Any] | None:
    return None if names is None else [ox.NamedNode(name) for name in names]


def _graph(results: ox.QueryTriples, request: Request) -> Reply:
    """Triples, each once (a pattern may give one several times)."""
    if request["graph"] not in GRAPHS:
        return "format", "graph", b""
    triples: dict[ox.Triple, None] = {}
    for triple in results:
        triples[triple] = None
        if request["rows"] and len(triples) > request["rows"]:
            raise _TooMany
    prefixes = request["prefixes"] if request["graph"] in ("ttl", "rdf") else None
    return "graph", "", ox.serialize(triples, format=GRAPHS[request["graph"]], prefixes=prefixes) or b""


def _table(results: ox.QuerySolutions | ox.QueryBoolean, request: Request) -> Reply:
    kind, format_ = "boolean" if isinstance(results, ox.QueryBoolean) else "table", request["table"]
    if format_ not in TABLES:
        return "format", kind, b""
    body: Any = _Body(request["size"])
    try:
        results.serialize(body, format=TABLES[format_])
    except OSError:
        if body.is_full:
            raise _TooMany from None
        raise
    written = bytes(body.content)
    if kind == "table" and request["rows"] and not _few(written, format_, request["rows"]):
        raise _TooMany
    return kind, "", written


class _TooMany(Exception):  # noqa: N818  (no mistake, but a limit)
    """An answer over the limits."""


class _Body:
    """Takes in what an answer has to say, as far as it may be long; without a limit if that is 0."""

    def __init__(self, limit: int) -> None:
        self.content = bytearray()
        self.is_full = False
        self._limit = limit

    def write(self, part: bytes) -> int:
        self.content += part
        if self._limit and len(self.content) > self._limit:
            self.is_full = True
            raise OSError
        return len(part)

    def flush(self) -> None:
        """Everything is taken in at once."""


def _few(body: bytes, format_: str, limit: int) -> bool:
    """Whether there are at most so many rows: by the signs between rows, and exactly only where those are many."""
    between = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}[format_]
    if body.count(between) < limit:
        return True
    if format_ == "json":
        import json

        return len(json.loads(body)["results"]["bindings"]) <= limit
    if format_ == "csv":
        import csv
        import io

        return sum(1 for _ in csv.reader(io.StringIO(body.decode(), newline=""))) - 1 <= limit
    return body.count(between) - (format_ == "tsv") <= limit  # a line of names, and no line end within a term


def _send(stream: BinaryIO, reply: Reply) -> None:
    message = marshal.dumps(reply)
    stream.write(len(message).to_bytes(8) + message)
    stream.flush()


def limit_memory(limit: int) -> None:
    """Let this process have so many bytes of address space, and no more."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit still holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
