"""``compgraph validate``: the shapes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compgraph.cli.printing import heading, print_exactly, print_text, tell_unread, width
from compgraph.cli.progress import waiting
from compgraph.cli.settings import Settings

if TYPE_CHECKING:
    from compgraph.validate import Report

_FORMATS = ["table", "json", "csv", "html", "md", "junit", "sarif", "ttl"]


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--level",
    type=click.Choice(["violation", "warning", "info"]),
    default="violation",
    show_default=True,
    help="Exit with 1 for a finding as bad as this.",
)
@click.option("--rule", "only", multiple=True, metavar="NAME", help="Report this rule only. May be repeated.")
@click.option("--exclude-rule", "without", multiple=True, metavar="NAME", help="Leave this rule out. May be repeated.")
@click.option("--all", "all_places", is_flag=True, help="Show every place of a cause in the table.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Judge waivers as of this day, not of today.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="table",
    show_default=True,
    help="A table to read; for programs; for code hosts (sarif), continuous integration (junit); W3C (ttl).",
)
@click.option("--engine", type=click.Choice(["turbo", "pyshacl"]), help="What runs the shapes; both find the same.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    level: str,
    only: tuple[str, ...],
    without: tuple[str, ...],
    *,
    all_places: bool,
    date: datetime | None,
    format_: str,
    engine: str | None,
) -> None:
    """Hold FILES, or the whole graph where none is named, against the rules.

    What the files link to is looked up in the graph. Each finding says where, what is wrong and what to do. Exit code
    1 if anything found is as bad as --level.

    \b
    Examples:
        compgraph validate
        compgraph validate data/california.ttl --level warning
        compgraph validate --format sarif > findings.sarif
    """
    from compgraph.terms import PREFIXES
    from compgraph.validate import Engine, Severity, available, check

    settings: Settings = ctx.obj
    if Engine.TURBO not in available():
        click.echo(
            'The fast engine is not installed; pyshacl finds the same, slower: pip install "compgraph[fast]"', err=True
        )
    if not files:
        tell_unread(settings.find())
    with waiting("holding the data against the rules"):
        report = check(
            settings.find(),
            files,
            engine=Engine(engine) if engine else None,
            today=date.date() if date else None,
            only=only,
            without=without,
        )
    _print(report, PREFIXES, format_, all_places=all_places)
    ctx.exit(1 if report.gate(Severity(level.capitalize())) else 0)


def _print(report: Report, prefixes: dict[str, str], format_: str, *, all_places: bool) -> None:
    if format_ == "table":
        from compgraph.render.findings import PLACES, findings_text

        most = None if all_places else PLACES
        print_text(findings_text(report, prefixes=prefixes, width=width(), style=heading, most=most))
    else:
        from compgraph.render.findings_formats import FORMATS

        print_exactly(FORMATS[format_](report, prefixes))
