"""A graph as a folder of files that any web server can hold: pages for people, and data beside them."""

import re
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from compgraph import load
from compgraph.errors import PublishError
from compgraph.pages import Site, build_site, comparison_paths
from compgraph.publish.files import Publication, files
from compgraph.publish.folder import check, write_whole
from compgraph.publish.graph import published_graph
from compgraph.publish.outputs import data_outputs, material, pages, rules
from compgraph.publish.selection import Selection, selection
from compgraph.store import Progress, Reasoner
from compgraph.terms import BASE
from compgraph.workspace import Workspace

__all__ = ["Published", "Selection", "check_base", "publish", "published_graph", "selection"]

_BASE = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d+)?/([A-Za-z0-9._~\-]+/)*")


class Published(NamedTuple):
    """What was written, and what was not."""

    site: Site
    files: int
    restricted: tuple[str, ...]
    """The IRIs of the frameworks that are left out."""
    left_out: tuple[str, ...]
    """What is there, but not in every format: what is missing where, and why."""


def publish(
    workspace: Workspace,
    folder: Path,
    *,
    base: str = BASE,
    reasoner: Reasoner = "rules",
    progress: Progress = lambda _stage, _done, _all: None,
) -> Published:
    """Write the site of a workspace to a folder that is new, empty or a former publication.

    The folder is put in place whole, or stays as it was. The same data gives the same bytes. Raises PublishError for a
    folder or base that won't do, FileError for a file of the workspace that is wrong, AxiomError for an ontology that
    the reasoner can't take.
    """
    check(folder)
    check_base(base)
    chosen = selection(load.documents(workspace))
    shown = chosen.under(base)
    with published_graph(shown, workspace, base, progress, reasoner) as graph:
        site = build_site(shown, base, version=graph.store.version, questions=tuple(graph.questions.names()))
        site = comparison_paths(site)
        data = data_outputs(material(workspace, chosen, shown), pages(site), rules(site, workspace), progress)
        site = replace(site, dumps=data.dumps)
        count = write_whole(folder, chain(files(Publication(site, graph), progress), data.files.items()))
    return Published(site, count, chosen.restricted, data.left_out)


def check_base(base: str) -> None:
    """Raise PublishError for a base that our identifiers can't begin with."""
    if not _BASE.fullmatch(base):
        raise PublishError(
            f"{base!r} can't be what identifiers begin with. Give an address with a slash at its end, "
            "such as https://example.org/competencies/."
        )
