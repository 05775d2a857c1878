"""The options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any] | click.Command)  # as click itself bounds it


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
