"""What rows are called: to find a row by what a cell says, and to say in a cell which row is meant."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

import pyoxigraph as ox

from compgraph.exchange.spreadsheets.description import FRAMEWORK, MAPPING_SETS, Sheet, normal, sheets
from compgraph.terms import ID, SOURCE

_IRI = re.compile(r"(https?://|urn:)[^\s<>\"{}|\\^`]+")
_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ŋ": "n"})
_GUESSES = 50
LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")


def is_iri(text: str) -> bool:
    """Whether a text is a whole IRI of a kind that frameworks use."""
    if not _IRI.fullmatch(text):
        return False
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def address(sheet: Sheet, framework: str, identifier: str) -> str:
    """The IRI of a row that has this identifier."""
    if is_iri(identifier):
        return identifier
    return _base(sheet, framework) + identifier


def identifier(sheet: Sheet, framework: str, iri: str) -> str:
    """What stands in a cell for an IRI: its last part, or the whole where it does not begin as others do."""
    base = _base(sheet, framework)
    local = iri.removeprefix(base)
    return local if iri.startswith(base) and LOCAL.fullmatch(local) else iri


def _base(sheet: Sheet, framework: str) -> str:
    if sheet.name == FRAMEWORK:
        return ID
    if sheet.name == MAPPING_SETS:
        return f"{ID}mappings/"
    return SOURCE if sheet.base == "source" else f"{framework}/"


def slug(text: str) -> str:
    """A text as an identifier has it: ``Respect & Inclusion`` gives ``respect-inclusion``."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def natural(text: str) -> list[tuple[bool, int, str]]:
    """What to sort by so that 10 comes after 9."""
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in re.split(r"(\d+)", text)]


class Names:
    """The identifiers, labels and positions of rows."""

    def __init__(self, framework: str) -> None:
        self.framework = framework
        self._identifiers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._labels: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._positions: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self._place: dict[str, tuple[str, str]] = {}
        self._guesses = 0
        self._sheets = {sheet.name: sheet for sheet in sheets()}

    def add(self, sheet: Sheet, iri: str, label: str) -> None:
        """Learn of a row."""
        name = identifier(sheet, self.framework, iri)
        self._identifiers[sheet.name][name].append(iri)
        self._labels[sheet.name][normal(label)].append(iri)
        self._place[iri] = (sheet.name, label)

    def add_position(self, sheet: Sheet, parent: str, position: str, iri: str) -> None:
        """Learn that a number stands for a row, among the rows of its sheet that have the same parent."""
        self._positions[sheet.name, parent, position].append(iri)

    def find(self, among: Iterable[str], text: str, parent: str = "") -> list[str]:
        """The rows that a text may mean: by position under the parent, by identifier, else by label."""
        if is_iri(text):
            return [text]
        if parent and (found := [iri for sheet in among for iri in self._positions.get((sheet, parent, text), ())]):
            return list(dict.fromkeys(found))
        for names, wanted in ((self._identifiers, text), (self._labels, normal(text))):
            if found := [iri for sheet in among for iri in names[sheet].get(wanted, ())]:
                return list(dict.fromkeys(found))
        return []

    def cite(self, among: tuple[str, ...], iri: str, *, parent: str = "", position: str = "") -> str:
        """The shortest text by which ``find`` gets this row and no other."""
        sheet, label = self._place.get(iri, ("", ""))
        if sheet not in among:
            return iri
        name = identifier(self._sheets[sheet], self.framework, iri)
        texts = [position, *([label] if self._sheets[sheet].cite == "name" and "\n" not in label else []), name, iri]
        return next(text for text in texts if text and self.find(among, text, parent) == [iri])

    def near(self, among: Iterable[str], text: str) -> list[str]:
        """Names that look like a text that is none; none any more once that was asked for often, as it takes time."""
        self._guesses += 1
        if self._guesses > _GUESSES:
            return []
        labels = {self._place[i[0]][1] for sheet in among for i in self._labels[sheet].values()}
        names = {name for sheet in among for name in self._identifiers[sheet]}
        return get_close_matches(text, sorted(labels | names), 3)
