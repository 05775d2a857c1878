"""Graph to new triples: the OWL 2 RL rules that an ontology's own axioms state, and owlrl as the reference beside."""

from compgraph.reason.closure import closure
from compgraph.reason.constructs import SUPPORTED
from compgraph.reason.reference import owlrl_closure
from compgraph.reason.rules import Rules, compile_rules

__all__ = ["SUPPORTED", "Rules", "closure", "compile_rules", "owlrl_closure"]
