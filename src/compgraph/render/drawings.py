"""What a drawing is made of: where everything stands is reckoned here, and a template writes it down."""

from typing import NamedTuple
from zlib import crc32

from compgraph.render.measure import wrapped
from compgraph.render.templates import filled

SIZE = 14
"""Of the letters, in pixels, as all measures here."""
LEADING = 19
"""From line to line."""
MARGIN = 16
PAD = 8


class Text(NamedTuple):
    """A line of text at its place."""

    x: float
    y: float
    text: str
    kind: str = ""
    """How it looks: ``strong``, ``quiet``, ``middle``, ``end``, ``up``, several apart by blanks."""


class Box(NamedTuple):
    """A cell, a swatch or a band."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    text: str = ""
    words: str = ""
    """What it says, for those who cannot see it."""

    @property
    def middle(self) -> float:
        """Where its text stands across."""
        return self.x + self.width / 2

    @property
    def baseline(self) -> float:
        """Where its text stands."""
        return self.y + self.height / 2 + SIZE * 0.36


class Page:
    """Collects what is drawn, from top to bottom."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.y = float(MARGIN)
        self.texts: list[Text] = []
        self.boxes: list[Box] = []

    def paragraph(self, text: str, kind: str = "", *, x: float = MARGIN, width: float = 0) -> None:
        """Lines below what is there."""
        size = SIZE * (1.12 if kind == "strong" else 1.0)  # bold letters are wider
        for line in wrapped(text, width or self.width - x - MARGIN, size):
            self.y += LEADING
            self.texts.append(Text(x, self.y, line, kind))

    def drawn(self, name: str, title: str, description: str) -> str:
        """The drawing; its identifier follows from what it says, so that two in one page don't meet."""
        said = repr((title, self.boxes, self.texts))
        return filled(
            "drawing.svg",
            name=f"{name}-{crc32(said.encode('utf-8', 'replace')):08x}",
            title=title,
            description=description,
            page=self,
            height=self.y + MARGIN,
        )
