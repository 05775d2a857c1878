"""``compgraph frameworks``: what is in the graph."""

import click

from compgraph.cli.printing import heading, print_exactly, print_text, width
from compgraph.cli.settings import Settings


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "md"]),
    default="table",
    show_default=True,
    help="Side by side to read, or as a page in Markdown.",
)
@click.pass_context
def command(ctx: click.Context, format_: str) -> None:
    """Say what is in each framework: counts, levels, links, rights, and how not to misread it.

    \b
    Example:
        compgraph frameworks
    """
    from compgraph.frameworks import frameworks
    from compgraph.render.overview import frameworks_page, frameworks_text

    settings: Settings = ctx.obj
    found = frameworks(settings.open(ctx).store)
    if format_ == "md":
        print_exactly(frameworks_page(found))
    else:
        print_text(frameworks_text(found, width=width(), style=heading))
