"""``compgraph import``: sheets to a framework."""

from pathlib import Path

import click

from compgraph.cli.printing import heading, width
from compgraph.cli.progress import waiting
from compgraph.cli.settings import Settings


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.ttl",
    help="The file to write; if it is there, it must hold the same framework. Mappings go to mappings/ beside it.",
)
@click.option(
    "--columns",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="MAP.toml",
    help="Read any other table by this column map; compgraph columns proposes one.",
)
@click.option("--allow-loss", is_flag=True, help="Write also if something in the sheets has no place in a framework.")
@click.pass_context
def command(ctx: click.Context, path: Path, out: Path, columns: Path | None, allow_loss: bool) -> None:
    """Make a framework of a workbook (.xlsx) or of a folder of csv files, as compgraph template makes them.

    All faults are told at once, by sheet, row and column; with one, nothing is written and the exit code is 1. A row
    keeps its identifier when it is moved.

    \b
    Examples:
        compgraph import workshop.xlsx --out data/workshop.ttl
        compgraph import skills.csv --columns skills.toml --out data/skills.ttl
    """
    from compgraph.exchange.spreadsheets.importing import prepare
    from compgraph.render.spreadsheets import carried_text, cell_findings_text, outcome_text
    from compgraph.tidy import write_all

    settings: Settings = ctx.obj
    if out.suffix != ".ttl":
        raise click.BadParameter("the file is Turtle, so its name must end in .ttl", param_hint="--out")
    with waiting("holding the sheets against the rules"):
        prepared = prepare(path, out=out, workspace=settings.find(), columns=columns)
    click.echo(cell_findings_text(prepared.findings, width=width(), style=heading), err=True, nl=False)
    click.echo(carried_text(prepared.reading.carried), err=True, nl=False)
    stops = prepared.stops(allow_loss=allow_loss)
    if not stops:
        write_all(prepared.files)
    click.echo(outcome_text(prepared, stops=stops), err=True, nl=False)
    ctx.exit(1 if stops else 0)
