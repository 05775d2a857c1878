"""Why two things are linked: the chains of assertions between them, and the reasons of what was inferred."""

from compgraph.links.evidence import Evidence
from compgraph.links.explanation import HOPS, LIMIT, MOST_HOPS, Chain, Explanation, Step, explain
from compgraph.links.remarks import NoneFound
from compgraph.links.things import Thing

__all__ = ["HOPS", "LIMIT", "MOST_HOPS", "Chain", "Evidence", "Explanation", "NoneFound", "Step", "Thing", "explain"]
