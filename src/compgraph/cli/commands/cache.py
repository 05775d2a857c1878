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
def clear() -> None:
    """Remove every snapshot; the next run builds its own.

    \b
    Example:
        compgraph cache clear
    """
    from compgraph.store import Cache, default_folder

    cache = Cache(default_folder())
    click.echo(f"Removed {cache.clear()} snapshots from {cache.folder}", err=True)
