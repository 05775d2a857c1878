"""Original words and proof: between a graph and the source documents that it restates."""

from compgraph.audit.coverage import Report, Stretch, audit, audit_all
from compgraph.audit.locate import Place, locate
from compgraph.audit.pointers import Claim, Pointer, Sources, claims, described, parse, read_sources
from compgraph.audit.quote import Quotation, quote
from compgraph.audit.sources import Document, SourceText, read_source, undescribed

__all__ = [
    "Claim",
    "Document",
    "Place",
    "Pointer",
    "Quotation",
    "Report",
    "SourceText",
    "Sources",
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
    "undescribed",
]
