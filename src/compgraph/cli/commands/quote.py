"""``compgraph quote``: the original words."""

from pathlib import Path

import click

from compgraph.cli.completion import Name
from compgraph.cli.options import sources_option
from compgraph.cli.settings import Settings


@click.command()
@click.argument("name", type=Name())
@sources_option
@click.pass_context
def command(ctx: click.Context, name: str, sources: Path) -> None:
    """Print the original words of the thing called NAME, from the documents in DIR.

    \b
    Example:
        compgraph quote california:thoroughness.manager.1 --sources ../documents
    """
    from compgraph import audit
    from compgraph.render.sources import quotations_text

    settings: Settings = ctx.obj
    graph = settings.open(ctx)
    node = graph.names.resolve(name)
    quotations = audit.quote(graph.store, node, sources)
    click.echo(quotations_text(node, quotations, prefixes=graph.store.prefixes), nl=False)
