"""Comparisons as HTML and SVG: whole documents, and the parts of them that other pages hold."""

from collections.abc import Callable

from compgraph.comparisons import Comparison, FrameworkComparison
from compgraph.render.matrices import Matrix, matrix
from compgraph.render.matrix_drawing import matrix_drawing
from compgraph.render.pairing_drawing import pairing_drawing
from compgraph.render.pairings import Pairing, pairing
from compgraph.render.templates import filled, part

Place = Callable[[str, str], str]
"""The page of a thing (its IRI and an empty text) or of two side by side; empty if there is none."""


def _nowhere(_one: str, _other: str) -> str:
    return ""


def comparison_page(comparison: Comparison) -> str:
    """A document in HTML that needs nothing else: no script, no font, no request."""
    picture = _picture(comparison)
    return filled("comparison.html", title=picture.title, fragment=part(_table(picture, _nowhere)))


def comparison_table(comparison: Comparison, place: Place = _nowhere) -> str:
    """The same without the document around it, for an element of class ``comparison``, with links to pages."""
    return _table(_picture(comparison), place)


def comparison_styles() -> str:
    """The style sheet of what ``comparison_table`` gives."""
    return filled("comparison.css")


def comparison_image(comparison: Comparison) -> str:
    """A document in SVG 1.1 that needs nothing else."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{comparison_drawing(comparison)}'


def comparison_drawing(comparison: Comparison) -> str:
    """The ``svg`` element alone, as it may stand in a page; its names don't meet those of another drawing."""
    picture = _picture(comparison)
    return matrix_drawing(picture) if isinstance(picture, Matrix) else pairing_drawing(picture)


def _picture(comparison: Comparison) -> Matrix | Pairing:
    return matrix(comparison) if isinstance(comparison, FrameworkComparison) else pairing(comparison)


def _table(picture: Matrix | Pairing, place: Place) -> str:
    if isinstance(picture, Matrix):
        return filled("matrix.html", matrix=picture, place=place)
    return filled("pairing.html", pairing=picture, place=place)
