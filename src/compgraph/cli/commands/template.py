"""``compgraph template``: empty sheets to begin with."""

from pathlib import Path

import click


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
def command(path: Path) -> None:
    """Write empty sheets for a framework: a workbook if PATH ends in .xlsx, else a folder of csv files.

    Every heading has a note, every sheet a row that shows how to fill it in. What is already there is not touched.

    \b
    Examples:
        compgraph template workshop.xlsx
        compgraph template workshop
    """
    from compgraph.exchange.files import write_new
    from compgraph.exchange.spreadsheets import template

    write_new(path.parent if path.suffix == ".xlsx" else path, template(path.name))
    click.echo(f"Wrote {path}. Fill it in, then: compgraph import {path} --out data/{path.stem}.ttl", err=True)
