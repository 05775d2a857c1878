"""``compgraph init``: a workspace to begin with."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", metavar="NAME", help="What the framework is called. [default: Workshop Competencies]")
@click.option("--id", "identifier", metavar="ID", help="Its identifier, as in california. [default: made from --name]")
def command(folder: Path, name: str | None, identifier: str | None) -> None:
    """Make a workspace in DIR: a framework, a mapping set, a question and a rule to begin with.

    It is an example that works, with a README that tells the five commands one uses. DIR must be empty or not there.

    \b
    Examples:
        compgraph init mine
        compgraph init garden --name "Garden Competencies" --id garden
    """
    from compgraph.errors import WorkspaceError
    from compgraph.exchange.files import write_new
    from compgraph.starter import IDENTIFIER, NAME, identifier_for, workspace_files

    if folder.is_dir() and any(folder.iterdir()):
        raise WorkspaceError(f"{folder} is not empty, and nothing is written over what is there. Name a new folder.")
    identifier = identifier or (identifier_for(name) if name else IDENTIFIER)
    for path in write_new(folder, workspace_files(name or NAME, identifier)):
        click.echo(f"Wrote {path}", err=True)
    click.echo(f"Next: compgraph validate --workspace {folder} --level warning", err=True)
