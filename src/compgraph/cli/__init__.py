"""The command line: read, call, print."""

from compgraph.cli.main import main

__all__ = ["main"]
