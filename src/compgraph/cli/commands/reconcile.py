"""``compgraph reconcile``: names in a column to identifiers."""

from pathlib import Path

import click

from compgraph.cli.completion import Name
from compgraph.cli.printing import print_exactly
from compgraph.cli.progress import progress_bar
from compgraph.cli.settings import Settings

TYPES = (
    *("competency", "framework", "cluster", "segment", "level", "level-scale", "role-family", "role-profile"),
    *("role-level", "proficiency-level", "indicator", "behaviour"),
)


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--column", required=True, metavar="HEADING", help="The column that holds the names.")
@click.option(
    "--type",
    "type_",
    type=click.Choice(TYPES),
    default="competency",
    show_default=True,
    metavar="TYPE",
    help=f"What they name: {', '.join(TYPES)}.",
)
@click.option("--framework", type=Name(), help="Only this framework is meant.")
@click.option("--framework-column", metavar="HEADING", help="The column that says which framework is meant.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="How many candidates to list.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.csv", help="A new file to write.")
@click.pass_context
def command(
    ctx: click.Context,
    path: Path,
    column: str,
    type_: str,
    framework: str | None,
    framework_column: str | None,
    limit: int,
    out: Path | None,
) -> None:
    """Find what the names in a column of FILE (csv, tsv or xlsx) stand for, and write the table with more columns.

    A name is matched only where that is safe; for the others the candidates are listed, with scores from 0 to 100.
    FILE itself is left as it is, and nothing is written over.

    \b
    Examples:
        compgraph reconcile training.csv --column Skill --out training-reconciled.csv
        compgraph reconcile training.csv --column Skill --framework california
    """
    from compgraph.exchange.files import write_new
    from compgraph.exchange.spreadsheets.grids.plain_tables import read_plain_table
    from compgraph.reconcile import LONGEST, column_candidates
    from compgraph.render.reconciled import cells, headings, summary

    if framework and framework_column:
        raise click.UsageError("Give --framework or --framework-column, not both.")
    settings: Settings = ctx.obj
    table = read_plain_table(path, column)
    names = table.cells(column, longest=LONGEST)
    homes = table.cells(framework_column, longest=LONGEST) if framework_column else None
    store = settings.open(ctx).store
    with progress_bar() as progress:
        found = column_candidates(
            store, names, type_=type_, framework=framework, frameworks=homes, limit=limit, progress=progress
        )
    heading = table.headings[table.place(column)]
    told = list(map(cells, names, found))
    written = table.extended(headings(heading), told)
    if out is None:
        print_exactly(written.decode())
    else:
        write_new(out.parent, {out.name: written})
    click.echo(summary(heading, told), err=True, nl=False)
