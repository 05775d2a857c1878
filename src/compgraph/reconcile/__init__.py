"""Names, as they stand in somebody's column, to the things of the graph that they may mean.

``Reconciler`` answers; ``Query`` and ``Constraint`` are what it is asked, ``Candidate`` what it gives.
``column_candidates`` asks it for a whole column.
"""

from compgraph.reconcile.candidates import LONGEST, Candidate, Constraint, Feature, Query
from compgraph.reconcile.column import column_candidates, type_names
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
    "column_candidates",
    "properties",
    "type_names",
]
