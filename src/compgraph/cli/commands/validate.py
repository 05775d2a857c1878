"""``compgraph validate``: the shapes."""

from pathlib import Path

import click

from compgraph.cli.settings import Settings, heading, print_text, waiting, width


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--engine", type=click.Choice(["turbo", "pyshacl"]), help="What runs the shapes; both find the same.")
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], engine: str | None) -> None:
    """Hold FILES, or the whole graph where none is named, against the shapes.

    What the files link to is looked up in the graph. Exit code 1 if a rule is violated.

    \b
    Examples:
        compgraph validate
        compgraph validate data/california.ttl
    """
    from compgraph.render.findings import findings_text
    from compgraph.terms import PREFIXES
    from compgraph.validate import Engine, Severity, available, check

    settings: Settings = ctx.obj
    if Engine.TURBO not in available():
        click.echo(
            'The fast engine is not installed; pyshacl finds the same, slower: pip install "compgraph[fast]"', err=True
        )
    with waiting("holding the data against the shapes"):
        findings = check(settings.find(), files, engine=Engine(engine) if engine else None)
    print_text(findings_text(findings, prefixes=PREFIXES, width=width(), style=heading))
    ctx.exit(1 if any(finding.severity is Severity.VIOLATION for finding in findings) else 0)
