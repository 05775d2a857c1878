"""What a command shows: rows, texts and files on stdout, remarks on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from compgraph.graph import Graph
    from compgraph.store import Table
    from compgraph.workspace import Workspace

PIPE_WIDTH = 100
"""Characters a line where no terminal says otherwise, so that the same question gives the same bytes."""


def print_table(graph: Graph, table: Table, format_: str, *, ids: bool) -> None:
    """Print rows in a format."""
    prefixes = graph.store.prefixes
    if format_ == "table":
        from compgraph.render.people import table_text

        print_text(table_text(table, prefixes=prefixes, width=width(), ids=ids, style=heading))
    elif format_ in ("md", "html"):
        from compgraph.render.documents import html_text, markdown_text

        print_exactly((markdown_text if format_ == "md" else html_text)(table, prefixes=prefixes, ids=ids))
    else:
        from compgraph.render.machine import FORMATS

        print_exactly(FORMATS[format_](table))


def print_text(text: str) -> None:
    """Print text for people, a page at a time if it is longer than the terminal."""
    if sys.stdout.isatty() and text.count("\n") >= _terminal().lines:
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False)


def print_exactly(text: str) -> None:
    """Print these bytes and no others, also where a system would end lines differently."""
    _print_bytes(text.encode())


def print_files(files: Mapping[str, bytes]) -> None:
    """Print the one file there is. Raises UsageError if there are several."""
    if len(files) > 1:
        raise click.UsageError(f"This format is {len(files)} files: name a folder for them with --out DIR.")
    _print_bytes(*files.values())


def _print_bytes(content: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def width() -> int:
    """How many characters fit on a line."""
    return _terminal().columns if sys.stdout.isatty() else PIPE_WIDTH


def _terminal() -> os.terminal_size:
    from shutil import get_terminal_size

    return get_terminal_size()


def heading(text: str) -> str:
    """A heading as the output shows it: bold on a terminal."""
    return click.style(text, bold=True) if sys.stdout.isatty() else text


def tell_unread(workspace: Workspace) -> None:
    """Say which files of a workspace nothing reads: to find nothing wrong with them would mislead."""
    for path, hint in workspace.unread():
        click.echo(f"{path}: nothing reads this file. {hint}", err=True)
