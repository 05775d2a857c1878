"""Findings: where a graph departs from its shapes, and what its reader is to do about it."""

from compgraph.validate.files import check, check_documents
from compgraph.validate.findings import FILE, Finding, Report, Severity, is_blank, is_iri
from compgraph.validate.report import report_turtle
from compgraph.validate.rules import Rule, find, rules
from compgraph.validate.shacl import Engine, available, validate

__all__ = [
    "FILE",
    "Engine",
    "Finding",
    "Report",
    "Rule",
    "Severity",
    "available",
    "check",
    "check_documents",
    "find",
    "is_blank",
    "is_iri",
    "report_turtle",
    "rules",
    "validate",
]
