"""The classes of the ontology and how they hang together, as a drawing."""

from collections import defaultdict
from typing import NamedTuple

from compgraph.pages.catalogue import Catalogue
from compgraph.render.templates import filled
from compgraph.terms import ABOUT, CG, OWL, PREF_LABEL, RDF_TYPE, RDFS

# Where each class stands: column and row. Chosen by hand, so that no arrow crosses a box.
_PLACES = {
    "Weighting": (0, 0),
    "Indicator": (1, 0),
    "Passage": (3, 0),
    "Cluster": (0, 1),
    "Competency": (1, 1),
    "Behaviour": (2, 1),
    "PassageKind": (3, 1),
    "Segment": (0, 2),
    "Expectation": (1, 2),
    "RoleProfile": (2, 2),
    "Framework": (3, 2),
    "RoleLevel": (0, 3),
    "Level": (1, 3),
    "ProficiencyLevel": (2, 3),
    "Publication": (3, 3),
    "RoleFamily": (0, 4),
    "LevelScale": (1, 4),
    "SourceDocument": (3, 4),
}
_WIDTH, _HEIGHT = 140, 40
_STEP_ACROSS, _STEP_DOWN = 310, 110
_LETTER = 6.2
"""About how wide a letter of a label is."""


class Box(NamedTuple):
    """A class."""

    label: str
    x: float
    y: float
    loop: str
    """The relations that lead from it to its like."""


class Arrow(NamedTuple):
    """The relations from one class to another."""

    x1: float
    y1: float
    x2: float
    y2: float
    words: str
    kind: str
    """``is`` where one is a kind of the other, else ``relates``."""

    @property
    def middle(self) -> tuple[float, float]:
        """Where the words stand."""
        return (self.x1 + self.x2) / 2, (self.y1 + self.y2) / 2

    @property
    def room(self) -> float:
        """How wide the words are."""
        return len(self.words) * _LETTER + 6


def model_drawing(said: Catalogue) -> str:
    """An ``svg`` element whose look is left to the style sheet; empty if the ontology is not there."""
    known = [name for name in _PLACES if CG + name in said.ontology]
    if not known:
        return ""
    relations: dict[tuple[str, str], list[str]] = defaultdict(list)
    for iri, start, end in _relations(said):
        if start in known and end in known:
            relations[start, end].append(said.text(iri, PREF_LABEL))
    boxes = [
        Box(said.text(CG + name, PREF_LABEL), *_corner(name), loop=", ".join(relations.pop((name, name), ())))
        for name in known
    ]
    arrows = [_arrow(*pair, ", ".join(labels), "relates") for pair, labels in sorted(relations.items())]
    arrows += [
        _arrow(name, wider, "is a", "is")
        for name in known
        for wider in (iri.removeprefix(CG) for iri in said.links(CG + name, RDFS + "subClassOf"))
        if wider in known
    ]
    return filled(
        "pages/model.svg",
        boxes=boxes,
        arrows=arrows,
        size=(_WIDTH, _HEIGHT),
        width=max(_PLACES[name][0] for name in known) * _STEP_ACROSS + _WIDTH + 2,
        height=max(_PLACES[name][1] for name in known) * _STEP_DOWN + _HEIGHT + 2,
    )


def _relations(said: Catalogue) -> list[tuple[str, str, str]]:
    """Each relation of ours with a class at both ends: those that it states, else those that the data shows."""
    found: set[tuple[str, str, str]] = set()
    for iri in said.ontology:
        if OWL + "ObjectProperty" not in said.links(iri, RDF_TYPE) or iri == ABOUT or not iri.startswith(CG):
            continue
        starts, ends = said.links(iri, RDFS + "domain"), said.links(iri, RDFS + "range")
        if starts and ends:
            found |= {(iri, start, end) for start in starts for end in ends}
        else:
            found |= {(iri, *pair) for pair in said.kinds_related(iri)}
    return sorted((iri, start.removeprefix(CG), end.removeprefix(CG)) for iri, start, end in found)


def _corner(name: str) -> tuple[float, float]:
    column, row = _PLACES[name]
    return column * _STEP_ACROSS + 1, row * _STEP_DOWN + 1


def _arrow(start: str, end: str, words: str, kind: str) -> Arrow:
    """From the edge of one box to the edge of the other, along the line through their middles."""
    one, other = ((x + _WIDTH / 2, y + _HEIGHT / 2) for x, y in (_corner(start), _corner(end)))
    across, down = other[0] - one[0], other[1] - one[1]
    scale = min(
        _WIDTH / 2 / abs(across) if across else 1.0,
        _HEIGHT / 2 / abs(down) if down else 1.0,
    )
    return Arrow(
        one[0] + across * scale, one[1] + down * scale, other[0] - across * scale, other[1] - down * scale, words, kind
    )
