"""Source documents as they lie in a folder of the user's, checked against what the graph says of them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from compgraph.errors import SourceError
from compgraph.terms import SOURCE


@dataclass(frozen=True, slots=True)
class Document:
    """A source document as the graph describes it."""

    iri: str
    length: int
    """Unicode characters."""
    sha256: str

    @property
    def file_name(self) -> str:
        """The name of its file: the last part of the IRI."""
        return f"{self.iri.rpartition('/')[2]}.txt"


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source document."""

    document: Document
    text: str

    def line(self, position: int) -> int:
        """The line, from 1, on which the character at ``position`` stands."""
        return self.text.count("\n", 0, position) + 1


def read_source(document: Document, folder: Path) -> SourceText:
    """The text of a document, with its line ends as they are. Raises SourceError if it is not the one described."""
    path = folder / document.file_name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path} can't be read: {error.strerror}. Put the document there under this name, or name another folder "
            "with --sources DIR."
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != document.sha256:
        raise SourceError(
            f"{path} is not the document that the graph describes: its SHA-256 is {found}, expected is "
            f"{document.sha256}. Pointers count the characters of exactly that file: get it unchanged."
        )
    return SourceText(document, _decoded(content, path))


def undescribed(documents: Iterable[Document], folder: Path) -> tuple[Document, ...]:
    """The texts (``*.txt``) in ``folder`` that are none of ``documents``, as a graph would have to describe them.

    Raises SourceError if one of them can't be read or is not UTF-8.
    """
    known = {document.file_name for document in documents}
    found = (path for path in sorted(folder.glob("*.txt")) if path.name not in known and path.is_file())
    return tuple(_document(path) for path in found)


def _document(path: Path) -> Document:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} can't be read: {error.strerror}. Make it readable, or move it away.") from error
    return Document(SOURCE + path.stem, len(_decoded(content, path)), hashlib.sha256(content).hexdigest())


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path} is not UTF-8 (see byte {error.start}), and pointers count characters: save it as UTF-8."
        ) from error


def source_name(iri: str) -> str:
    """A document's IRI as people write it."""
    return iri.removeprefix(SOURCE)
