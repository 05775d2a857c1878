"""Proof that nothing of a source was skipped, and nothing claimed twice. Not of meaning: that takes a reader."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from compgraph.audit.pointers import Claim, Pointer, Sources, claims, links
from compgraph.audit.sources import SourceText, source_name
from compgraph.errors import SourceError
from compgraph.store import Store
from compgraph.terms import LABEL_SOURCE


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a document that no node claims."""

    line: int
    pointer: Pointer
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit of one document found."""

    source: str
    claimed: int
    """Characters that some node claims, white space left out."""
    length: int
    """Characters of the document, white space left out."""
    faults: tuple[str, ...]
    left: tuple[Stretch, ...]


def audit_all(store: Store, sources: Sources) -> list[Report]:
    """The audit of every document of which there is a text, by name.

    Raises SourceError if a pointer names a document that the graph does not describe.
    """
    found = claims(store)
    known = {document.iri for document in sources.missing} | {text.document.iri for text in sources.texts}
    for claim in found:
        for pointer in claim.pointers:
            if pointer.document not in known:
                raise SourceError(
                    f"{claim.node} points into {pointer.document}, which the graph does not describe: add its "
                    "cg:SourceDocument with length and SHA-256, or correct the pointer."
                )
    linked = links(store)
    return [audit(text, found, linked) for text in sources.texts]


def audit(source: SourceText, claimed_by: Iterable[Claim], linked: Iterable[tuple[str, str]]) -> Report:
    """The audit of one document: pointers out of range, stretches claimed twice, and every stretch that is left.

    Two nodes may share a stretch on purpose: where one of them is named there (cg:labelSource) by the very words that
    the other claims, and the two are ``linked`` by a triple.
    """
    own = [(pointer, claim) for claim in claimed_by for pointer in claim.pointers]
    own = [(pointer, claim) for pointer, claim in own if pointer.document == source.document.iri]
    own.sort(key=lambda item: (item[0], item[1].node, item[1].property))
    size = len(source.text)
    friends = set(linked)
    faults = [*_out_of_range(own, size), *_padded(own, source.text), *_overlaps(own, friends)]
    covered = bytearray(size)
    for pointer, _ in own:
        inside = range(min(pointer.start, size), min(pointer.end, size))
        covered[inside.start : inside.stop] = b"\1" * len(inside)
    solid = [not sign.isspace() for sign in source.text]
    claimed = sum(is_solid and bool(mark) for is_solid, mark in zip(solid, covered, strict=True))
    left = tuple(_left(source, covered))
    return Report(source_name(source.document.iri), claimed, sum(solid), tuple(faults), left)


def _out_of_range(own: list[tuple[Pointer, Claim]], size: int) -> Iterator[str]:
    for pointer, claim in own:
        if not pointer.start < pointer.end <= size:
            yield f"{claim.node}: {pointer} is no stretch of a document of {size} characters"


def _padded(own: list[tuple[Pointer, Claim]], text: str) -> Iterator[str]:
    for pointer, claim in own:
        words = text[pointer.start : pointer.end]
        if words != words.strip() or re.match(r"[•*·]", words):
            yield f"{claim.node}: {pointer} begins or ends with white space or a bullet"


def _overlaps(own: list[tuple[Pointer, Claim]], friends: set[tuple[str, str]]) -> Iterator[str]:
    furthest: tuple[Pointer, Claim] | None = None
    for second, other in own:
        if furthest is not None and second.start < furthest[0].end:
            first, one = furthest
            if not _shared(first, one, second, other, friends):
                yield f"{one.node} ({first}) and {other.node} ({second}) claim the same characters"
        if furthest is None or second.end > furthest[0].end:
            furthest = (second, other)


def _shared(first: Pointer, one: Claim, second: Pointer, other: Claim, friends: set[tuple[str, str]]) -> bool:
    is_linked = (one.node, other.node) in friends or (other.node, one.node) in friends
    return first == second and LABEL_SOURCE in (one.property, other.property) and is_linked


def _left(source: SourceText, covered: bytearray) -> Iterator[Stretch]:
    for gap in re.finditer(rb"\0+", bytes(covered)):
        text = source.text[gap.start() : gap.end()]
        for part in re.finditer(r"\S[^\n]*", text):
            start = gap.start() + part.start()
            words = part[0].rstrip()
            pointer = Pointer(source.document.iri, start, start + len(words))
            yield Stretch(source.line(start), pointer, words)
