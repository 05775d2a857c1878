"""Edits that damage a cut of a framework: what is done to the first node of a class that can be damaged so.

An edit takes a cut and gives the damaged one, the node that must be named and the line at which it must be; or None
where the cut has nothing to be damaged so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tests.mutants.cuts import NAMES, Block, Cut, cut

SUBJECT = ""
"""Told at the first line of the node: something is missing, or the node is wrong as a whole."""


class Damage(NamedTuple):
    """A damaged cut, and what its reader must be led to."""

    cut: Cut
    node: str
    """the short name of a node"""
    line: int
    """counted from 1"""


Edit = Callable[[Cut], Damage | None]
BlockEdit = Callable[[Cut, Block], tuple[list[str], int] | None]
"""The new lines of a block, and at which of them it is told."""


class Mutation(NamedTuple):
    """A way to damage a cut."""

    name: str
    rule: str
    """The end of the IRI of the rule that must notice."""
    edit: Edit


def one(name: str, rule: str, kind: str, edit: BlockEdit) -> Mutation:
    """An edit of the first node of a class that it can be made to."""
    return Mutation(name, rule, _on(kind, edit))


def each(kinds: Iterable[str], name: str, rule: str, edit: BlockEdit) -> Iterator[Mutation]:
    """The same edit of several classes, after which the rule may be named."""
    return (one(f"{name}, of {kind}", rule.format(kind), kind, edit) for kind in kinds)


def _on(kind: str, edit: BlockEdit) -> Edit:
    def damage(whole: Cut) -> Damage | None:
        for block in whole.of(kind):
            if (done := edit(whole, block)) is not None:
                lines, place = done
                name = next(line for line in reversed(lines[: place + 1]) if line and not line.startswith(" "))
                return Damage(_put(whole, block, lines), name, block.start + place + 1)
        return None

    return damage


def _put(whole: Cut, block: Block, lines: Sequence[str]) -> Cut:
    end = block.start + len(block.lines)
    return whole._replace(lines=(*whole.lines[: block.start], *lines, *whole.lines[end:]))


def drop(predicate: str) -> BlockEdit:
    """Leaves a property out."""

    def edit(_: Cut, block: Block) -> tuple[list[str], int] | None:
        places = block.values(predicate)
        return ([line for place, line in enumerate(block.lines) if place not in places], 0) if places else None

    return edit


def change(predicate: str, pattern: str, by: str, *, told: str | None = None) -> BlockEdit:
    """Changes the first value that matches; it is told there, or at the property that ``told`` names."""

    def edit(whole: Cut, block: Block) -> tuple[list[str], int] | None:
        new = _filled(by, whole, block)
        for place in block.values(predicate):
            if new is not None and re.search(pattern, block.lines[place]):
                lines = [*block.lines]
                lines[place] = re.sub(pattern, new, lines[place], count=1)
                return _told(lines, place, told)
        return None

    return edit


def add(statement: str, *, told: str | None = None, having: str | None = None) -> BlockEdit:
    """Says something more about a node; of a property that it has, where it is told at a property."""

    def edit(whole: Cut, block: Block) -> tuple[list[str], int] | None:
        new = _filled(statement, whole, block)
        if new is None or not block.values(having or told or "a"):
            return None
        added = f"    {new} ;".split("\n")
        return _told([*block.lines[:-1], *added, block.lines[-1]], len(block.lines) - 2 + len(added), told)

    return edit


def _told(lines: list[str], place: int, told: str | None) -> tuple[list[str], int] | None:
    """The lines, and where it is told: at this place, or at the first value of a property, or at the node."""
    if told is None:
        return lines, place
    places = Block(0, tuple(lines)).values(told) if told else [0]
    return (lines, places[0]) if places else None


def copy(told: str, *changes: tuple[str, str]) -> BlockEdit:
    """Says all that is said of a node of another one too, with some patterns changed; told of that one."""

    def edit(_: Cut, block: Block) -> tuple[list[str], int] | None:
        text = "\n".join([f"{block.name}-again", *block.lines[1:]])
        for pattern, by in changes:
            text = re.sub(pattern, by, text, count=1)
        again = Block(0, tuple(text.split("\n")))
        if not again.values(told):
            return None
        return [*block.lines, "", *again.lines], len(block.lines) + 1 + again.values(told)[0]

    return edit


def at(predicate: str, kind: str, edit: BlockEdit) -> Edit:
    """An edit that is told of the node that a property of the damaged one names."""
    damage = _on(kind, edit)

    def moved(whole: Cut) -> Damage | None:
        if (done := damage(whole)) is None:
            return None
        blocks = {block.name: block for block in done.cut.blocks()}
        damaged = blocks[done.node]
        named = blocks[damaged.lines[damaged.values(predicate)[0]].split()[1]]
        return Damage(done.cut, named.name, named.start + 1)

    return moved


def swapped(kind: str, predicate: str, within: str) -> Edit:
    """Exchanges a value between two nodes that share another; told of the one that came first."""

    def damage(whole: Cut) -> Damage | None:
        blocks = [
            block for block in whole.of(kind) if block.values(predicate) and not block.values("skos:editorialNote")
        ]
        for before, after in pairwise(blocks):
            if before.said(within) and before.said(within) == after.said(within):
                lines = [*whole.lines]
                places = before.start + before.values(predicate)[0], after.start + after.values(predicate)[0]
                lines[places[0]], lines[places[1]] = lines[places[1]], lines[places[0]]
                return Damage(whole._replace(lines=tuple(lines)), before.name, places[0] + 1)
        return None

    return damage


def gone(kind: str, by: str, predicate: str, link: str = "") -> Edit:
    """Takes away all that is said of a node; told where something of another class links to it."""

    def damage(whole: Cut) -> Damage | None:
        for block in whole.of(kind):
            to_it = re.compile(link or rf" {re.escape(block.name)} [;,]")
            rest = _put(whole, block, ())
            for other in rest.of(by):
                for place in other.values(predicate):
                    if to_it.search(other.lines[place]):
                        return Damage(rest, other.name, other.start + place + 1)
        return None

    return damage


def _filled(template: str, whole: Cut, block: Block) -> str | None:
    """The template with the nodes put in that it asks for, such as ``{self}``, ``{Level}`` or ``{foreignLevel}``."""
    try:
        return re.sub(r"\{(\w+)\}", lambda asked: _node(asked[1], whole, block), template)
    except (LookupError, StopIteration):
        return None


def _node(asked: str, whole: Cut, block: Block) -> str:
    """The node itself; of a class the first other one that it does not name yet, any, the last, or one elsewhere."""
    way, kind = re.fullmatch(r"(self|foreign|any|last|)(\w*)", asked).groups()  # type: ignore[union-attr]
    if way == "self":
        return block.name
    if way == "foreign":
        others = (other for name in NAMES if name != whole.framework for other in cut(name).of(kind))
        return next(_written(other.name) for other in others)
    if way:
        return [other.name for other in whole.of(kind)][-1 if way == "last" else 0]
    named = " ".join(block.lines)
    return next(other.name for other in whole.of(kind) if f" {other.name} " not in f" {named} ")


def _written(name: str) -> str:
    """An IRI in full, since no file declares the prefix of another's framework."""
    return f"<https://w3id.org/compgraph/id/{name.removeprefix('id:').replace(':', '/')}>"
