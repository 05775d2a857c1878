"""Two competencies side by side for people: on a terminal of any width, and in Markdown."""

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from compgraph.comparisons.competencies import Competency
from compgraph.render.documents import markdown_cell
from compgraph.render.pairings import Block, Item, Pairing, Section
from compgraph.render.people import Style

_COLUMN = 34
"""The width below which the two sides stand below each other."""
_GAP = "   "
_NONE = "none"
_BLANK: tuple[str, Style] = ("", str)


def pairing_text(pairing: Pairing, *, width: int, style: Style = str) -> str:
    """The two competencies in two columns, or below each other where the lines are too short for that."""
    lines = [*_head(pairing, width, style)]
    for section in pairing.sections:
        lines += ["", style(section.heading), *_wrapped(section.note, width), *_sides(pairing, section, width, style)]
    if pairing.notes:
        lines += ["", style("Links between statements")]
    for note in pairing.notes:
        lines += _wrapped(f"{note.number}. {note.words}: {note.left} / {note.right}", width, "", "    ")
        lines += _wrapped(note.comment, width, "    ", "    ")
    lines.append("")
    for told in pairing.restated:
        lines += _wrapped(told, width, "", "    ")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _head(pairing: Pairing, width: int, style: Style) -> Iterator[str]:
    yield from _columns([_names(side, style) for side in (pairing.left, pairing.right)], width)
    yield ""
    for sign, words, comment in pairing.links:
        yield from _wrapped(f"{sign} {words}" + (f". {comment}" if comment else ""), width)


def _names(side: Competency, style: Style) -> list[tuple[str, str, Style]]:
    told = [side.framework, *side.clusters, f"In the source: {side.locator}" if side.locator else ""]
    return [(side.label, "", style), *((text, "", str) for text in dict.fromkeys(told) if text)]


def _sides(pairing: Pairing, section: Section, width: int, style: Style) -> Iterator[str]:
    sides = [_said(blocks, style) for blocks in (section.left, section.right)]
    if _is_wide(width):
        yield from _columns(sides, width)
        return
    for competency, said in zip((pairing.left, pairing.right), sides, strict=True):
        yield from (style(line) for line in _wrapped(f"{competency.label}, {competency.framework}:", width))
        yield from _column(said, width)


def _said(blocks: tuple[Block, ...], style: Style) -> list[tuple[str, str, Style]]:
    """The lines of one side, each with its bullet, before they are wrapped."""
    lines: list[tuple[str, str, Style]] = []
    for block in blocks:
        lines += [("", "", str)] if lines else []
        lines += [(block.heading, "", style)] if block.heading else []
        lines += [(text, "", str) for text in (block.text,) if text]
        lines += [(_item(item), f"{item.number}. " if item.number else "- ", str) for item in block.items]
    return lines or [(_NONE, "", str)]


def _item(item: Item) -> str:
    return f"{item.text} [{item.note}]" if item.note else item.text


def _is_wide(width: int) -> bool:
    return width >= 2 * _COLUMN + len(_GAP)


def _columns(sides: list[list[tuple[str, str, Style]]], width: int) -> Iterator[str]:
    if not _is_wide(width):
        yield from (line for side in sides for line in _column(side, width))
        return
    size = (width - len(_GAP)) // 2
    for one, other in zip_longest(*(_unstyled(side, size) for side in sides), fillvalue=_BLANK):
        yield f"{one[1](one[0].ljust(size))}{_GAP}{other[1](other[0])}"


def _column(said: list[tuple[str, str, Style]], width: int) -> Iterator[str]:
    return (style(line) for line, style in _unstyled(said, width))


def _unstyled(said: list[tuple[str, str, Style]], width: int) -> Iterator[tuple[str, Style]]:
    for text, bullet, style in said:
        for line in _wrapped(text, width, bullet, " " * len(bullet)) or [""]:
            yield line, style


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def pairing_markdown(pairing: Pairing) -> str:
    """The two competencies as a table in GitHub Flavored Markdown, a row for each section."""
    names = [f"{side.label} ({side.framework})" for side in (pairing.left, pairing.right)]
    rows = [["", *names], ["---"] * 3]
    for section in pairing.sections:
        heading = f"**{section.heading}** {section.note}".strip()
        rows.append([markdown_cell(heading), *(_cell(blocks) for blocks in (section.left, section.right))])
    rows[0] = [markdown_cell(cell) for cell in rows[0]]
    links = [f"{sign} {words}. {comment}".strip() for sign, words, comment in pairing.links]
    notes = [f"{note.number}. {note.words}: {note.left} / {note.right}. {note.comment}" for note in pairing.notes]
    table = "".join("| " + " | ".join(row) + " |\n" for row in rows)
    parts = [*(_paragraph(link) for link in links), table, *(_paragraph(note) for note in [*notes, *pairing.restated])]
    return "\n".join(parts)


def _cell(blocks: tuple[Block, ...]) -> str:
    lines = []
    for block in blocks:
        lines += [f"**{markdown_cell(block.heading)}**"] if block.heading else []
        lines += [markdown_cell(block.text)] if block.text else []
        lines += [
            markdown_cell(f"{item.number}. {_item(item)}" if item.number else f"• {_item(item)}")
            for item in block.items
        ]
    return "<br>".join(lines) or _NONE


def _paragraph(text: str) -> str:
    return f"{markdown_cell(text)}\n"
