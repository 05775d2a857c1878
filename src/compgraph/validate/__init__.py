"""Findings: where a graph departs from its shapes, and what its reader is to do about it."""

from compgraph.validate.files import check
from compgraph.validate.shacl import Engine, Finding, Severity, available, validate

__all__ = ["Engine", "Finding", "Severity", "available", "check", "validate"]
