"""``compgraph pairs``: how far each pair of frameworks is mapped."""

import click

from compgraph.cli.printing import heading, print_text, width
from compgraph.cli.settings import Settings


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Say for each pair of frameworks how many competencies are linked, have no counterpart, or wait for a look.

    \b
    Example:
        compgraph pairs
    """
    from compgraph.mappings import pairs
    from compgraph.render.overview import pairs_text

    settings: Settings = ctx.obj
    print_text(pairs_text(pairs(settings.open(ctx).store), width=width(), style=heading))
