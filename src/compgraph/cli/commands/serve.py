"""``compgraph serve``: the graph as a web service."""

from __future__ import annotations

import click

from compgraph.cli.settings import Settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Listen at this address.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Listen at this port.")
@click.option("--base", metavar="URL", help="The address that visitors use, if it is another (behind a proxy).")
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
    base: str | None,
    timeout: float,
    rows: int,
    memory: int,
    *,
    reload_data: bool,
) -> None:
    """Answer over the web: SPARQL, questions, names and validation. Nothing can be written.

    \b
    Example:
        compgraph serve --port 8000
    """
    from compgraph.serve import Limits, Source, application, run

    settings: Settings = ctx.obj
    limits = Limits(seconds=timeout, rows=rows, memory=memory * 2**20)
    app = application(
        settings.open(ctx), source=Source(*settings), limits=limits, base=base, host=host, reload_data=reload_data
    )
    run(app, host=host, port=port, limits=limits)
