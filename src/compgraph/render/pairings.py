"""Two competencies side by side: the sections that every picture of them shows."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from compgraph.comparisons import CompetencyComparison
from compgraph.comparisons.competencies import Alignment, Competency, Level, Statement
from compgraph.render.matrices import SIGNS, told

_RESTATED = "Statements are restated in our words. The original: compgraph quote {curie} --sources DIR"


class Item(NamedTuple):
    """A statement in a list."""

    number: str
    """Its place among the indicators; empty for a behaviour."""
    text: str
    note: str
    """Which indicator a behaviour elaborates, and which links to the other side it has a part in."""
    locator: str


class Block(NamedTuple):
    """What one side says in a section, under a heading of its own or none."""

    heading: str
    locator: str
    text: str
    items: tuple[Item, ...]


class Section(NamedTuple):
    """A row of the picture: what both sides say of one matter."""

    heading: str
    note: str
    left: tuple[Block, ...]
    right: tuple[Block, ...]


class Note(NamedTuple):
    """A link between two statements, by its number."""

    number: int
    words: str
    comment: str
    left: str
    """Where the left statement stands in its source, or its text where that is not known."""
    right: str


class Pairing(NamedTuple):
    """Everything that a picture of two competencies shows."""

    left: Competency
    right: Competency
    links: tuple[tuple[str, str, str], ...]
    """Between the two: sign, words, what it rests on."""
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]

    @property
    def title(self) -> str:
        """What is laid side by side."""
        return f"{self.left.label} and {self.right.label}"

    @property
    def restated(self) -> tuple[str, str]:
        """Where the original words are to be had."""
        left, right = (_RESTATED.format(curie=side.curie) for side in (self.left, self.right))
        return left, right


_NO_LINK = "No link between the two is on record."
_APART = "No correspondence between these levels is on record; that they stand side by side says nothing."


def pairing(comparison: CompetencyComparison) -> Pairing:
    """The picture of a comparison."""
    marks: dict[str, list[int]] = defaultdict(list)
    notes = []
    for number, each in enumerate(comparison.statement_links, 1):
        marks[each.left.iri].append(number)
        marks[each.right.iri].append(number)
        words = f"{SIGNS[each.link.relation]} {told(each.link)}"
        ends = (end.locator or end.text for end in (each.left, each.right))
        notes.append(Note(number, words, each.link.comment, *ends))
    left, right = _Teller(comparison.left, marks), _Teller(comparison.right, marks)
    sections = [
        Section("Definition", "", left.definition(), right.definition()),
        Section("Indicators", "", left.indicators(), right.indicators()),
        Section("Behaviours without a level", "", left.behaviours(), right.behaviours()),
        *(_levels(group, _correspondence(group), left, right) for group in comparison.aligned),
        _levels(comparison.apart, _APART if comparison.apart.left and comparison.apart.right else "", left, right),
    ]
    return Pairing(
        left=comparison.left,
        right=comparison.right,
        links=tuple((SIGNS[link.relation], told(link), link.comment) for link in comparison.links)
        or (("·", _NO_LINK, ""),),
        sections=tuple(section for section in sections if section.left or section.right),
        notes=tuple(notes),
    )


class _Teller(NamedTuple):
    """Makes the blocks of one side."""

    competency: Competency
    marks: dict[str, list[int]]

    def definition(self) -> tuple[Block, ...]:
        text = self.competency.definition
        return (Block("", "", text, ()),) if text else ()

    def indicators(self) -> tuple[Block, ...]:
        return self._block("", "", "", self.competency.indicators, lambda place: str(place))

    def behaviours(self) -> tuple[Block, ...]:
        return self._block("", "", "", self.competency.behaviours)

    def level(self, level: Level) -> tuple[Block, ...]:
        heading = f"{level.label} ({level.proficiency})" if level.proficiency else level.label
        return self._block(heading, level.locator, level.descriptor, level.behaviours)

    def _block(
        self,
        heading: str,
        locator: str,
        text: str,
        said: Sequence[Statement],
        number: Callable[[int], str] = lambda _: "",
    ) -> tuple[Block, ...]:
        items = tuple(
            Item(number(place), each.text, self._note(each), each.locator) for place, each in enumerate(said, 1)
        )
        return (Block(heading, locator, text, items),) if heading or items else ()

    def _note(self, statement: Statement) -> str:
        places = [each.iri for each in self.competency.indicators]
        elaborates = [f"indicator {places.index(statement.indicator) + 1}"] if statement.indicator in places else []
        links = [f"link {number}" for number in self.marks.get(statement.iri, ())]
        return ", ".join([*elaborates, *links])


def _levels(group: Alignment, note: str, left: _Teller, right: _Teller) -> Section:
    return Section(
        "Levels that correspond" if group.left and group.right and note != _APART else "Levels",
        note,
        tuple(block for level in group.left for block in left.level(level)),
        tuple(block for level in group.right for block in right.level(level)),
    )


def _correspondence(group: Alignment) -> str:
    if not group.links:
        return "The same level on both sides."
    return " ".join(f"{one} and {other}: {told(link)}. {link.comment}".strip() for one, other, link in group.links)
