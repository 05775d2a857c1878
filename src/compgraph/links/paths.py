"""The ways from one node to another, the shortest first, never more than are asked for.

A way never goes up into a container and down again: that two things lie in one framework explains nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias


class Link(NamedTuple):
    """An asserted link between two nodes, under the record that states it, if any does."""

    subject: str
    predicate: str
    object: str
    record: str = ""
    weight: Fraction = Fraction(1)
    """How sure it is, from 0 to 1; 0 where that is not stated."""
    up: int = 0
    """1 if its object is a container of its subject, -1 if the other way round."""


class Move(NamedTuple):
    """A link as it is passed."""

    start: str
    end: str
    link: Link

    @property
    def up(self) -> int:
        """1 where it goes up into a container, -1 where it goes down out of one, else 0."""
        return self.link.up if self.start == self.link.subject else -self.link.up


Path: TypeAlias = tuple[Move, ...]
_State: TypeAlias = tuple[str, bool]
"""A node, and whether the way there went up into a container."""
_Rest: TypeAlias = dict[_State, tuple[int, Fraction]]
"""From each state the length of the shortest way to the end, and the weight of the surest of that length."""


def paths(links: Iterable[Link], start: str, end: str, *, hops: int, limit: int) -> tuple[list[Path], bool]:
    """The ways of at most ``hops`` links that pass no node twice, and whether there are more than ``limit``.

    The shortest first, of those the surest, of those by identifiers. Each partial way that is taken up leads to the end
    (the rest of the way is sought afresh around the nodes it has passed), so that the time grows with the number of
    ways that are given, not of those that there are.
    """
    moves = _moves(links)
    found: list[Path] = []
    waiting: list[tuple[int, Fraction, Path]] = [(0, Fraction(0), ())]
    while waiting and len(found) < limit:
        *_, path = heappop(waiting)
        if path and path[-1].end == end:
            found.append(path)
            continue
        for length, weight, longer in _longer(moves, path, start, end, hops):
            heappush(waiting, (length, -weight, longer))
    return found, bool(waiting)


def _longer(
    moves: Mapping[str, list[Move]], path: Path, start: str, end: str, hops: int
) -> Iterator[tuple[int, Fraction, Path]]:
    """The ways that are one link longer, each with the length and weight of the best way that begins so."""
    passed = {start, *(move.end for move in path)}
    rest = _rest(moves, end, passed, hops - len(path) - 1)
    rising = any(move.up > 0 for move in path)
    weight = _weight(path)
    for move in moves.get(path[-1].end if path else start, ()):
        onward = rest.get((move.end, rising or move.up > 0))
        if onward and move.end not in passed and not (rising and move.up < 0):
            yield len(path) + 1 + onward[0], weight * move.link.weight * onward[1], (*path, move)


def _rest(moves: Mapping[str, list[Move]], end: str, passed: set[str], hops: int) -> _Rest:
    """What is left to go from each state, as far as it is at most so many hops, by way of no node that is passed."""
    rest: _Rest = {(end, False): (0, Fraction(1)), (end, True): (0, Fraction(1))}
    layer = dict(rest)
    for _ in range(hops):
        fresh: _Rest = {}
        for (node, risen), (length, weight) in layer.items():
            for back in moves.get(node, ()):
                for before in _befores(back, risen):
                    if back.end not in passed and before not in rest:
                        known = fresh.get(before, (0, Fraction(-1)))
                        fresh[before] = max(known, (length + 1, weight * back.link.weight))
        rest |= fresh
        layer = fresh
    return rest


def _befores(back: Move, risen: bool) -> Iterator[_State]:
    """The states from which a link, passed the other way, leads to where it began in this state."""
    if back.up < 0:  # the way there goes up
        yield from ((back.end, before) for before in (False, True) if risen)
    elif back.up == 0 or not risen:
        yield back.end, risen


def _moves(links: Iterable[Link]) -> dict[str, list[Move]]:
    moves: dict[str, list[Move]] = defaultdict(list)
    for link in sorted(set(links)):
        if link.subject != link.object:
            moves[link.subject].append(Move(link.subject, link.object, link))
            moves[link.object].append(Move(link.object, link.subject, link))
    return moves


def _weight(path: Path) -> Fraction:
    weight = Fraction(1)
    for move in path:
        weight *= move.link.weight
    return weight
