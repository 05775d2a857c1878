"""Rows to be pasted into documents: Markdown and HTML."""

from collections.abc import Mapping
from html import escape

from compgraph.render.people import readable
from compgraph.store import Table


def markdown_text(table: Table, *, prefixes: Mapping[str, str], ids: bool = False) -> str:
    """The rows as a table in GitHub Flavored Markdown."""
    headings, rows = readable(table, prefixes=prefixes, ids=ids)
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join("| " + " | ".join(map(markdown_cell, line)) + " |\n" for line in lines)


def html_text(table: Table, *, prefixes: Mapping[str, str], ids: bool = False) -> str:
    """The rows as an HTML table; whatever stands in a cell is shown, never run."""
    headings, rows = readable(table, prefixes=prefixes, ids=ids)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def markdown_cell(cell: str) -> str:
    """A text as it stands in a cell of a Markdown table: on one line, shown and never run."""
    plain = escape(cell, quote=False).replace("\\", "\\\\").replace("|", "\\|")
    return " ".join(plain.split())
