"""``compgraph audit``: what of the sources the graph covers."""

from pathlib import Path

import click

from compgraph.cli.options import sources_option
from compgraph.cli.printing import print_text
from compgraph.cli.settings import Settings


@click.command()
@sources_option
@click.option("--left/--no-left", default=True, show_default=True, help="List every stretch that no node claims.")
@click.pass_context
def command(ctx: click.Context, sources: Path, left: bool) -> None:
    """Prove, for the documents in DIR, that nothing was skipped and nothing claimed twice.

    Checks the documents' checksums, that every pointer lies inside its document, and that no two overlap; tells what
    share of each document the graph covers, and every stretch that is left. Documents that the graph describes but
    that are not in DIR are named. Exit code 1 if a pointer is at fault.

    \b
    Example:
        compgraph audit --sources ../documents
    """
    from compgraph import audit
    from compgraph.render.sources import audit_text, missing_text, undescribed_text

    settings: Settings = ctx.obj
    graph = settings.open(ctx)
    others = audit.undescribed(audit.described(graph.store), sources)
    click.echo(undescribed_text(others, sources), nl=False, err=True)
    found = audit.read_sources(graph.store, sources)
    reports = audit.audit_all(graph.store, found)
    print_text("\n".join(audit_text(report, left=left) for report in reports))
    click.echo(missing_text(found.missing, sources), nl=False, err=True)
    ctx.exit(1 if any(report.faults for report in reports) else 0)
