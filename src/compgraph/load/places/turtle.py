"""Where the statements of Turtle, TriG, N-Triples and N-Quads begin (RDF 1.1, and RDF 1.2 as far as the parser goes).

No RDF library keeps positions. But the parser gives its quads in the order of the file. So it is enough to follow the
grammar and to note in the same order where each quad's subject and object begin; no term has to be understood.
"""

import re
from collections.abc import Sequence
from enum import IntEnum

import pyoxigraph as ox

from compgraph.load.places.place import Places, Statement

# The parser has accepted the text before, so these expressions can be simpler, and wider, than the grammar's own.
_GAP = r"(?:[ \t\r\n]++|#[^\r\n]*+)*+"
_NO_NAME = r" \t\r\n<>\"'{}|^`()\[\],;#@~"
_IRI = r"<[^<>\s]*+>"
_BLANK = rf"_:(?:[^{_NO_NAME}:.]++|\.++(?=[^{_NO_NAME}:.]))++"
_NUMBER = r"[+-]?+(?:\d*+\.\d++|\d++\.(?=[eE])|\d++)(?:[eE][+-]?+\d++)?+"
_NAME = rf"(?:[^{_NO_NAME}.\\]++|\\.|\.++(?=[^{_NO_NAME}.]))++"
_STRING = (
    r'(?:"""(?:[^"\\]++|\\.|"{1,2}+(?!"))*+"""'
    r"|'''(?:[^'\\]++|\\.|'{1,2}+(?!'))*+'''"
    r'|"(?:[^"\\]++|\\.)*+"'
    r"|'(?:[^'\\]++|\\.)*+')"
)
_SUFFIX = rf"@[\w-]++|\^\^{_GAP}(?:{_IRI}|{_NAME})"
_SIGN = r"<<\(|\)>>|<<|>>|\{\||\|\}|."
_TOKEN = re.compile(rf"{_GAP}(?:({_IRI}|{_BLANK}|{_NUMBER}|{_NAME})|({_STRING})|({_SUFFIX})|({_SIGN})|\Z)", re.DOTALL)
_IS_TERM, _IS_STRING, _IS_SUFFIX, _IS_SIGN = 1, 2, 3, 4


class _Expects(IntEnum):
    """What the grammar expects next."""

    SUBJECT = 0
    PREDICATE = 1
    OBJECT = 2
    END = 3
    """of a statement: a sign, or the graph of an N-Quad"""
    ANNOTATION = 4
    """of a statement that has just got its reifier"""
    FIRST = 5
    """element of a collection"""
    ELEMENT = 6
    QUOTED = 7
    """a term of a triple between << and >>"""
    PREFIX = 8
    LAST = 9
    """term of a directive"""


_SUBJECT, _PREDICATE, _OBJECT, _END, _ANNOTATION, _FIRST, _ELEMENT, _QUOTED, _PREFIX, _LAST = _Expects
_AFTER = (_PREDICATE, _OBJECT, _END, _END, _ANNOTATION, _ELEMENT, _ELEMENT, _QUOTED, _LAST, _SUBJECT)
_MAKES_STATEMENT = frozenset({_OBJECT, _FIRST, _ELEMENT})
_KEYWORDS = {"prefix": _PREFIX, "base": _LAST, "version": _LAST, "graph": _SUBJECT}


def turtle_places(text: str, triples: Sequence[ox.Triple]) -> Places | None:
    """The places of all triples of a text, which must be in the order in which the parser gives them.

    None if the text turns out to hold another number of statements.
    """
    found = _Follower().follow(text)
    if found is None or len(found) != len(triples):
        return None
    return Places(text, tuple(Statement(triple, *offsets) for triple, offsets in zip(triples, found, strict=True)))


