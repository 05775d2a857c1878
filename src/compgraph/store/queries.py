"""Running queries in a process that can be killed."""

import marshal
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from compgraph.errors import QueryError, SnapshotError
from compgraph.store.answers import Answer, decode
from compgraph.terms import CG

TIMEOUT = 60.0
"""Seconds that a query may take unless the user says otherwise."""
MEMORY = 4 * 2**30
"""Bytes of address space that the query process may take."""

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_WORKER = Path(__file__).with_name("worker.py")

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


class QueryProcess:
    """A process that answers queries over one store, one at a time; started at once, started anew after a kill."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start the process, so that it opens the store while others do something else."""
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  (our own file, our own store)
                [sys.executable, "-P", "-S", str(_WORKER), str(self._store), str(MEMORY)],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},  # it finds what we find, without a search
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C comes to us, and we end the process
            )

    def ask(self, query: str, *, prefixes: Mapping[str, str], graph: str | None, timeout: float) -> Answer:
        """The answer to a query, over the default graph or over ``graph``, within ``timeout`` seconds.

        Raises QueryError for a query that is wrong, that calls another server, or that takes too much time or memory;
        SnapshotError if the store can't be opened.
        """
        text, written = _prepared(query)
        known = {name: iri for name, iri in prefixes.items() if name in written}  # all of them would take a while
        self.start()
        expired = threading.Event()
        timer = threading.Timer(timeout, self._expire, [expired])
        timer.start()
        try:
            kind, problem, body = self._exchange((text, known, graph))
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
            raise _problem(kind, problem, self._store)
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

    def _exchange(self, request: tuple[str, dict[str, str], str | None]) -> tuple[str, str, bytes]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise EOFError
        with suppress(BrokenPipeError):  # a process that could not open its store has already said so
            process.stdin.write(marshal.dumps(request))
            process.stdin.flush()
        kind, problem, body = marshal.load(process.stdout)  # noqa: S302  (our own worker wrote it)
        return str(kind), str(problem), bytes(body)

    def _expire(self, expired: threading.Event) -> None:
        expired.set()
        if self._process is not None:
            self._process.kill()


def our_terms(query: str) -> Iterator[tuple[int, str]]:
    """The terms of our ontology that a query names, as local names, with the lines (from 1) they stand on."""
    for token in _SPARQL_TOKEN.finditer(query):
        text = token[0]
        local = text[3:] if text.startswith("cg:") else text[len(CG) + 1 : -1] if text.startswith(f"<{CG}") else ""
        if local:
            yield query.count("\n", 0, token.start()) + 1, local.rstrip(".")


def _prepared(query: str) -> tuple[str, set[str]]:
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
                raise _service(query, token.start())
            verb = verb or ("" if word.upper() in ("PREFIX", "BASE") else word.upper())
        elif token["prefixed"]:
            prefix, _, local = token[0].partition(":")
            prefixes.add(prefix)
            if local.rstrip(".").count(".") > 1:
                pieces += (query[done : token.start()], prefix, ":", _escaped(local))
                done = token.end()
    if hidden := _SERVICE.search(query):
        raise _service(query, hidden.start())
    _refuse_update(verb)
    return "".join((*pieces, query[done:])), prefixes


def _escaped(local: str) -> str:
    name = local.rstrip(".")
    return re.sub(r"(?<!\\)\.", r"\.", name) + local[len(name) :]


def _service(query: str, start: int) -> QueryError:
    line = query.count("\n", 0, start) + 1
    return QueryError(f"line {line}: SERVICE would call another server, which compgraph never does: remove it.")


def _refuse_update(verb: str) -> None:
    if verb in _UPDATES:
        raise QueryError(
            f"{verb} would change data; the graph is only read. Change the files of the workspace instead."
        )


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        with suppress(BrokenPipeError):  # what was still to be flushed has no reader any more
            stream.close()


def _ended(expired: bool, timeout: float) -> QueryError:
    if expired:
        return QueryError(
            f"The query took more than {timeout:g} s and was stopped. Make it narrower (name a framework, add LIMIT), "
            "or give it more time with --timeout SECONDS."
        )
    return QueryError(
        f"The query took more than {MEMORY // 2**30} GiB of memory and was stopped. Make it narrower: name a "
        "framework, join what is apart, add LIMIT."
    )


def _problem(kind: str, problem: str, store: Path) -> QueryError | SnapshotError:
    if kind == "store":
        return SnapshotError(f"The snapshot {store} can't be opened ({problem}). Run: compgraph cache clear")
    if kind == "syntax":
        return QueryError(_syntax(problem))
    return QueryError(f"The query failed: {problem}.")


def _syntax(problem: str) -> str:
    """The engine's complaint with its place in front, without the alphabet that it goes on to list."""
    match = re.fullmatch(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", problem, re.DOTALL)
    if not match:
        return f"The query is no SPARQL 1.1: {problem}"
    place = f"line {match[1]}, column {match[2]}: the query is no SPARQL 1.1 here"
    if "Prefix not found" in match[3]:
        return (
            f"{place}: the prefix before this is not known. Declare it with PREFIX, or write the IRI between < and >."
        )
    if said := re.search(r"The [a-zA-Z ]+|IRI parsing failed", match[3]):
        return f"{place}: {said[0][0].lower()}{said[0][1:]}."
    return f"{place}. Look at what stands just before: a sign or a keyword is missing, or is one too many."
