"""``compgraph cache``: the snapshots."""

import click


@click.group()
def command() -> None:
    """See to the snapshots that make later runs quick.

    \b
    Example:
        compgraph cache clear
    """


@command.command()
@click.pass_context
def clear(ctx: click.Context) -> None:
    """Remove every snapshot; the next run builds its own.

    A snapshot that another process uses stays, is told, and makes the exit code 1.

    \b
    Example:
        compgraph cache clear
    """
    from compgraph.store import Cache, default_folder

    cache = Cache(default_folder())
    gone, used = cache.clear()
    click.echo(f"Removed {gone} snapshots from {cache.folder}", err=True)
    if used:
        click.echo(f"Kept {used} that another process uses: end it, and clear again.", err=True)
        ctx.exit(1)
