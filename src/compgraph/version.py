"""The version of compgraph (Semantic Versioning)."""

__version__ = "0.1.0"
