"""``compgraph locate``: a pointer for a phrase."""

from pathlib import Path

import click

from compgraph.cli.options import sources_option
from compgraph.cli.settings import Settings


@click.command()
@click.argument("phrases", nargs=-1, required=True, metavar="PHRASE...")
@sources_option
@click.pass_context
def command(ctx: click.Context, phrases: tuple[str, ...], sources: Path) -> None:
    """Print the pointer of each PHRASE in the documents in DIR; several phrases are the pieces of a split statement.

    \b
    Example:
        compgraph locate "Champions resources and systems" --sources ../documents
    """
    from compgraph import audit
    from compgraph.render.sources import missing_text, places_text

    settings: Settings = ctx.obj
    graph = settings.open(ctx)
    found = audit.read_sources(graph.store, sources)
    click.echo(missing_text(found.missing, sources), nl=False, err=True)
    for phrase in phrases:
        click.echo(places_text(audit.locate(phrase, found.texts)), nl=False)
