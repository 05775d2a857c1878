"""``python -m compgraph`` is ``compgraph``."""

from compgraph.cli import main

main()
