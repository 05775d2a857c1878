"""One thing for people: heading, facts, and a competency's levels side by side."""

import textwrap
from collections.abc import Iterator, Mapping

from compgraph.render.people import Style, grid_text, shorten
from compgraph.resources import Column, Fact, Link, Resource
from compgraph.terms import words

_COLUMN = 18
"""The width below which a column of behaviours is laid out as a list instead."""
_MENTIONS = 12
"""How many mentions of one kind are listed."""


def resource_text(thing: Resource, *, prefixes: Mapping[str, str], width: int, style: Style = str) -> str:
    """Everything about one thing, to be read."""
    parts = [_heading(thing, width, style), _facts(thing.facts, prefixes, width, style)]
    if thing.columns:
        parts.append(_levels(thing.columns, width, style))
    if thing.links:
        parts.append(style("Links") + "\n" + "".join(_link(link, width) for link in thing.links))
    if thing.mentions:
        mentions = _facts(tuple(_capped(thing.mentions)), prefixes, width, style)
        parts.append(f"{style('What points here')}\n{mentions}")
    parts.append(
        f"Statements are restated in our words. The original: compgraph quote {thing.node.curie} --sources DIR\n"
    )
    return "\n".join(part for part in parts if part)


def _heading(thing: Resource, width: int, style: Style) -> str:
    lines = textwrap.wrap(thing.node.label, width) or [""]
    return "".join(f"{style(line)}\n" for line in lines) + f"{thing.node.curie}, {words(thing.node.kinds[0])}\n"


def _facts(facts: tuple[Fact, ...], prefixes: Mapping[str, str], width: int, style: Style) -> str:
    label = max((len(fact.name) for fact in facts), default=0)
    lines = []
    for fact in facts:
        for number, value in enumerate(fact.values):
            head = style(fact.name.ljust(label)) if number == 0 else " " * label
            wrapped = textwrap.wrap(shorten(value, prefixes), max(width - label - 2, 20), break_on_hyphens=False)
            lines.append(f"{head}  {wrapped[0] if wrapped else ''}")
            lines.extend(f"{' ' * label}  {line}" for line in wrapped[1:])
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _link(link: Link, width: int) -> str:
    where = f" ({link.where})" if link.where else ""
    sure = f", confidence {link.confidence}" if link.confidence else ""
    lines = textwrap.wrap(f"{link.relation}: {link.other}{where}{sure}", width, subsequent_indent="    ")
    lines += textwrap.wrap(link.comment, width, initial_indent="    ", subsequent_indent="    ")
    return "".join(f"{line}\n" for line in lines)


def _capped(facts: tuple[Fact, ...]) -> Iterator[Fact]:
    for fact in facts:
        more = len(fact.values) - _MENTIONS
        yield fact if more <= 0 else Fact(fact.name, (*fact.values[:_MENTIONS], f"and {more} more"))


def _levels(columns: tuple[Column, ...], width: int, style: Style) -> str:
    indicators = list(dict.fromkeys(indicator for column in columns for indicator, _ in column.behaviours))
    if not indicators or not all(indicators):
        return "\n".join(_level(column, width, style) for column in columns)
    if width >= (_COLUMN + 2) * (len(columns) + 1):
        return grid_text(*_side_by_side(columns, indicators), width=width, style=style)
    return "\n".join(_indicator(indicator, columns, width, style) for indicator in indicators)


def _side_by_side(columns: tuple[Column, ...], indicators: list[str]) -> tuple[list[str], list[list[str]]]:
    headings = ["", *(_asked(column) for column in columns)]
    rows = [
        [indicator, *("; ".join(text for own, text in column.behaviours if own == indicator) for column in columns)]
        for indicator in indicators
    ]
    return headings, rows


def _indicator(indicator: str, columns: tuple[Column, ...], width: int, style: Style) -> str:
    """One row of the table as a block, for narrow terminals."""
    lines = [style(line) for line in textwrap.wrap(indicator, width)]
    for column in columns:
        for own, text in column.behaviours:
            if own == indicator:
                said = f"{_asked(column)}: {text}"
                lines.extend(textwrap.wrap(said, width, initial_indent="  ", subsequent_indent="    "))
    return "".join(f"{line}\n" for line in lines)


def _level(column: Column, width: int, style: Style) -> str:
    lines = [style(_asked(column))]
    if column.descriptor:
        lines.extend(textwrap.wrap(column.descriptor, width, initial_indent="  ", subsequent_indent="  "))
    for number, (_, text) in enumerate(column.behaviours, 1):
        lines.extend(textwrap.wrap(text, width, initial_indent=f"{number:3}. ", subsequent_indent="     "))
    return "".join(f"{line}\n" for line in lines)


def _asked(column: Column) -> str:
    return f"{column.level} ({column.proficiency})" if column.proficiency else column.level
