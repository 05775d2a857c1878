"""The entries of one type, laid out so that those like a name are found fast and compared with it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from heapq import nlargest
from math import log
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from compgraph.reconcile.entries import Entry, Text
from compgraph.reconcile.words import plain, stems, words

_LOOKED_AT = 30
"""How many entries are compared for their spelling, and as many for their words."""
_ALIKE = 0.6
"""How much of two names must be the same letters for their spelling to count as alike."""
_LONG = 5
"""Letters of a word in which one wrong letter hardly makes another word."""


class Likeness(NamedTuple):
    """How like a name an entry is; the numbers are between 0 and 1."""

    same: bool
    """One of its names is the same, or its identifier."""
    numbered: bool
    """Its number is the name, and that is nothing but digits."""
    misspelt: bool
    """One of its names is the same but for a wrong letter in a long word."""
    spelling: float
    """How much of the name of the most alike spelling need not be changed (optimal string alignment)."""
    words: float
    """The words in common with one of its names, whatever their forms; rare ones count more (Dice)."""
    text: float
    """The words that stand in its names, definition, indicators or behaviours; rare ones count more."""


class _Name(NamedTuple):
    """A name of an entry, ready to be compared."""

    plain: str
    stems: frozenset[str]


class _Wanted(NamedTuple):
    """A name that is looked for, ready to be compared."""

    plain: str
    words: tuple[frozenset[str], ...]
    """The stems of each word, after what is misspelt was put right."""


class Index:
    """The entries of one type."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._languages = sorted({name.language for entry in entries for name in entry.names})
        self._names = [tuple(map(_name, entry.names)) for entry in entries]
        self._codes = [frozenset(map(plain, entry.codes)) for entry in entries]
        texts = [tuple(map(_name, entry.texts)) for entry in entries]
        said = [(*names, *others) for names, others in zip(self._names, texts, strict=True)]
        self._spelt = [(name.plain, place) for place, names in enumerate(self._names) for name in names]
        self._same = _places(
            [*self._spelt, *((code, place) for place, codes in enumerate(self._codes) for code in codes)]
        )
        self._identified = {name: place for place, entry in enumerate(entries) for name in entry.node[:2]}
        self._in_names, self._in_texts = _Words(self._names), _Words(said)
        self._known = {word for each in said for name in each for word in name.plain.split()}
        self._long = sorted(word for word in self._known if len(word) >= _LONG)
        self._mended = lru_cache(maxsize=10_000)(self._mend)

    def like(self, name: str, within: Collection[int] | None = None) -> dict[int, Likeness]:
        """The entries that are like a name, by their places; with ``within`` only those at these places."""
        wanted = self._wanted(name)
        identified = self._identified.get(name.strip().removeprefix("<").removesuffix(">"))
        places = {*self._same.get(wanted.plain, ()), *self._spelt_alike(wanted, within), *self._sharing(wanted, within)}
        places |= set() if identified is None else {identified}
        places &= places if within is None else set(within)
        return {place: self._likeness(wanted, place, identified=place == identified) for place in sorted(places)}

    def _wanted(self, name: str) -> _Wanted:
        said = plain(name)
        return _Wanted(said, tuple(stems(self._mended(word), self._languages) for word in words(said)))

    def _mend(self, word: str) -> str:
        """The known word of which one is a slip, or itself."""
        near = () if word in self._known else process.extract(word, self._long, scorer=OSA.distance, score_cutoff=1)
        return next((known for known, _, _ in near if self._is_slip(word, known)), word)

    def _spelt_alike(self, wanted: _Wanted, within: Collection[int] | None) -> list[int]:
        among = self._spelt if within is None else [each for each in self._spelt if each[1] in within]
        found = process.extract(
            wanted.plain,
            [spelling for spelling, _ in among],
            scorer=OSA.normalized_similarity,
            score_cutoff=_ALIKE,
            limit=_LOOKED_AT,
        )
        return [among[number][1] for _, _, number in found]

    def _sharing(self, wanted: _Wanted, within: Collection[int] | None) -> list[int]:
        """The places of the entries that share most with the words of a name."""
        shared: dict[int, float] = defaultdict(float)
        for vocabulary in (self._in_names, self._in_texts):
            for stem in frozenset[str]().union(*wanted.words):
                weight = vocabulary.weight(stem)
                for place in vocabulary.places.get(stem, ()):
                    shared[place] += weight
        places = shared.keys() if within is None else shared.keys() & set(within)
        return nlargest(_LOOKED_AT, places, key=lambda place: (shared[place], -place))

    def _likeness(self, wanted: _Wanted, place: int, *, identified: bool) -> Likeness:
        names = self._names[place]
        coded = wanted.plain in self._codes[place]
        is_number = wanted.plain.isdigit()
        same = identified or (coded and not is_number) or any(name.plain == wanted.plain for name in names)
        return Likeness(
            same=same,
            numbered=coded and is_number,
            misspelt=not same and any(self._is_misspelt(wanted.plain, name.plain) for name in names),
            spelling=max(OSA.normalized_similarity(wanted.plain, name.plain) for name in names),
            words=max(self._in_common(wanted, name) for name in names),
            text=self._in_text(wanted, place),
        )

    def _is_misspelt(self, wanted: str, name: str) -> bool:
        """Whether one is the other with a letter wrong in a long word, or with a blank too many or too few."""
        if wanted.replace(" ", "") == name.replace(" ", ""):
            return True
        pairs = list(zip(wanted.split(), name.split(), strict=False))
        if len(pairs) != len(wanted.split()) or len(pairs) != len(name.split()):
            return False
        return all(one == other or self._is_slip(one, other) for one, other in pairs)

    def _is_slip(self, written: str, meant: str) -> bool:
        """Whether a word is a long one with a wrong letter, not the first, or two turned round; no known word is."""
        alike = written[0] == meant[0] or sorted(written) == sorted(meant)
        is_long = len(meant) >= _LONG and alike and written not in self._known
        return is_long and OSA.distance(written, meant, score_cutoff=1) <= 1

    def _in_common(self, wanted: _Wanted, name: _Name) -> float:
        weight = self._in_names.weight
        asked = [(max(map(weight, word)), word) for word in wanted.words]
        shared = [(most, word & name.stems) for most, word in asked]
        whole = sum(most for most, _ in asked) + sum(map(weight, name.stems))
        both = sum(most for most, found in shared if found)
        both += sum(map(weight, frozenset[str]().union(*(found for _, found in shared))))
        return both / whole if whole else 0.0

    def _in_text(self, wanted: _Wanted, place: int) -> float:
        weight = self._in_texts.weight
        asked = [(max(map(weight, word)), word) for word in wanted.words]
        whole = sum(most for most, _ in asked)
        found = sum(most for most, word in asked if word & self._in_texts.of[place])
        return found / whole if whole else 0.0


class _Words:
    """Which entries have which words, by their stems."""

    def __init__(self, said: Sequence[Sequence[_Name]]) -> None:
        self.of = [frozenset[str]().union(*(each.stems for each in names)) for names in said]
        self.places = _places((stem, place) for place, found in enumerate(self.of) for stem in found)
        self._weights = {stem: self._rarity(len(places)) for stem, places in self.places.items()}
        self._unknown = self._rarity(0.5)

    def weight(self, stem: str) -> float:
        """How much a word tells: the fewer entries have it, the more (inverse document frequency)."""
        return self._weights.get(stem, self._unknown)

    def _rarity(self, places: float) -> float:
        return log((1 + len(self.of)) / places)


def _name(text: Text) -> _Name:
    said = plain(text.text)
    return _Name(said, frozenset[str]().union(*(stems(word, [text.language]) for word in words(said))))


def _places(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Where each word or name is found; each place once."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for name, place in pairs:
        found[name][place] = None
    return {name: list(places) for name, places in found.items()}
