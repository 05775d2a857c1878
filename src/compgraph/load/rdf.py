"""Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML to quads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox

from compgraph.errors import FileError
from compgraph.load.files import DEEPEST, file_error, file_text
from compgraph.load.json_ld import check_json_ld, json_ld_mistake
from compgraph.load.rdf_xml import XmlReader, xml_mistake
from compgraph.workspace import SSSOM_SUFFIX

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}

_PLACE = re.compile(r"^.*? at line \d+ (between columns?|column) [^:]*: ")
_LINE = re.compile(r" \(line \d+\)$")
_TRIPLE_TERM = re.compile(r"<<\(|\)>>")


@dataclass(frozen=True, slots=True)
class RdfFile:
    """What an RDF file says: its quads in the order of the file, and the prefixes it declares."""

    path: Path
    quads: tuple[ox.Quad, ...]
    prefixes: Mapping[str, str]


def read_rdf(path: Path, *, to_be_merged: bool = False) -> RdfFile:
    """The quads and prefixes of a file, literals as they are written (language tags in lower case).

    What is ``to_be_merged`` with other files has new names for its blank nodes, since theirs hold in one file only:
    made from the file's content, so that the same file always has the same.

    Nothing but the file is read: no context, entity or import from elsewhere. Raises FileError with line and column
    where the syntax is broken, and if the file can't be read or asks for what is refused.
    """
    format_ = _format(path)
    text = file_text(path)
    _check(path, text, format_)
    parser = ox.parse(text, format=format_)
    try:
        quads = tuple(parser)
    except SyntaxError as error:
        problem = f"{_plain(str(error))}. Mend the syntax here; nothing was loaded."
        if error.lineno is None:
            raise _mistake(path, problem, text, format_) from error
        raise FileError(path, problem, line=error.lineno, column=error.offset) from error
    if format_ == ox.RdfFormat.JSON_LD and not quads:
        raise FileError(path, "holds no statement. If it is JSON and not JSON-LD, give it an @context.", line=1)
    if any(isinstance(quad.object, ox.Triple) for quad in quads):
        raise FileError(path, "speaks of triples (RDF 1.2), which compgraph does not take. Name what is said instead.")
    return RdfFile(path, _renamed(quads, text) if to_be_merged else quads, dict(parser.prefixes))


def _renamed(quads: tuple[ox.Quad, ...], text: str) -> tuple[ox.Quad, ...]:
    """The quads with blank nodes that no other text has, numbered in their order (the parser names some by chance)."""
    start = f"b{blake2b(text.encode(), digest_size=8).hexdigest()}n"
    names: dict[object, ox.BlankNode] = {}
    for quad in quads:
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, ox.BlankNode) and term not in names:
                names[term] = ox.BlankNode(f"{start}{len(names) + 1}")
    if not names:
        return quads
    return tuple(ox.Quad(*(names.get(term, term) for term in quad)) for quad in quads)


def _check(path: Path, text: str, format_: ox.RdfFormat) -> None:
    """Raises FileError for what must not reach the parser."""
    if format_ == ox.RdfFormat.JSON_LD:
        check_json_ld(path, text)
    elif format_ == ox.RdfFormat.RDF_XML:
        XmlReader(path, text)
    elif text.count("<<(") > DEEPEST:
        depth = 0
        for bracket in _TRIPLE_TERM.finditer(text):
            depth += 1 if bracket[0] == "<<(" else -1
            if depth > DEEPEST:
                problem = f"nests triples deeper than {DEEPEST}. Give the inner ones a name with ~, and refer to it."
                raise file_error(path, problem, text, bracket.start())


def _mistake(path: Path, problem: str, text: str, format_: ox.RdfFormat) -> FileError:
    """The error, at the place of what the parser complains about, as far as that can be found."""
    offset = xml_mistake(text) if format_ == ox.RdfFormat.RDF_XML else json_ld_mistake(text, problem)
    return FileError(path, problem) if offset is None else file_error(path, problem, text, offset)


def _format(path: Path) -> ox.RdfFormat:
    if path.suffix not in FORMATS:
        known = ", ".join((*FORMATS, SSSOM_SUFFIX))
        cure = "Convert it to Turtle (.ttl) first; compgraph import does so with tables."
        raise FileError(path, f"is of no kind that compgraph reads ({known}). {cure}")
    return FORMATS[path.suffix]


def _plain(message: str) -> str:
    """The parser's words without its own line and column, which stand at the front of ours."""
    return _LINE.sub("", _PLACE.sub("", message)).rstrip(".")
