"""What an exporter takes and gives."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from compgraph.exchange.contents import Contents


class Loss(NamedTuple):
    """What a format could not hold."""

    kind: str
    """The class of the things that lose it, as ``Behaviour``."""
    relation: str
    """What they lose, as ``cg:locator``."""
    number: int
    """How many statements."""
    reason: str


class Exported(NamedTuple):
    """A framework in a foreign format, and what is not in it."""

    files: Mapping[str, bytes]
    """Each file by its path below the place of export."""
    losses: tuple[Loss, ...]
    carried: int
    """How many statements of the framework and of its links the files hold; with the losses, that is all of them."""


Exporter: TypeAlias = Callable[[Contents], Exported]
