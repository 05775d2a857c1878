"""Mappings between frameworks that nobody wrote: as many of each kind for every pair."""

import random

from benchmarks.made_up_frameworks import COMPETENCIES, LEVELS, WORDS, File

LINKS = ("skos:closeMatch", "skos:narrowMatch", "skos:relatedMatch")  # drawn broader ones could make a circle
CONFIDENCES = ("0.5", "0.6", "0.75", "0.9", "0.9", "0.9")

_SET_HEADER = """\
#sssom_version: '1.1'
#mapping_set_id: https://w3id.org/compgraph/id/mappings/{pair}
#mapping_set_title: {one} to {other}
#license: https://creativecommons.org/licenses/by/4.0/
#curie_map:
#  {one}: https://w3id.org/compgraph/id/{one}/
#  {other}: https://w3id.org/compgraph/id/{other}/
#  id: https://w3id.org/compgraph/id/
#  record: https://w3id.org/compgraph/id/mappings/{pair}/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#mapping_date: '2026-11-21'
#object_source: id:{other}
#subject_source: id:{one}
"""
# fmt: off
_COLUMNS = (
    "record_id", "subject_id", "predicate_id", "object_id", "mapping_justification", "author_label", "confidence",
    "comment", "see_also",
)
# fmt: on
_OF_ALL_RECORDS = 3  # the header slots that each record of a set repeats: its date, and both sources


class MappingSet:
    """Collects the rows of the mappings of one framework to another, or of its own progression."""

    def __init__(self, one: str, other: str, chance: random.Random) -> None:
        self.one, self.other = one, other
        self._chance = chance
        self._rows: list[str] = []
        self._triples = 0

    def file(self) -> File:
        """The set, with its header and its rows in order."""
        pair = f"{self.one}--{self.other}"
        header = _SET_HEADER.format(pair=pair, one=self.one, other=self.other)
        if self.one == self.other:
            header = header.replace(f"#  {self.one}: https://w3id.org/compgraph/id/{self.one}/\n", "", 1)
        text = header + "\t".join(_COLUMNS) + "\n" + "".join(sorted(self._rows))
        of_the_set = 1 + sum(line.startswith("#") and line[1] not in " c" for line in header.splitlines()) - 1
        return File(f"data/mappings/{pair}.sssom.tsv", text, self._triples + of_the_set)

    def link(self, subject: str, predicate: str, object_: str, see_also: str = "") -> None:
        """A row that says what the one is to the other."""
        name = f"{subject}--{object_}"
        self._row(name, f"{self.one}:{subject}", predicate, f"{self.other}:{object_}", see_also)
        self._triples += 1

    def none_found(self, subject: str) -> None:
        """A row that says that a counterpart was looked for in vain."""
        self._row(f"{subject}--none", f"{self.one}:{subject}", "skos:mappingRelation", "sssom:NoTermFound", "")

    def _row(self, name: str, subject: str, predicate: str, object_: str, see_also: str) -> None:
        chance = self._chance
        said = f"Both speak of {chance.choice(WORDS)}; one adds {chance.choice(WORDS)}."
        judged = ("semapv:ManualMappingCuration", "A maker of things", chance.choice(CONFIDENCES), said, see_also)
        cells = (f"record:{name}", subject, predicate, object_, *judged)
        self._rows.append("\t".join(cells) + "\n")
        self._triples += 1 + 1 + sum(map(bool, cells[1:])) + _OF_ALL_RECORDS


def pair_set(one: str, other: str, closest: bool, chance: random.Random) -> File:
    """The mappings of a framework to another of its group; exact ones only between the ``closest`` two.

    (What is exact carries over from one to the next, and would contradict what is said of two others.)
    """
    made = MappingSet(one, other, chance)
    made.link("c1", "skos:exactMatch" if closest else "skos:closeMatch", "c1")
    made.link("c2", "skos:narrowMatch", "c2")
    made.link("c2", "skos:narrowMatch", "c3")
    for place in range(3, COMPETENCIES + 1):
        drawn = chance.random()
        if drawn < 0.7:
            made.link(f"c{place}", chance.choice(LINKS), f"c{place}")
        elif drawn < 0.9:
            made.none_found(f"c{place}")
    made.link("c2.l2.1", chance.choice(LINKS), "c2.l2.2")
    made.link("c3.l3.1", "skos:broadMatch", "c3.l3.2")
    made.link("c2.indicator.1", "skos:closeMatch", "c2.indicator.2")
    made.link("level.role-1", "skos:relatedMatch", "level.role-1")
    made.link(f"level.role-{LEVELS}", "skos:closeMatch", f"level.role-{LEVELS}")
    return made.file()


def progression_set(name: str, chance: random.Random) -> File:
    """What one competency of a framework becomes at a higher level."""
    made = MappingSet(name, name, chance)
    made.link("c2", "cg:progressesTo", "c1", see_also=f"{name}:passage.guidance.1")
    return made.file()
