"""``compgraph publish``: linked data that any web server can hold."""

from pathlib import Path

import click

from compgraph.cli.printing import tell_unread
from compgraph.cli.progress import progress_bar
from compgraph.cli.settings import Settings
from compgraph.terms import BASE


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--base", default=BASE, show_default=True, metavar="URL", help="What our identifiers begin with.")
@click.pass_context
def command(ctx: click.Context, folder: Path, base: str) -> None:
    """Write the graph to DIR as a static site: a page for every identifier, and its data beside it.

    DIR is new, empty, or a former publication, which is replaced once the new one is whole. Restricted frameworks are
    left out. With --base our identifiers begin with another address; terms and others' identifiers stay as they are.

    \b
    Example:
        compgraph publish site --base https://example.org/competencies/
    """
    from compgraph.publish import publish

    settings: Settings = ctx.obj
    tell_unread(settings.find())
    with progress_bar() as progress:
        done = publish(settings.find(), folder, base=base, reasoner=settings.reasoner, progress=progress)
    for iri in done.restricted:
        click.echo(f"Left out, because it is restricted: {iri}", err=True)
    for remark in done.left_out:
        click.echo(remark, err=True)
    click.echo(f"{done.files} files, {len(done.site.addresses.identifiers())} identifiers: {folder}")
