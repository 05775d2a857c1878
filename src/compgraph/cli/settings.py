"""What holds for every command: which graph is meant, and how its answers are shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from rich.progress import Progress as RichBar

    from compgraph.graph import Graph
    from compgraph.store import Progress, Reasoner, Table
    from compgraph.workspace import Workspace

PIPE_WIDTH = 100
"""Characters a line where no terminal says otherwise, so that the same question gives the same bytes."""

_Command = TypeVar("_Command", bound=Callable[..., Any] | click.Command)  # as click itself bounds it


class Settings(NamedTuple):
    """Which graph is meant."""

    workspace: Path | None
    bundled: bool
    cached: bool
    reasoner: Reasoner

    @classmethod
    def of(cls, ctx: click.Context) -> Settings:
        """What the options say that hold for every command."""
        given = ctx.find_root().params
        return cls(
            given["workspace"],
            bundled=not given["no_bundled"],
            cached=not given["no_cache"],
            reasoner=given["reasoner"],
        )

    def find(self) -> Workspace:
        """The folders of the graph."""
        from compgraph import workspace

        return workspace.find(self.workspace, bundled=self.bundled)

    def open(self, ctx: click.Context) -> Graph:
        """The graph, closed when the command ends."""
        from compgraph.graph import open_graph

        with progress_bar() as progress:
            graph = open_graph(
                self.workspace,
                bundled=self.bundled,
                cached=self.cached,
                reasoner=self.reasoner,
                progress=progress,
            )
        ctx.call_on_close(graph.close)
        return graph


def tell_unread(workspace: Workspace) -> None:
    """Say which files of a workspace nothing reads: to find nothing wrong with them would mislead."""
    for path, hint in workspace.unread():
        click.echo(f"{path}: nothing reads this file. {hint}", err=True)


def sources_option(command: _Command) -> _Command:
    """The option of every command that reads the source documents themselves."""
    return click.option(
        "--sources",
        required=True,
        envvar="COMPGRAPH_SOURCES",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="The folder that holds the source documents as text.",
    )(command)


def answer_options(command: _Command) -> _Command:
    """The options of every command that answers with rows."""
    return _asserted(_timeout(_ids(_format(command))))


def _asserted(command: _Command) -> _Command:
    return click.option("--asserted", is_flag=True, help="Leave out what was only inferred.")(command)


def _timeout(command: _Command) -> _Command:
    from compgraph.store import TIMEOUT

    seconds = click.FloatRange(min=0, min_open=True)
    explained = "Stop the query after so long."
    option = click.option(
        "--timeout", type=seconds, default=TIMEOUT, show_default=True, metavar="SECONDS", help=explained
    )
    return option(command)


def _ids(command: _Command) -> _Command:
    explained = "Show identifiers beside names in table, md and html; the others always do."
    return click.option("--ids", is_flag=True, help=explained)(command)


def _format(command: _Command) -> _Command:
    formats = click.Choice(["table", "csv", "tsv", "json", "xml", "md", "html", "excel", "ttl"])
    explained = (
        "A table to read; SPARQL 1.1 results (csv, tsv, json, xml); for documents (md, html), a spreadsheet, RDF."
    )
    return click.option("--format", "format_", type=formats, default="table", show_default=True, help=explained)(
        command
    )


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
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def print_files(files: Mapping[str, bytes]) -> None:
    """Print the one file there is. Raises UsageError if there are several."""
    if len(files) > 1:
        raise click.UsageError(f"This format is {len(files)} files: name a folder for them with --out DIR.")
    sys.stdout.flush()
    sys.stdout.buffer.write(*files.values())
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


@contextmanager
def waiting(stage: str) -> Iterator[None]:
    """A bar that moves on a terminal while something takes its time, and nothing elsewhere."""
    with progress_bar() as progress:
        progress(stage, 0, 0)
        yield


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere; it appears with the first thing there is to wait for."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _all: None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.stop()


class _Bar:
    """A progress bar that is made when it is first shown: most runs have nothing to wait for."""

    def __init__(self) -> None:
        self._bar: RichBar | None = None

    def show(self, stage: str, done: int, steps: int) -> None:
        from rich.console import Console
        from rich.progress import Progress as RichBar

        if self._bar is None:
            self._bar = RichBar(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._bar.add_task(stage)
        self._bar.update(self._bar.task_ids[0], completed=done, total=steps or None, description=stage)

    def stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()
