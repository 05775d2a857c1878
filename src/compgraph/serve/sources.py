"""Which workspace is served, and whether it has changed."""

from pathlib import Path
from typing import NamedTuple

from compgraph import workspace
from compgraph.graph import Graph, open_graph
from compgraph.store import Reasoner


class Source(NamedTuple):
    """A workspace as ``open_graph`` takes it, to be opened again when its files have changed."""

    folder: Path | None = None
    bundled: bool = True
    cached: bool = True
    reasoner: Reasoner = "rules"

    def open(self) -> Graph:
        """The graph of the workspace as it is now. Raises as ``open_graph`` does."""
        return open_graph(self.folder, bundled=self.bundled, cached=self.cached, reasoner=self.reasoner)

    def roots(self) -> tuple[Path, ...]:
        """The folders of the workspace."""
        return workspace.find(self.folder, bundled=self.bundled).roots

    def stamps(self) -> dict[Path, tuple[int, int]]:
        """What changes when a file does: of each file its size and the time of its last change."""
        stamps = {}
        for path in workspace.find(self.folder, bundled=self.bundled).inputs():
            try:
                look = path.stat()
            except FileNotFoundError:  # it went while we looked, and that is a change as well
                continue
            stamps[path] = look.st_size, look.st_mtime_ns
        return stamps
