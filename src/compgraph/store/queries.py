"""Running queries in a process that can be killed."""

import marshal
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from compgraph.errors import LimitError, QueryError, SnapshotError
from compgraph.store.answers import Answer, decode
from compgraph.store.tokens import prepared

TIMEOUT = 60.0
"""Seconds that a query may take unless the user says otherwise."""
MEMORY = 4 * 2**30
"""Bytes of address space that the query process may take."""

_WORKER = Path(__file__).with_name("worker.py")

Reply = tuple[str, str, bytes]
"""What a worker answers: see ``worker.py``."""


class QueryProcess:
    """A process that answers queries over one store, one at a time; started at once, started anew after a kill."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._process: subprocess.Popen[bytes] | None = None
        self._in_use = threading.Lock()
        self.start()

    def start(self) -> None:
        """Start the process, so that it opens the store while others do something else."""
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  (our own file, our own store)
                command(self._store, MEMORY),
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C comes to us, and we end the process
            )

    def ask(self, query: str, *, prefixes: Mapping[str, str], graph: str | None, timeout: float) -> Answer:
        """The answer to a query, over the default graph or over ``graph``, within ``timeout`` seconds.

        Several threads may ask; one waits for the other.

        Raises QueryError for a query that is wrong, that calls another server, or that takes too much time or memory;
        SnapshotError if the store can't be opened.
        """
        asked = request(query, prefixes=prefixes, default=None if graph is None else [graph])
        with self._in_use:
            return self._answer(asked, timeout)

    def _answer(self, asked: bytes, timeout: float) -> Answer:
        self.start()
        expired = threading.Event()
        timer = threading.Timer(timeout, self._expire, [expired])
        timer.start()
        try:
            kind, problem, body = self._exchange(asked)
        except EOFError as error:
            self.close()
            raise _ended(expired.is_set(), timeout) from error
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()
        if problem:
            self.close()
            raise failure(kind, problem, self._store)
        return decode(kind, body)

    def close(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            _close(stream)
        process.wait()

    def _exchange(self, asked: bytes) -> Reply:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise EOFError
        with suppress(BrokenPipeError):  # a process that could not open its store has already said so
            process.stdin.write(asked)
            process.stdin.flush()
        size = process.stdout.read(8)
        if not size:
            raise EOFError
        return reply(process.stdout.read(int.from_bytes(size)))

    def _expire(self, expired: threading.Event) -> None:
        expired.set()
        if self._process is not None:
            self._process.kill()


def command(store: Path, memory: int) -> list[str]:
    """The command line of a process that answers queries over a store, within so many bytes of address space."""
    return [sys.executable, "-P", "-S", str(_WORKER), str(store), str(memory)]


def environment() -> dict[str, str]:
    """The environment of that process: it finds what we find, without a search."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}


def request(
    query: str,
    *,
    prefixes: Mapping[str, str],
    default: Sequence[str] | None = None,
    named: Sequence[str] | None = None,
    only_known: Sequence[str] = (),
    base: str | None = None,
    table: str = "json",
    graph: str = "nt",
    rows: int = 0,
    size: int = 0,
) -> bytes:
    """A query as the process takes it.

    ``default`` and ``named`` are the graphs of the dataset (all, if None), ``only_known`` graphs that must be there;
    ``table`` and ``graph`` the formats of the answer, ``rows`` and ``size`` (in bytes) what it may come to, 0 for no
    limit. Raises QueryError for a query that would call another server, or change data.
    """
    text, written = prepared(query)
    told = {
        "query": text,
        "prefixes": {name: iri for name, iri in prefixes.items() if name in written},  # all would take a while
        "default": None if default is None else list(default),
        "named": None if named is None else list(named),
        "from": list(only_known),
        "base": base,
        "table": table,
        "graph": graph,
        "rows": rows,
        "size": size,
    }
    message = marshal.dumps(told)
    return len(message).to_bytes(8) + message


def reply(message: bytes) -> Reply:
    """What the process answered. Raises EOFError if it ended in the middle."""
    told: Any = marshal.loads(message)  # noqa: S302  (our own worker wrote it)
    kind, problem, body = told
    return kind, problem, body


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        with suppress(BrokenPipeError):  # what was still to be flushed has no reader any more
            stream.close()


def _ended(expired: bool, timeout: float) -> QueryError:
    if expired:
        return LimitError(
            f"The query took more than {timeout:g} s and was stopped. Make it narrower (name a framework, add LIMIT), "
            "or give it more time with --timeout SECONDS."
        )
    return LimitError(
        f"The query took more than {MEMORY // 2**30} GiB of memory and was stopped. Make it narrower: name a "
        "framework, join what is apart, add LIMIT."
    )


def failure(kind: str, problem: str, store: Path) -> QueryError | SnapshotError:
    """The error that a worker told."""
    if kind == "store":
        return SnapshotError(f"The snapshot {store} can't be opened ({problem}). Run: compgraph cache clear")
    if kind == "syntax":
        return _syntax(problem)
    return QueryError(f"The query failed: {problem}.")


def _syntax(problem: str) -> QueryError:
    """The engine's complaint with its place in front, without the alphabet that it goes on to list."""
    match = re.fullmatch(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", problem, re.DOTALL)
    if not match:
        return QueryError(f"The query is no SPARQL 1.1: {problem}")
    return QueryError(_mistake(match[1], match[2], match[3]), line=int(match[1]), column=int(match[2]))


def _mistake(line: str, column: str, said: str) -> str:
    place = f"line {line}, column {column}: the query is no SPARQL 1.1 here"
    if "Prefix not found" in said:
        return (
            f"{place}: the prefix before this is not known. Declare it with PREFIX, or write the IRI between < and >."
        )
    if plain := re.search(r"The [a-zA-Z ]+|IRI parsing failed", said):
        return f"{place}: {plain[0][0].lower()}{plain[0][1:]}."
    return f"{place}. Look at what stands just before: a sign or a keyword is missing, or is one too many."
