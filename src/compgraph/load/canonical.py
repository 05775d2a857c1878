"""A kept file as it should be written."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from compgraph.errors import CompgraphError, FileError
from compgraph.load.files import file_text
from compgraph.load.rdf import read_rdf
from compgraph.load.sssom import parts, read_mappings
from compgraph.tidy import comment_line, layout_faults, sssom_text, turtle_text
from compgraph.workspace import SSSOM_SUFFIX, Workspace


def untidy(workspace: Workspace, files: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """The files that are not in canonical form, with the text that is; without ``files``, of all that have one.

    Raises FileError as ``canonical_text`` does.
    """
    data = (path for path in workspace.data() if path.suffix == ".ttl")
    for path in files or [*data, *workspace.mappings()]:
        text = canonical_text(path)
        if text.encode() != path.read_bytes():
            yield path, text


def layout(workspace: Workspace) -> Iterator[FileError]:
    """What breaks the house's layout in the files that are laid out by hand."""
    for path in [*workspace.ontology(), *workspace.shapes(), *workspace.questions()]:
        text = path.read_bytes().decode("utf-8")
        for line, fault in layout_faults(text, turtle=path.suffix == ".ttl"):
            yield FileError(path, fault, line=line)


def canonical_text(path: Path) -> str:
    """The canonical text of a Turtle file or a mapping set.

    Raises FileError if the file is neither, if it is broken, or if rewriting it would lose something (a comment, a
    blank node).
    """
    if path.name.endswith(SSSOM_SUFFIX):
        mapping_set = read_mappings(path)
        _refuse_comments(path)
        return sssom_text(mapping_set.metadata, mapping_set.rows)
    if path.suffix != ".ttl":
        raise FileError(path, "is neither Turtle (.ttl) nor a mapping set (.sssom.tsv), which is what can be tidied.")
    return _turtle(path)


def _refuse_comments(path: Path) -> None:
    header, _ = parts(file_text(path))
    for number, line in enumerate(header, 1):
        if re.match(r"#\s*#", line):
            problem = "is a comment, which tidying would lose: make it the value of #comment:, or remove it."
            raise FileError(path, problem, line=number)


def _turtle(path: Path) -> str:
    file = read_rdf(path)
    if line := comment_line(path.read_text(encoding="utf-8")):
        problem = "is a comment, which tidying would lose: move it to a skos:note or skos:editorialNote, or remove it."
        raise FileError(path, problem, line=line)
    try:
        return turtle_text((quad.triple for quad in file.quads), file.prefixes)
    except CompgraphError as error:
        raise FileError(path, str(error)) from error
