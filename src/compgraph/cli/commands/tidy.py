"""``compgraph tidy``: canonical files."""

from pathlib import Path

import click

from compgraph.cli.printing import tell_unread
from compgraph.cli.settings import Settings


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file is not as tidy would write it.")
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], check: bool) -> None:
    """Rewrite Turtle and mapping FILES in their one canonical form (all kept files where none is named).

    Files laid out by hand (ontology, shapes, questions) keep their comments: they are checked, never rewritten.

    \b
    Examples:
        compgraph tidy data/california.ttl
        compgraph tidy --check
    """
    from compgraph import load
    from compgraph.tidy import write

    settings: Settings = ctx.obj
    untidy = 0
    for path, text in load.untidy(settings.find(), files):
        untidy += 1
        if check:
            click.echo(f"{path} is not tidy. Run: compgraph tidy {path}", err=True)
        else:
            write(path, text)
            click.echo(f"Tidied {path}", err=True)
    if not files:
        tell_unread(settings.find())
    faults = list(load.layout(settings.find())) if check and not files else []
    for fault in faults:
        click.echo(str(fault), err=True)
    ctx.exit(1 if check and (untidy or faults) else 0)
