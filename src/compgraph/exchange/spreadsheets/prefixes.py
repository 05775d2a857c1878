"""Short forms of IRIs in mapping sets: those of the frameworks, and those that a set declares besides."""

import re
from collections.abc import Iterable, Mapping

from compgraph.terms import ID, PREFIXES

_OF_A_FRAMEWORK = re.compile(re.escape(ID) + r"([A-Za-z][A-Za-z0-9_-]*)/(?!.*/)")
RECORD = "record"


def prefixes(set_iri: str, declared: Mapping[str, str], iris: Iterable[str]) -> dict[str, str]:
    """What a mapping set needs to shorten some IRIs: its own, those of the frameworks, and those it declares."""
    frameworks = {found[1]: f"{ID}{found[1]}/" for iri in iris if (found := _OF_A_FRAMEWORK.match(iri))}
    known = {**PREFIXES, **frameworks, RECORD: f"{set_iri}/"}
    taken = set(declared.values())
    return {name: start for name, start in known.items() if start not in taken} | dict(declared)


def shorten(iri: str, known: Mapping[str, str]) -> str:
    """An IRI by the prefix that leaves the least, or as it is."""
    fits = [(len(start), name) for name, start in known.items() if iri.startswith(start) and iri != start]
    if not fits:
        return iri
    length, name = max(fits)
    return f"{name}:{iri[length:]}"


def expand(text: str, known: Mapping[str, str]) -> str | None:
    """The IRI that a short form stands for; None if its prefix is unknown and it is no IRI."""
    if text.startswith(("http://", "https://", "urn:")):
        return text
    name, colon, local = text.partition(":")
    if colon and name in known:
        return known[name] + local
    # A prefix that nobody declares is that of a framework: california:thoroughness.
    return f"{ID}{text.replace(':', '/', 1)}" if colon and local and _OF_A_FRAMEWORK.match(f"{ID}{name}/x") else None
