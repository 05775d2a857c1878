"""``compgraph compare``: two things side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from compgraph.cli.completion import Name
from compgraph.cli.printing import heading, print_exactly, print_text, width
from compgraph.cli.settings import Settings

if TYPE_CHECKING:
    from compgraph.comparisons import Comparison


@click.command()
@click.argument("one", metavar="A", type=Name())
@click.argument("other", metavar="B", type=Name())
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "html", "svg", "json", "csv", "md"]),
    default="table",
    show_default=True,
    help="A table to read, a document (html, svg, md), or everything for programs (json, csv).",
)
@click.pass_context
def command(ctx: click.Context, one: str, other: str, format_: str) -> None:
    """Lay A and B side by side: two frameworks or segments, or two competencies.

    Frameworks become a matrix of the links between their competencies, which tells apart where somebody looked and
    found no counterpart from where nobody looked. Competencies stand level by level, with the links between their
    statements. A and B are called as in show. A framework beside itself shows the links within it.

    \b
    Examples:
        compgraph compare california michigan
        compgraph compare it-services washington-ofm --format svg > links.svg
        compgraph compare Thoroughness "Results Orientation"
    """
    settings: Settings = ctx.obj
    comparison = settings.open(ctx).compare(one, other)
    if format_ == "table":
        from compgraph.render.comparison_text import comparison_text

        print_text(comparison_text(comparison, width=width(), style=heading))
    else:
        print_exactly(_written(comparison, format_))


def _written(comparison: Comparison, format_: str) -> str:
    from compgraph.render import comparison_rows, comparison_text, pictures

    writers = {
        "html": pictures.comparison_page,
        "svg": pictures.comparison_image,
        "md": comparison_text.comparison_markdown,
        "json": comparison_rows.comparison_json,
        "csv": comparison_rows.comparison_csv,
    }
    return writers[format_](comparison)
