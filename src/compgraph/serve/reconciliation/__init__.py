"""The Reconciliation Service API 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/).

Identifiers of things are IRIs, those of types the last part of the IRI, those of properties are those of
``compgraph/reconcile/properties.yaml``. JSONP, which the specification leaves to the service, is not spoken: CORS is.
"""

from compgraph.serve.reconciliation.service import PATH, Reconciliation

__all__ = ["PATH", "Reconciliation"]
