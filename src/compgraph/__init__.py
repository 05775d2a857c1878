"""compgraph: competency frameworks as one knowledge graph.

``open_graph`` opens it; importing the package alone loads nothing.
"""

from __future__ import annotations

from compgraph.version import __version__

TYPE_CHECKING = False  # what typing.TYPE_CHECKING is, without importing typing
if TYPE_CHECKING:
    from compgraph.graph import Graph, open_graph

__all__ = ["Graph", "__version__", "open_graph"]


def __getattr__(name: str) -> object:
    """What the package offers, imported when it is first wanted."""
    if name in ("Graph", "open_graph"):
        from compgraph import graph

        return getattr(graph, name)
    raise AttributeError(f"module 'compgraph' has no attribute {name!r}")
