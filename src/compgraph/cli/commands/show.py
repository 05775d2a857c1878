"""``compgraph show``: one thing, whole."""

import click

from compgraph.cli.completion import Name
from compgraph.cli.printing import heading, print_text, width
from compgraph.cli.settings import Settings


@click.command()
@click.argument("name", type=Name())
@click.pass_context
def command(ctx: click.Context, name: str) -> None:
    """Show the thing called NAME: its facts, its links, a competency's levels side by side.

    NAME is a label, framework:label, a code, an identifier such as california:thoroughness, or an IRI.

    \b
    Example:
        compgraph show Thoroughness
    """
    from compgraph.render.things import resource_text

    settings: Settings = ctx.obj
    graph = settings.open(ctx)
    thing = graph.show(name)
    print_text(resource_text(thing, prefixes=graph.store.prefixes, width=width(), style=heading))
