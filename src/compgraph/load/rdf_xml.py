"""RDF/XML, as far as its parser needs help: it expands entities without end, and says no line (RDF 1.1 XML Syntax)."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin
from xml.parsers import expat

import pyoxigraph as ox

from compgraph.errors import FileError
from compgraph.load.files import DEEPEST, file_error
from compgraph.terms import RDF

LARGEST = 10_000_000
"""How many characters the entities of one file may come to, once they are written out."""

_REFERENCE = re.compile(r"&([^#;&\s<>]+);")
_XML_BASE = "http://www.w3.org/XML/1998/namespace base"


class XmlReader:
    """One reading of an RDF/XML file. ``nodes`` has for each named node the offset of the first tag that names it.

    Raises FileError where the XML is broken, and for what is never done: to read another file, to write out entities
    without end, to nest without end.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.nodes: dict[str, int] = {}
        self._path = path
        self._text = text
        self._bytes = text.encode()
        self._read = (0, 0)
        self._uses = Counter(_REFERENCE.findall(text))
        self._sizes: dict[str, int] = {}
        self._size = 0
        self._bases = [""]
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity
        try:
            self._parser.Parse(self._bytes, True)
        except expat.ExpatError as error:
            problem = f"is no XML from here on ({expat.ErrorString(error.code)}). Mend the syntax; nothing was loaded."
            raise self._error(problem) from error

    def _offset(self) -> int:
        """Where the parser is, in characters; it counts bytes."""
        at = self._parser.CurrentByteIndex
        last, characters = self._read
        self._read = at, characters + len(self._bytes[last:at].decode())
        return self._read[1]

    def _error(self, problem: str) -> FileError:
        return file_error(self._path, problem, self._text, self._offset())

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        if len(self._bases) > DEEPEST:
            raise self._error(f"is nested deeper than {DEEPEST} elements. Make it flatter: refer with rdf:resource.")
        base = urljoin(self._bases[-1], attributes.get(_XML_BASE, ""))
        self._bases.append(base)
        if about := attributes.get(f"{RDF} about"):
            self.nodes.setdefault(urljoin(base, about), self._offset())
        elif local := attributes.get(f"{RDF} ID"):
            self.nodes.setdefault(f"{base.partition('#')[0]}#{local}", self._offset())

    def _end(self, _name: str) -> None:
        self._bases.pop()

    def _entity(
        self, name: str, _is_parameter: bool, value: str | None, _base: object, system: str | None, *_: object
    ) -> None:
        if value is None:
            raise self._error(f"the entity {name} is another file, {system}, and none is read. Put its text here.")
        self._sizes[name] = len(value) + sum(self._sizes.get(used, 0) for used in _REFERENCE.findall(value))
        self._size += self._sizes[name] * (1 + self._uses[name])
        if self._size > LARGEST:
            raise self._error(f"the entities come to more than {LARGEST} characters. Write them out, or shorten them.")


def xml_mistake(text: str) -> int:
    """The offset of the first tag that the RDF parser refuses: it takes the tags one by one until it does."""
    tags = _Tags(text)
    try:
        for _ in ox.parse(tags, format=ox.RdfFormat.RDF_XML):
            pass
    except SyntaxError:
        return tags.offset
    return 0


class _Tags(BytesIO):
    """A file that is read tag by tag. ``offset`` is where the tag that was read last begins."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.offset = 0
        self._end = 0
        self._parts = iter(re.split("(?<=>)", text))

    def read(self, _size: int | None = -1) -> bytes:
        part = next(self._parts, "")
        self.offset = self._end + max(part.find("<"), 0)
        self._end += len(part)
        return part.encode()
