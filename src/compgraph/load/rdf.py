"""Turtle, TriG, N-Triples and N-Quads to quads."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from compgraph.errors import FileError
from compgraph.load.files import file_text

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
}


@dataclass(frozen=True, slots=True)
class RdfFile:
    """What an RDF file says: its quads in the order of the file, and the prefixes it declares."""

    path: Path
    quads: tuple[ox.Quad, ...]
    prefixes: Mapping[str, str]


def read_rdf(path: Path) -> RdfFile:
    """The quads and prefixes of a file, literals as they are written (language tags in lower case).

    Raises FileError with line and column where the syntax is broken, or if the file can't be read.
    """
    parser = ox.parse(file_text(path), format=_format(path))
    try:
        quads = tuple(parser)
    except SyntaxError as error:
        problem = f"{_plain(str(error))}. Mend the syntax here; nothing was loaded."
        raise FileError(path, problem, line=error.lineno, column=error.offset) from error
    return RdfFile(path, quads, dict(parser.prefixes))


def _format(path: Path) -> ox.RdfFormat:
    if path.suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise FileError(path, f"is no RDF file that compgraph reads ({known}). Convert it to Turtle (.ttl) first.")
    return FORMATS[path.suffix]


def _plain(message: str) -> str:
    """The parser's words without its own line and column, which stand at the front of ours."""
    _, marker, rest = message.partition(" column ")
    return rest.partition(": ")[2].rstrip(".") if marker else message.rstrip(".")
