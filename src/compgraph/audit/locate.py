"""A phrase to the pointer that names its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from compgraph.audit.pointers import Pointer
from compgraph.audit.sources import SourceText, source_name
from compgraph.errors import SourceError

SHOWN = 40
"""How many characters of the text around a place are shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase stands."""

    pointer: Pointer
    line: int
    column: int
    words: str
    """The characters there, as they are."""


def locate(phrase: str, sources: Iterable[SourceText]) -> list[Place]:
    """Every place of a phrase; case counts, the amount of white space does not.

    Raises SourceError if it stands nowhere, with the longest beginning of it that does.
    """
    words = phrase.split()
    if not words:
        raise SourceError("The phrase is empty: give the words to look for.")
    sources = list(sources)
    if found := _places(words, sources):
        return found
    raise SourceError(_missing(words, sources))


def _places(words: list[str], sources: list[SourceText]) -> list[Place]:
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    return [_place(source, match) for source in sources for match in pattern.finditer(source.text)]


def _place(source: SourceText, match: re.Match[str]) -> Place:
    start, end = match.span()
    column = start - (source.text.rfind("\n", 0, start) + 1) + 1
    return Place(Pointer(source.document.iri, start, end), source.line(start), column, match[0])


def _missing(words: list[str], sources: list[SourceText]) -> str:
    for length in range(len(words) - 1, 0, -1):
        if found := _places(words[:length], sources):
            place = found[0]
            where = f"{source_name(place.pointer.document)}, line {place.line}"
            return (
                f"The phrase stands in no document here. Its beginning {' '.join(words[:length])!r} does ({where}), "
                f"but not followed by {words[length]!r}: look there. Where the text is split, locate its pieces."
            )
    return f"The phrase stands in no document here, nor does its first word {words[0]!r}. Check spelling and case."
