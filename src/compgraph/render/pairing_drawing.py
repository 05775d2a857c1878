"""Two competencies side by side as a drawing."""

from collections.abc import Sequence
from typing import NamedTuple

from compgraph.comparisons.competencies import Competency
from compgraph.render.drawings import LEADING, MARGIN, PAD, Box, Page, Text
from compgraph.render.pairings import Block, Pairing

_COLUMN = 420
_INDENT = 30


class _Paragraph(NamedTuple):
    """A piece of one side, with its bullet or number."""

    kind: str
    text: str
    bullet: str = ""


def pairing_drawing(pairing: Pairing) -> str:
    """Two competencies side by side as an ``svg`` element."""
    page = Page(2 * _COLUMN + 3 * MARGIN)
    page.paragraph(pairing.title, "strong")
    for sign, words, comment in pairing.links:
        page.paragraph(f"{sign} {words}. {comment}".strip())
    page.y += MARGIN
    sides = (pairing.left, pairing.right)
    _beside(page, [_names(side) for side in sides])
    for section in pairing.sections:
        page.y += PAD
        top, first = page.y, len(page.boxes)
        page.paragraph(section.heading, "strong", x=MARGIN + PAD)
        if section.note:
            page.paragraph(section.note, "quiet", x=MARGIN + PAD)
        page.y += PAD
        page.boxes.insert(first, Box(MARGIN, top, page.width - 2 * MARGIN, page.y - top, "band"))
        _beside(page, [_said(section.left), _said(section.right)])
    if pairing.notes:
        page.y += PAD
        page.paragraph("Links between statements", "strong")
    for note in pairing.notes:
        page.paragraph(f"{note.number}. {note.words}: {note.left} / {note.right}. {note.comment}")
    page.y += PAD
    for told in pairing.restated:
        page.paragraph(told, "quiet")
    return page.drawn("pairing", pairing.title, " ".join(words for _, words, _ in pairing.links))


def _names(side: Competency) -> list[_Paragraph]:
    where = [f"In the source: {side.locator}"] if side.locator else []
    return [_Paragraph("strong", side.label), *(_Paragraph("quiet", text) for text in (side.framework, *where))]


def _said(blocks: tuple[Block, ...]) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    for block in blocks:
        paragraphs += [_Paragraph("strong", block.heading)] if block.heading else []
        paragraphs += [_Paragraph("", block.text)] if block.text else []
        for item in block.items:
            note = f" [{item.note}]" if item.note else ""
            paragraphs.append(_Paragraph("", item.text + note, f"{item.number}." if item.number else "•"))
    return paragraphs or [_Paragraph("quiet", "none")]


def _beside(page: Page, sides: Sequence[Sequence[_Paragraph]]) -> None:
    top, ends = page.y, []
    for place, said in enumerate(sides):
        page.y = top
        left = MARGIN + place * (_COLUMN + MARGIN)
        for each in said:
            page.y += PAD if each.kind == "strong" and page.y > top else 0
            indent = _INDENT if each.bullet else 0
            page.texts += [Text(left, page.y + LEADING, each.bullet)] if each.bullet else []
            page.paragraph(each.text, each.kind, x=left + indent, width=_COLUMN - indent)
        ends.append(page.y)
    page.y = max(ends) + PAD
