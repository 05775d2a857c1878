"""``compgraph export``: a framework in the format of others."""

from pathlib import Path

import click

from compgraph.cli.printing import print_files, width
from compgraph.cli.settings import Settings

FORMATS = ("case-1.0", "case-1.1", "csv", "ctdl-asn", "jsonld", "skos", "xlsx")


@click.command()
@click.argument("framework")
@click.option("--to", "format_", type=click.Choice(FORMATS), required=True, help="The format.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder to write to, made if need be.",
)
@click.option("--report", is_flag=True, help="Only the report of what the format could not hold.")
@click.pass_context
def command(ctx: click.Context, framework: str, format_: str, out: Path | None, report: bool) -> None:
    """Write FRAMEWORK in a format of others, and say what the format could not hold.

    What is written comes from the files. Without --out it goes to standard output, and the report to standard error;
    with --out the report stands beside the files, as a table.

    \b
    Examples:
        compgraph export california --to case-1.1 > california.json
        compgraph export michigan --to skos --out exported
        compgraph export california --to xlsx --out exported
        compgraph export michigan --to skos --report
    """
    from compgraph import exchange
    from compgraph.exchange.files import write_new
    from compgraph.render.losses import losses_table, losses_text
    from compgraph.terms import FRAMEWORK

    settings: Settings = ctx.obj
    node = settings.open(ctx).names.resolve(framework, kind=FRAMEWORK)
    contents = exchange.framework(settings.find(), node.iri)
    exported = exchange.FORMATS[format_](contents)
    if contents.restricted:
        click.echo(f"{node.label} is marked cg:Restricted: keep what is written where the framework is kept.", err=True)
    told = losses_text(exported, name=contents.name, format_=format_, width=width())
    click.echo(told, nl=False, err=not report)
    if out is not None:
        table = {f"{contents.name}.{format_}.losses.tsv": losses_table(exported).encode()}
        for path in write_new(out, {**exported.files, **table} if not report else table):
            click.echo(f"Wrote {path}", err=True)
    elif not report:
        print_files(exported.files)
