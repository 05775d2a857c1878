"""What a format could not hold: by difference between what there is and what was taken along."""

import csv
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from compgraph.exchange.contents import language_of, subject_key, value_text
from compgraph.exchange.contract import Exported, Loss
from compgraph.exchange.outline import kind_of
from compgraph.exchange.reader import Reader
from compgraph.terms import NO_TERM_FOUND, PREFIXES, SSSOM

LINK, LEVEL_LINK = "link", "level link"
RECORD, NONE_FOUND, DENIED = "mapping record", "none found", "denied link"
"""What stands for a class where the statement is a link, or is of a mapping record."""

UNFORESEEN = "the format has no field for it"
_REASONS = Path(__file__).with_name("reasons.tsv")


def exported(reader: Reader, files: Mapping[str, bytes], format_: str) -> Exported:
    """The files with a report of every statement that the reader did not take along."""
    return Exported(files, tuple(losses(reader, format_)), len(reader.carried))


def losses(reader: Reader, format_: str) -> list[Loss]:
    """What was left, by kind of thing and relation, with the reason that ``reasons.tsv`` gives for this format."""
    links = _Links(reader)
    counts = Counter((links.kind(triple), _relation(reader, triple)) for triple in reader.left())
    return [Loss(*what, number, reason(format_, *what)) for what, number in sorted(counts.items())]


class _Links:
    """Tells what belongs to mappings from what belongs to the framework."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._linking = set(reader.contents.links) - set(reader.contents.triples)
        self._records = set(reader.records())

    def kind(self, triple: ox.Triple) -> str:
        """What loses the statement: a word of those above, or the name of the subject's class."""
        node = subject_key(triple.subject)
        if node in self._records:
            ends = [end for slot in ("subject_id", "object_id") for end in self._reader.see(node, SSSOM + slot)]
            if self._reader.see(node, SSSOM + "predicate_modifier"):
                return DENIED
            return NONE_FOUND if NO_TERM_FOUND in ends else RECORD
        if triple not in self._linking:
            return kind_of(self._reader, node)
        ends = [node, value_text(triple.object)]
        return LEVEL_LINK if any(kind_of(self._reader, end).endswith("Level") for end in ends) else LINK


def reason(format_: str, kind: str, relation: str) -> str:
    """Why a format does not hold a relation of a kind of thing; the narrowest line of the table counts."""
    other_language = "@" if "@" in relation else relation
    for key in ((kind, other_language), (kind, "*"), ("*", other_language)):
        if found := _reasons().get((format_, *key)):
            return found
    return UNFORESEEN


def _relation(reader: Reader, triple: ox.Triple) -> str:
    """The relation; with its language where the same was taken along in another."""
    name, language = curie(triple.predicate.value), language_of(triple)
    taken = {
        language_of(other)
        for other in reader.about(subject_key(triple.subject))
        if other in reader.carried and other.predicate == triple.predicate
    }
    return f"{name}@{language}" if language and taken - {language} else name


def curie(iri: str) -> str:
    """An IRI by the prefixes known everywhere, or as it is."""
    fits = [(len(start), name) for name, start in PREFIXES.items() if iri.startswith(start)]
    return f"{max(fits)[1]}:{iri[max(fits)[0] :]}" if fits else iri


@cache
def _reasons() -> dict[tuple[str, str, str], str]:
    with _REASONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        (format_, row["kind"], row["relation"]): row["reason"] for row in rows for format_ in row["formats"].split()
    }
