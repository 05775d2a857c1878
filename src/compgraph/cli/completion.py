"""What a word that is still being written may become, when the Tab key is pressed.

Only a snapshot that is already there is looked at: Tab must not build one. Without it, or where the graph can't be
read, nothing is offered and nothing is said.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from compgraph.cli.settings import Settings
from compgraph.errors import CompgraphError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from compgraph.questions import Library
    from compgraph.store import Snapshot
    from compgraph.store.names import Node

_UNREADABLE = (CompgraphError, OSError, sqlite3.Error)


class Name(click.types.StringParamType):
    """The name of a thing of the graph, of a ``kind`` (the IRI of a class) if one is given."""

    name = "name"

    def __init__(self, kind: str | None = None, *, besides: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.besides = besides
        """What may stand in place of a name."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        """The names that begin so, each with what else its thing is known by."""
        from click.shell_completion import CompletionItem

        offers = [CompletionItem(word) for word in self.besides if word.startswith(incomplete)]
        with suppress(*_UNREADABLE):
            for name, node in self._found(ctx, incomplete).items():
                offers.append(CompletionItem(name, help=node.label if name == node.curie else node.curie))
        return offers

    def _found(self, ctx: click.Context, incomplete: str) -> dict[str, Node]:
        from compgraph.store.names import Names

        kept = _kept(ctx)
        if kept is None:
            return {}
        names = Names(kept.names)
        try:
            return names.beginning_with(incomplete, kind=self.kind)
        finally:
            names.close()


def kept_questions(ctx: click.Context) -> Library | None:
    """The questions of the snapshot that is there; None if there is none."""
    from compgraph.questions import Library

    with suppress(*_UNREADABLE):
        if kept := _kept(ctx):
            return Library(kept)
    return None


def _kept(ctx: click.Context) -> Snapshot | None:
    """The snapshot of the graph that the line so far means, if it is there."""
    from compgraph.store import Cache, default_folder, kept_snapshot

    settings = Settings.of(ctx)
    if not settings.cached:
        return None
    return kept_snapshot(settings.find(), cache=Cache(default_folder()), reasoner=settings.reasoner)
