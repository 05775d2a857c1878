"""Original words and proof: between a graph and the source documents that it restates."""

from compgraph.audit.coverage import Report, Stretch, audit, audit_all
from compgraph.audit.locate import Place, locate
from compgraph.audit.pointers import Claim, Pointer, claims, described, parse, read_sources
from compgraph.audit.quote import Quotation, quote
from compgraph.audit.sources import Document, SourceText, read_source

__all__ = [
    "Claim",
    "Document",
    "Place",
    "Pointer",
    "Quotation",
    "Report",
    "SourceText",
    "Stretch",
    "audit",
    "audit_all",
    "claims",
    "described",
    "locate",
    "parse",
    "quote",
    "read_source",
    "read_sources",
]
