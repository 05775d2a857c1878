"""``compgraph explain``: why two things are linked."""

import click

from compgraph.cli.completion import Name
from compgraph.cli.printing import heading, print_exactly, print_text, width
from compgraph.cli.settings import Settings


@click.command()
@click.argument("one", metavar="A", type=Name())
@click.argument("other", metavar="B", type=Name())
@click.option("--hops", type=click.IntRange(1, 8), default=4, show_default=True, help="How long a chain may be.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many chains to tell.")
@click.option("--property", "property_", metavar="P", help="Say only why A has the property P with the value B.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="To read, for programs, or for a document.",
)
@click.pass_context
def command(
    ctx: click.Context, one: str, other: str, hops: int, limit: int, property_: str | None, format_: str
) -> None:
    """Say why A and B are linked: every chain of assertions, and why what was inferred of the two holds.

    A and B are called as in show. A chain is made of mappings and progression, in either direction, and of the
    structure of the frameworks. The shortest come first, of those the surest. A chain passes nothing twice, and never
    goes up into a container (a framework, cluster, segment, level, scale or role) and down again: that two things lie
    in one explains nothing.

    \b
    Examples:
        compgraph explain Thoroughness "Results Orientation"
        compgraph explain california:thoroughness.manager.1 california:thoroughness --property cg:ofCompetency
    """
    from compgraph.render.links import links_markdown, links_text
    from compgraph.render.links_json import links_json

    settings: Settings = ctx.obj
    graph = settings.open(ctx)
    found = graph.why(one, property_, other) if property_ else graph.explain(one, other, hops=hops, limit=limit)
    prefixes = graph.store.prefixes
    if format_ == "text":
        print_text(links_text(found, prefixes=prefixes, width=width(), style=heading))
    else:
        print_exactly(links_json(found) if format_ == "json" else links_markdown(found, prefixes=prefixes))
