"""Names as they are compared: without what does not count, and by the stems of their words."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from snowballstemmer import stemmer

# fmt: off
JOINING = frozenset((
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "towards", "with",
))
# fmt: on
"""English words that join others, and say nothing of what a name is about."""

# The algorithms of Snowball (https://snowballstem.org) by language tag (RFC 5646).
_STEMMERS = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "sv": "swedish",
}
_ONE_AT_A_TIME = Lock()  # a stemmer holds the word that it works on
_ACCENTS = re.compile("[\u0300-\u036f]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
# British spellings to American ones; a word that only looks like one changes the same way on both sides.
_SPELLINGS = (
    (re.compile(r"(?<=[iy])s(?=(?:ed?|ers?|es|ing|ations?|ational)\b)"), "z"),
    (re.compile(r"(?<=\w\w)our(?=(?:s|al|ed|ing)?\b)"), "or"),
    (re.compile(r"(?<=program)me(?=s?\b)"), ""),
)


def plain(name: str) -> str:
    """A name as it is compared: case, accents, punctuation, ``&`` and British or American spelling don't count."""
    unaccented = _ACCENTS.sub("", unicodedata.normalize("NFKD", name.casefold()))
    text = _BETWEEN_WORDS.sub(" ", _POSSESSIVE.sub("", unaccented.replace("&", " and "))).strip()
    for british, american in _SPELLINGS:
        text = british.sub(american, text)
    return unicodedata.normalize("NFC", text)


def words(text: str) -> list[str]:
    """The words of a plain text, without those that only join."""
    return [word for word in text.split() if word not in JOINING]


def stems(word: str, languages: Iterable[str]) -> frozenset[str]:
    """The stems of a word in languages, which are given by their tags; in an unknown one it is its own stem."""
    return frozenset(_stem(word, language) for language in languages)


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    algorithm = _STEMMERS.get(language.partition("-")[0].lower())
    if algorithm is None:
        return word
    with _ONE_AT_A_TIME:
        return str(_stemmer(algorithm).stemWord(word))


@cache
def _stemmer(algorithm: str) -> Any:
    return stemmer(algorithm)
