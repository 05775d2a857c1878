"""Which workspace is served, what of it, and whether it has changed."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from compgraph import load, workspace
from compgraph.graph import Graph, open_graph
from compgraph.pages import Site, build_site, comparison_paths
from compgraph.publish import published_graph, selection
from compgraph.publish.outputs import Material, data_outputs, lasting_dumps, material, pages, rules
from compgraph.publish.servers import SiteRules
from compgraph.publish.servers.withdrawn import WITHDRAWN
from compgraph.store import Progress, Reasoner
from compgraph.terms import BASE


class Opened:
    """One state of a workspace: the graph to be asked, and the site that shows it."""

    def __init__(self, graph: Graph, site: Site, rules: SiteRules, material: Material) -> None:
        self.graph = graph
        self.site = site
        self.rules = rules
        self._material = material  # read already, for the files may be others when it is needed

    def files(self) -> dict[str, bytes]:
        """The files for programs that stand beside the pages, by path: dumps, descriptions, CASE. Takes seconds."""
        found = data_outputs(self._material, pages(self.site), self.rules).files
        return {path: content for path, content in found.items() if not _is_for_servers(path)}


def _is_for_servers(path: str) -> bool:
    """Whether a file tells another server what we do ourselves."""
    return path.startswith("servers/") or path == ".htaccess" or path.startswith(("404.", "406.", "410."))


class Source(NamedTuple):
    """A workspace as ``open_graph`` takes it, to be opened again when its files have changed."""

    folder: Path | None = None
    bundled: bool = True
    cached: bool = True
    reasoner: Reasoner = "rules"
    base: str = BASE
    """What our identifiers begin with."""

    def open(self, progress: Progress = lambda _stage, _done, _all: None) -> Opened:
        """What is published of the workspace as it is now. Raises as ``open_graph`` and ``publish`` do."""
        space = workspace.find(self.folder, bundled=self.bundled)
        chosen = selection(load.documents(space))
        shown = chosen.under(self.base)
        if chosen.restricted or self.base != BASE:
            graph = published_graph(shown, space, self.base, progress, self.reasoner)
        else:
            graph = open_graph(
                self.folder, bundled=self.bundled, cached=self.cached, reasoner=self.reasoner, progress=progress
            )
        names = tuple(graph.questions.names())
        site = build_site(shown, self.base, version=graph.store.version, questions=names, live=True)
        site = replace(comparison_paths(site), dumps=lasting_dumps(shown))
        return Opened(graph, site, rules(site, space), material(space, chosen, shown))

    def roots(self) -> tuple[Path, ...]:
        """The folders of the workspace."""
        return workspace.find(self.folder, bundled=self.bundled).roots

    def stamps(self) -> dict[Path, tuple[int, int]]:
        """What changes when a file does: of each file its size and the time of its last change."""
        space = workspace.find(self.folder, bundled=self.bundled)
        stamps = {}
        for path in (*space.inputs(), *(root / WITHDRAWN for root in space.roots)):
            try:
                look = path.stat()
            except FileNotFoundError:  # it went while we looked, and that is a change as well
                continue
            stamps[path] = look.st_size, look.st_mtime_ns
        return stamps
