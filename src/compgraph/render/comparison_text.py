"""Comparisons as text: for a terminal, and in Markdown."""

from compgraph.comparisons import Comparison, FrameworkComparison
from compgraph.render.matrices import matrix
from compgraph.render.matrix_text import matrix_markdown, matrix_text
from compgraph.render.pairing_text import pairing_markdown, pairing_text
from compgraph.render.pairings import pairing
from compgraph.render.people import Style


def comparison_text(comparison: Comparison, *, width: int, style: Style = str) -> str:
    """Lines of at most ``width`` characters; on a narrow terminal the same as lists."""
    if isinstance(comparison, FrameworkComparison):
        return matrix_text(matrix(comparison), width=width, style=style)
    return pairing_text(pairing(comparison), width=width, style=style)


def comparison_markdown(comparison: Comparison) -> str:
    """A table in GitHub Flavored Markdown, with what there is to say of it."""
    if isinstance(comparison, FrameworkComparison):
        return matrix_markdown(matrix(comparison))
    return pairing_markdown(pairing(comparison))
