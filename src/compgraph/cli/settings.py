"""What holds for every command: which graph is meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from compgraph.cli.progress import progress_bar

if TYPE_CHECKING:
    from compgraph.graph import Graph
    from compgraph.store import Reasoner
    from compgraph.workspace import Workspace


class Settings(NamedTuple):
    """Which graph is meant."""

    workspace: Path | None
    bundled: bool
    cached: bool
    reasoner: Reasoner

    @classmethod
    def of(cls, ctx: click.Context) -> Settings:
        """What the options say that hold for every command."""
        given = ctx.find_root().params
        return cls(
            given["workspace"],
            bundled=not given["no_bundled"],
            cached=not given["no_cache"],
            reasoner=given["reasoner"],
        )

    def find(self) -> Workspace:
        """The folders of the graph."""
        from compgraph import workspace

        return workspace.find(self.workspace, bundled=self.bundled)

    def open(self, ctx: click.Context) -> Graph:
        """The graph, closed when the command ends."""
        from compgraph.graph import open_graph

        with progress_bar() as progress:
            graph = open_graph(
                self.workspace,
                bundled=self.bundled,
                cached=self.cached,
                reasoner=self.reasoner,
                progress=progress,
            )
        ctx.call_on_close(graph.close)
        return graph