class _Follower:
    """Follows the grammar through one text. ``found`` are the offsets of subject and object of each statement."""

    def __init__(self) -> None:
        self.found: list[tuple[int, int]] = []
        self.expects = _SUBJECT
        self.subject = 0
        self.outer: list[tuple[_Expects, int, int]] = []
        """for each open bracket: what was expected there, the subject there, and where the bracket stands"""
        self.late: tuple[int, int] | None = None
        """a statement that is only complete when the next token shows that nothing is added to it"""

        self.signs = {
            ".": self._full_stop, ";": self._semicolon, ",": self._comma, "{": self._full_stop, "}": self._full_stop,
            "[": self._open_node, "]": self._close, "(": self._open_collection, ")": self._close_collection,
            "<<": self._open_quoted, "<<(": self._open_quoted, ">>": self._close_reified, ")>>": self._close,
            "~": self._reifier, "{|": self._open_annotation, "|}": self._close_annotation,
        }  # fmt: skip

    def follow(self, text: str) -> list[tuple[int, int]] | None:
        """The offsets, or None if the text is no Turtle."""
        try:
            for token in _TOKEN.finditer(text):
                before = len(self.found)
                self._token(token)
                if len(self.found) > before + 1:  # the parser gives what one token completes in reverse order
                    self.found[before:] = reversed(self.found[before:])
        except LookupError:  # an unknown sign, or a bracket that was never opened
            return None
        return self.found

    def _token(self, token: re.Match[str]) -> None:
        if self.late:
            self.found.append(self.late)
            self.late = None
        if (kind := token.lastindex) == _IS_TERM:
            self._term(token[_IS_TERM], token.start(_IS_TERM))
        elif kind == _IS_SIGN:
            self.signs[token[_IS_SIGN]](token.start(_IS_SIGN))
        elif kind == _IS_STRING:
            self._string(token.start(_IS_STRING))
        elif kind == _IS_SUFFIX and self.expects is _SUBJECT:
            self.expects = _KEYWORDS[token[_IS_SUFFIX][1:]]

    def _term(self, term: str, place: int) -> None:
        if self.expects is _SUBJECT:
            self.subject = place
            self.expects = _KEYWORDS.get(term.lower(), _PREDICATE)
        else:
            self._begin(place)
            self._complete(place)

    def _string(self, place: int) -> None:
        self._begin(place)
        if self.expects in _MAKES_STATEMENT:
            self.late = self.subject, place
        self._go_on(place)

    def _begin(self, place: int) -> None:
        """An element of a collection begins: it links the collection to what is around it, or to the element before."""
        if self.expects is _FIRST:
            expected, subject, self.subject = self.outer[-1]
            if expected in _MAKES_STATEMENT:
                self.found.append((subject, self.subject))
        elif self.expects is _ELEMENT:
            self.found.append((self.subject, place))
            self.subject = place

    def _complete(self, place: int) -> None:
        """A term that began at this place is at its end."""
        if self.expects in _MAKES_STATEMENT:
            self.found.append((self.subject, place))
        self._go_on(place)

    def _go_on(self, place: int) -> None:
        if self.expects is _SUBJECT:
            self.subject = place
        self.expects = _AFTER[self.expects]

    def _full_stop(self, _place: int) -> None:
        self.expects = _SUBJECT

    def _semicolon(self, _place: int) -> None:
        self.expects = _PREDICATE

    def _comma(self, _place: int) -> None:
        self.expects = _OBJECT

    def _open(self, place: int, expects: _Expects) -> None:
        self._begin(place)
        self.outer.append((self.expects, self.subject, place))
        self.subject, self.expects = place, expects

    def _open_node(self, place: int) -> None:
        self._open(place, _PREDICATE)

    def _open_collection(self, place: int) -> None:
        self._open(place, _FIRST)

    def _open_quoted(self, place: int) -> None:
        self._open(place, _QUOTED)

    def _leave(self) -> int:
        self.expects, self.subject, place = self.outer.pop()
        return place

    def _close(self, _place: int) -> None:
        self._complete(self._leave())

    def _close_collection(self, place: int) -> None:
        if self.expects is _FIRST:
            self._close(place)
        else:
            self.found.append((self.subject, place))
            self._go_on(self._leave())

    def _close_reified(self, _place: int) -> None:
        place = self._leave()
        self.found.append((place, place))
        self._complete(place)

    def _reifier(self, place: int) -> None:
        if self.expects is not _QUOTED:
            self.late = place, place
            self.expects = _ANNOTATION

    def _open_annotation(self, place: int) -> None:
        if self.expects is not _ANNOTATION:
            self.found.append((place, place))
        self._open(place, _PREDICATE)

    def _close_annotation(self, _place: int) -> None:
        self._leave()
        self.expects = _END
