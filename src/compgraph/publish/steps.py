"""A walk whose steps are told to whoever waits."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from compgraph.store import Progress

_Item = TypeVar("_Item")


def steps(stage: str, items: Sequence[_Item], progress: Progress) -> Iterator[_Item]:
    """The items, one after the other, each told before it comes."""
    for done, item in enumerate(items):
        progress(stage, done, len(items))
        yield item
