"""Small cuts of the five frameworks, and of the mappings between them, as text: to be damaged on purpose.

A cut holds what some patterns name and, from there, all that a link of the framework leads to. Of what is left out
nothing is said: a line that points to it is left out as well.
"""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from tests.conftest import ROOT

NAMES: Mapping[str, tuple[str, ...]] = {
    "california": (
        "thoroughness*.indicator.[12]",
        "thoroughness.*r.[12]",
        "results-orientation.executive.[12]",
        "segment.executive",
        "segment.manager-supervisor",
    ),
    "client-service-manager": ("*",),
    "it-services": ("*-*-*.[123]", "weighting.*"),
    "michigan": (
        "advancing-the-mission.management-[12].[123]",
        "advancing-the-mission.management-[45].1",
        "building-relationships.management-1.1",
        "level.management-?",
        "passage.goal.[12]",
    ),
    "washington-ofm": ("customer-focus.indicator.?", "level.*", "passage.*.1"),
}
"""What each cut begins with: patterns of the names after the colon."""

SETS = (
    ("california", "california"),
    ("california", "client-service-manager"),
    ("client-service-manager", "it-services"),
    ("it-services", "washington-ofm"),
    ("michigan", "washington-ofm"),
)
"""The mapping sets that are cut, so that each framework is an end of one."""

_NOT_FOLLOWED = ("skos:member", "cg:addressesLevel")
_NAME = re.compile(r"(?<=[ \t])[a-z-]+:[\w.-]+(?= [;,]|\t|$)")


class Block(NamedTuple):
    """What a file says of one node: the line on which that begins, counted from 0, and the lines."""

    start: int
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """The node's short name."""
        return self.lines[0]

    @property
    def kind(self) -> str:
        """The class of the node, by its short name if it is not one of ours."""
        return self.lines[1].removeprefix("    a ").removeprefix("cg:").removesuffix(" ;")

    def values(self, predicate: str) -> list[int]:
        """The places, in the block, of the lines that hold the values of a property."""
        first = next((place for place, line in enumerate(self.lines) if line.startswith(f"    {predicate} ")), None)
        if first is None:
            return []
        more = takewhile(lambda line: line.startswith("     "), self.lines[first + 1 :])
        return list(range(first, first + 1 + len(list(more))))

    def said(self, predicate: str) -> list[str]:
        """The lines that hold the values of a property."""
        return [self.lines[place] for place in self.values(predicate)]


class Cut(NamedTuple):
    """A part of a framework, as Turtle, or of a mapping set, as SSSOM."""

    framework: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text of the file."""
        return "\n".join(self.lines) + "\n"

    @property
    def is_table(self) -> bool:
        """Whether this is of a mapping set."""
        return "--" in self.framework

    def moved(self, place: int) -> "Cut":
        """The same, of a framework and a document of its own: an identifier less short, and no line more."""
        own = ("@prefix ", "#  ", "#mapping_set_id:")
        lines = (
            re.sub("compgraph/id/", f"compgraph/id/{place}-", line) if line.startswith(own) else line
            for line in self.lines
        )
        return self._replace(
            lines=tuple(re.sub("compgraph/source/", f"compgraph/source/{place}-", line) for line in lines)
        )

    def iri(self, name: str) -> str:
        """What a short name stands for here."""
        prefix, _, local = name.partition(":")
        declared = re.search(rf"^(?:@prefix |#  ){prefix}: <?([^\s>]+)", self.text, re.MULTILINE)
        assert declared, name
        return declared[1] + local

    def blocks(self) -> list[Block]:
        """What is said of each node, in the order of the file; nothing of a mapping set, which is a table."""
        if self.is_table:
            return []
        starts = [place for place, line in enumerate(self.lines) if re.match(r"[^ @\n]", line) and line]
        return [Block(start, tuple(takewhile(bool, self.lines[start:]))) for start in starts]

    def of(self, kind: str) -> list[Block]:
        """The nodes of a class."""
        return [block for block in self.blocks() if block.kind == kind]


@cache
def cut(framework: str) -> Cut:
    """A part of a framework that breaks no rule."""
    path = ROOT / f"data/{framework}.ttl"
    whole = Cut(framework, tuple(path.read_text(encoding="utf-8").splitlines()))
    blocks = {block.name: block for block in whole.blocks()}
    kept = _reached(framework, blocks)
    dropped = blocks.keys() - kept
    prefixes = takewhile(bool, whole.lines)
    said = [line for name in blocks if name in kept for line in ("", *_without(blocks[name], dropped))]
    return Cut(framework, (*prefixes, *said))


def _reached(framework: str, blocks: Mapping[str, Block]) -> set[str]:
    ahead = [f"id:{framework}"]
    ahead += [
        f"{framework}:{local}" for name in blocks for local in [name.partition(":")[2]] if _named(framework, local)
    ]
    reached: set[str] = set()
    while ahead:
        name = ahead.pop()
        if name in blocks and name not in reached:
            reached.add(name)
            ahead.extend(_links(blocks[name]))
    return reached


def _named(framework: str, local: str) -> bool:
    return any(fnmatchcase(local, pattern) for pattern in NAMES[framework])


def _links(block: Block) -> Iterator[str]:
    passed = {place for predicate in _NOT_FOLLOWED for place in block.values(predicate)}
    for place, line in enumerate(block.lines):
        if place not in passed:
            yield from _NAME.findall(line)


def _without(block: Block, dropped: set[str]) -> list[str]:
    """The block without the lines that point to what is left out; its lists still begin and end as they should."""
    lines: list[str] = []
    for line in block.lines:
        if dropped.isdisjoint(_NAME.findall(line)):
            orphan = line.startswith("     ") and not lines[-1].endswith(",")
            lines.append(f"    {_predicate(block, line)} {line.strip()}" if orphan else line)
        elif line.endswith(";") and lines[-1].endswith(","):
            lines[-1] = lines[-1].removesuffix(",") + ";"
    return lines


def _predicate(block: Block, line: str) -> str:
    before = block.lines[: block.lines.index(line)]
    return next(each.split()[0] for each in reversed(before) if not each.startswith("     "))


@cache
def mappings(one: str, other: str) -> Cut:
    """The rows of a mapping set between what the cuts of two frameworks hold."""
    path = ROOT / f"data/mappings/{one}--{other}.sssom.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    held = {block.name for framework in (one, other) for block in cut(framework).blocks()} | {"sssom:NoTermFound"}
    size = next(place for place, line in enumerate(lines) if not line.startswith("#")) + 1
    ends = [lines[size - 1].split("\t").index(column) for column in ("subject_id", "object_id")]
    rows = [row for row in lines[size:] if {row.split("\t")[end] for end in ends} <= held]
    return Cut(f"{one}--{other}", (*lines[:size], *rows))
