"""A matrix of links as a drawing."""

from collections.abc import Sequence
from typing import NamedTuple

from compgraph.render.drawings import LEADING, MARGIN, PAD, SIZE, Box, Page, Text
from compgraph.render.matrices import Cell, Matrix, Row, Sign
from compgraph.render.measure import text_width, wrapped


class _Grid(NamedTuple):
    """How wide what is."""

    label: float
    column: float
    columns: int
    margin: float

    @property
    def left(self) -> float:
        """Where the first column begins."""
        return MARGIN + self.label + 2 * PAD

    @property
    def right(self) -> float:
        """Where the counts at the margin end."""
        return self.left + self.column * self.columns + self.margin - PAD

    def middle(self, place: int) -> float:
        """The middle of a column."""
        return self.left + self.column * (place + 0.5)


def matrix_drawing(matrix: Matrix) -> str:
    """A matrix of links as an ``svg`` element."""
    rows = [row for _, group in matrix.groups for row in group]
    grid = _Grid(
        label=_room([row.line.entry.label for row in rows], 110, 260),
        column=max(46.0, *(text_width(cell.text, SIZE) + 14 for row in rows for cell in row.cells)),
        columns=len(matrix.heads),
        margin=_room([*(row.line.margin for row in rows), "links"], 40, 120) + 2 * PAD,
    )
    page = Page(max(grid.right + PAD + MARGIN, 460.0))
    page.paragraph(matrix.title, "strong")
    for sentence in matrix.summary:
        page.paragraph(sentence, "quiet")
    _heads(page, grid, matrix)
    for name, group in matrix.groups:
        _group(page, name)
        for row in group:
            _row(page, grid, row)
    _totals(page, grid, matrix)
    for sign in matrix.legend:
        _legend(page, sign)
    page.paragraph("The number is the confidence of the link, from 0 to 1; the fainter the cell, the lower it is.")
    return page.drawn("matrix", matrix.title, " ".join(matrix.summary))


def _room(texts: Sequence[str], least: float, most: float) -> float:
    return min(most, max(least, *(text_width(text, SIZE) for text in texts)))


def _heads(page: Page, grid: _Grid, matrix: Matrix) -> None:
    """The names of the columns, upright."""
    heads = [_head(line.entry.label, grid.column) for line in matrix.heads]
    page.y += PAD + max(text_width(line, SIZE) for lines in heads for line in lines) + PAD
    for place, lines in enumerate(heads):
        first = grid.middle(place) - LEADING * (len(lines) - 1) / 2 + SIZE * 0.36
        page.texts += [Text(first + LEADING * number, page.y - PAD, line, "up") for number, line in enumerate(lines)]
    page.texts.append(Text(grid.right, page.y - PAD, "links", "quiet end"))


def _head(label: str, column: float) -> list[str]:
    """The lines of an upright head: no more than fit side by side, however long they get."""
    length = max(150.0, *(text_width(word, SIZE) for word in ("", *label.split())))
    while len(lines := wrapped(label, length, SIZE)) * LEADING > column and len(lines) > 1:
        length += 20
    return lines


def _group(page: Page, name: str) -> None:
    if name:
        page.boxes.append(Box(MARGIN, page.y, page.width - 2 * MARGIN, LEADING + PAD, "band"))
        page.texts.append(Text(MARGIN + PAD, page.y + LEADING, name, "strong"))
        page.y += LEADING + PAD


def _row(page: Page, grid: _Grid, row: Row) -> None:
    names = wrapped(row.line.entry.label, grid.label, SIZE)
    counts = wrapped(row.line.margin, grid.margin - PAD, SIZE)
    height = LEADING * max(len(names), len(counts)) + PAD
    for number, line in enumerate(names, 1):
        page.texts.append(Text(MARGIN + PAD, page.y + LEADING * number - 1, line))
    for place, cell in enumerate(row.cells):
        left = grid.left + grid.column * place
        words = f"{cell.words}. {cell.comment}" if cell.comment else cell.words
        page.boxes.append(Box(left, page.y, grid.column, height, _kind(cell), cell.text, words))
    for number, line in enumerate(counts, 1):
        page.texts.append(Text(grid.right, page.y + LEADING * number - 1, line, "quiet end"))
    page.y += height


def _kind(shown: Cell | Sign) -> str:
    return f"{shown.kind.replace(' ', '-')} {shown.strength or 'gap'}"


def _totals(page: Page, grid: _Grid, matrix: Matrix) -> None:
    totals = [wrapped(line.margin, grid.column - 4, SIZE) for line in matrix.heads]
    page.texts.append(Text(MARGIN + PAD, page.y + LEADING, "links", "quiet"))
    for place, lines in enumerate(totals):
        for number, line in enumerate(lines, 1):
            page.texts.append(Text(grid.middle(place), page.y + LEADING * number, line, "quiet middle"))
    page.texts.append(Text(grid.right, page.y + LEADING, str(matrix.total), "quiet end"))
    page.y += max(map(len, totals)) * LEADING + 2 * PAD


def _legend(page: Page, sign: Sign) -> None:
    page.boxes.append(Box(MARGIN, page.y + 3, 38, 22, _kind(sign), sign.sign))
    page.paragraph(sign.meaning, x=MARGIN + 38 + PAD)
    page.y += PAD
