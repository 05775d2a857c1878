"""Identifiers to the paths of their pages and back, and links from page to page."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import quote

from compgraph.terms import BASE, ONTOLOGY, SOURCE

# One step of a path that every server and every disk takes as it is. Whatever begins with a full stop may be a way up
# or a server's own file, a percent sign would be decoded on the way, and ~ begins the paths that we make up.
_STEP = re.compile(r"(?![.~])[\w.~-]{1,100}(?<!\.)")
# A folder must not have the name of another page's file.
_FILE = re.compile(r"\.(html|ttl|jsonld|rdf|nt)/", re.IGNORECASE)
_LONGEST = 200
"""Characters of a path: disks take 255 bytes a step, servers 8,000 a line."""


class Addresses:
    """Where each identifier of ours has its page.

    A page is a path without its format: the formats are appended to it (``.html``, ``.ttl``), also to one that has a
    full stop in it, so that no two files can meet: ``thoroughness.ttl`` is the Turtle of ``thoroughness``, and the page
    of an identifier ``thoroughness.ttl`` would be ``thoroughness.ttl.html``.

    What cannot safely be a path (``..``, ``%2e``, signs, great length, a name that differs from another in case alone)
    gets one that is made from its hash. ``irregular`` lists these for whoever writes rules of redirection.
    """

    def __init__(self, iris: Iterable[str], base: str = BASE) -> None:
        self.base = base
        self._by_iri: dict[str, str] = {ONTOLOGY: "ns"}
        self._by_path: dict[str, str] = {}
        taken = {_disk_name("ns")}
        for iri in sorted(iri for iri in set(iris) if is_ours(iri, base)):
            path = self._path(iri)
            if _disk_name(path) in taken:
                path = _made_up(iri)
            taken.add(_disk_name(path))
            self._by_iri[iri] = path
        self._by_path = {path: iri for iri, path in self._by_iri.items()}

    def page(self, iri: str) -> str:
        """The path of the page of an identifier, without its format; empty if it has none here."""
        return self._by_iri.get(iri, "")

    def identifier(self, path: str) -> str:
        """The identifier whose page stands at a path; empty if there is none."""
        return self._by_path.get(path, "")

    def identifiers(self) -> list[str]:
        """All identifiers that have a page, in order."""
        return sorted(self._by_iri)

    @property
    def irregular(self) -> dict[str, str]:
        """The identifiers whose path does not follow from their name, with their paths."""
        return {iri: path for iri, path in self._by_iri.items() if "/~" in path}

    def _path(self, iri: str) -> str:
        for start, folder in ((f"{self.base}id/", "doc"), (SOURCE, "source")):
            name = iri.removeprefix(start)
            is_safe = len(name) <= _LONGEST and not _FILE.search(name) and all(map(_STEP.fullmatch, name.split("/")))
            if name != iri and is_safe:
                return f"{folder}/{name}"
        return _made_up(iri)


def is_ours(iri: str, base: str = BASE) -> bool:
    """Whether an IRI is an identifier that a site with this base answers for: a thing or a source, no term, no part."""
    return iri.startswith((f"{base}id/", SOURCE)) and "#" not in iri


def href(path: str, seen_from: str) -> str:
    """A link to a file of the site from the page at another path."""
    return "../" * seen_from.count("/") + quote(path, safe="/~") or "./"


def _made_up(iri: str) -> str:
    return f"doc/~{sha256(iri.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _disk_name(path: str) -> str:
    """A path as the least discerning disk compares it."""
    return unicodedata.normalize("NFKC", path).casefold()
