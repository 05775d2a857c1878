"""``compgraph completion``: the Tab key."""

import click

from compgraph.cli.printing import print_exactly
from compgraph.cli.shells import SHELLS, script


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that makes the Tab key complete commands, questions and names in SHELL.

    \b
    Example, for bash (in ~/.bashrc):
        eval "$(compgraph completion bash)"
    """
    print_exactly(script(shell))
