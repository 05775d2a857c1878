"""The graph as a web service: the SPARQL protocol, the questions as operations, names, reconciliation, and validation.

``application`` makes the ASGI application; ``run`` serves it. Nothing that a request says can write anything, read a
file or reach the network.
"""

from compgraph.serve.application import application
from compgraph.serve.limits import Limits
from compgraph.serve.server import run
from compgraph.serve.sources import Source

__all__ = ["Limits", "Source", "application", "run"]
