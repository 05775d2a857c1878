"""compgraph: competency frameworks as one knowledge graph."""

__version__ = "0.1.0"
