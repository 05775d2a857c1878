"""``compgraph serve``: the site and the graph as a web service."""

from __future__ import annotations

import click

from compgraph.cli.progress import progress_bar
from compgraph.cli.settings import Settings
from compgraph.terms import BASE


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Listen at this address.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Listen at this port.")
@click.option("--base", default=BASE, show_default=True, metavar="URL", help="What our identifiers begin with.")
@click.option("--site", metavar="URL", help="The address that visitors use, if it is another (behind a proxy).")
@click.option("--direct", is_flag=True, help="Answer identifiers with 200 and Content-Location, in place of 303.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop a query after so long.",
)
@click.option("--rows", type=click.IntRange(min=1), default=10_000, show_default=True, help="Rows an answer may have.")
@click.option(
    "--memory", type=click.IntRange(min=256), default=2048, show_default=True, metavar="MIB", help="Memory of a query."
)
@click.option("--reload-data", is_flag=True, help="Take up a changed workspace, without a gap.")
@click.pass_context
def command(
    ctx: click.Context,
    host: str,
    port: int,
    base: str,
    site: str | None,
    timeout: float,
    rows: int,
    memory: int,
    *,
    direct: bool,
    reload_data: bool,
) -> None:
    """Show the site of publish live, with SPARQL, forms for the questions, comparisons, explanations and validation.

    Nothing can be written. Restricted frameworks are left out, as publish leaves them out.

    \b
    Examples:
        compgraph serve --port 8000
        compgraph serve --base https://example.org/competencies/ --reload-data
    """
    from compgraph.publish import check_base
    from compgraph.serve import Limits, Source, application, run

    settings: Settings = ctx.obj
    for address in filter(None, (base, site)):
        check_base(address)
    source = Source(*settings, base=base)
    with progress_bar() as progress:
        opened = source.open(progress)
    limits = Limits(seconds=timeout, rows=rows, memory=memory * 2**20)
    app = application(
        source, opened=opened, limits=limits, site=site, host=host, is_direct=direct, reload_data=reload_data
    )
    run(app, host=host, port=port, limits=limits)
