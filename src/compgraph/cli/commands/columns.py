"""``compgraph columns``: a column map for any table."""

from pathlib import Path

import click

from compgraph.cli.printing import print_exactly
from compgraph.cli.progress import waiting


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, path_type=Path))
def command(path: Path) -> None:
    """Propose a column map for any workbook (.xlsx), csv file or folder of csv files.

    The map says which column is the identifier, the label, the definition and so on, and which are left out; comments
    say what was seen. Confirm or correct it, and import by it.

    \b
    Example:
        compgraph columns skills.csv > skills.toml
    """
    from compgraph.exchange.spreadsheets.foreign.proposal import proposed_map

    with waiting("looking at the table"):
        proposed = proposed_map(path)
    print_exactly(proposed)
