"""Graph to new triples: the OWL 2 RL rules that an ontology's own axioms state, and owlrl as the reference beside."""

from compgraph.reason.axioms import Axiom
from compgraph.reason.clashes import Clash, clashes
from compgraph.reason.closure import closure
from compgraph.reason.constructs import SUPPORTED
from compgraph.reason.justification import Justification, justification
from compgraph.reason.reference import owlrl_closure
from compgraph.reason.rules import Rules, compile_rules
from compgraph.reason.sentences import sentence
from compgraph.reason.statements import Match, Statement, matching

__all__ = [
    "SUPPORTED",
    "Axiom",
    "Clash",
    "Justification",
    "Match",
    "Rules",
    "Statement",
    "clashes",
    "closure",
    "compile_rules",
    "justification",
    "matching",
    "owlrl_closure",
    "sentence",
]
