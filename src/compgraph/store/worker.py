"""The process in which queries run, so that any query can be ended: ``python worker.py STORE MEMORY``.

The engine neither hears Ctrl-C nor knows a time limit; a process can be killed. Requests come on standard input and
replies go to standard output as marshalled tuples (both ends are the same interpreter). Nothing but the engine is
imported, not even typing, so that it starts at once.
"""

from __future__ import annotations

import _thread
import marshal
import os
import sys

import pyoxigraph as ox

TYPE_CHECKING = False  # what typing.TYPE_CHECKING is, without importing typing
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

Reply = tuple[str, str, bytes]
"""What came of it (``table``, ``boolean``, ``graph``, ``syntax``, ``engine``, ``store``), the error, the answer."""


def main(folder: str, memory: int) -> None:
    """Answer requests until standard input ends."""
    _limit_memory(memory)
    replies = sys.stdout.buffer
    try:
        store = ox.Store.read_only(folder)
    except OSError as error:
        _send(replies, ("store", str(error), b""))
        return
    for query, prefixes, graph in _requests(sys.stdin.buffer):
        _send(replies, _answer(store, query, prefixes, graph))


def _requests(stream: BinaryIO) -> Iterator[tuple[str, dict[str, str], str | None]]:
    """Requests as they come. When the other side goes away, even while a query runs, so does this process."""
    waiting: list[tuple[str, dict[str, str], str | None]] = []
    arrived = _thread.allocate_lock()
    arrived.acquire()

    def listen() -> None:
        try:
            while True:
                waiting.append(marshal.load(stream))  # noqa: S302  (our own other end wrote it)
                arrived.release()
        except EOFError:
            os._exit(0)

    _thread.start_new_thread(listen, ())
    while True:
        arrived.acquire()
        yield waiting.pop()


def _answer(store: ox.Store, query: str, prefixes: dict[str, str], graph: str | None) -> Reply:
    try:
        results = store.query(query, prefixes=prefixes, default_graph=ox.NamedNode(graph) if graph else None)
        if isinstance(results, ox.QueryTriples):
            return "graph", "", results.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        kind = "boolean" if isinstance(results, ox.QueryBoolean) else "table"
        return kind, "", results.serialize(format=ox.QueryResultsFormat.JSON) or b""
    except SyntaxError as error:
        return "syntax", str(error), b""
    except (OSError, ValueError, RuntimeError) as error:
        return "engine", str(error), b""


def _send(stream: BinaryIO, reply: Reply) -> None:
    marshal.dump(reply, stream)
    stream.flush()


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit still holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
