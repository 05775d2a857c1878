"""Names, as they stand in somebody's column, to the things of the graph that they may mean.

``Reconciler`` answers; ``Query`` and ``Constraint`` are what it is asked, ``Candidate`` what it gives.
"""

from compgraph.reconcile.candidates import LONGEST, Candidate, Constraint, Feature, Query
from compgraph.reconcile.entries import NAMED, STATEMENTS, TYPES
from compgraph.reconcile.properties import Property, Value, properties
from compgraph.reconcile.reconciler import Reconciler, Type

__all__ = [
    "LONGEST",
    "NAMED",
    "STATEMENTS",
    "TYPES",
    "Candidate",
    "Constraint",
    "Feature",
    "Property",
    "Query",
    "Reconciler",
    "Type",
    "Value",
    "properties",
]
