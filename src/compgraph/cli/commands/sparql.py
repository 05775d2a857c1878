"""``compgraph sparql``: any query."""

import sys

import click

from compgraph.cli.options import answer_options
from compgraph.cli.printing import print_exactly, print_table
from compgraph.cli.settings import Settings


@click.command()
@click.argument("query")
@answer_options
@click.pass_context
def command(ctx: click.Context, query: str, format_: str, timeout: float, asserted: bool, ids: bool) -> None:
    """Answer a SPARQL 1.1 QUERY (- reads standard input). Known prefixes need not be declared.

    \b
    Example:
        compgraph sparql 'SELECT ?label WHERE { ?c a cg:Cluster ; skos:prefLabel ?label } ORDER BY ?label'
    """
    from compgraph.store import Table, Triples

    if query.endswith((".rq", ".sparql")):
        raise click.UsageError(f"QUERY is the text of a query. One in a file is asked by: compgraph sparql - < {query}")
    settings: Settings = ctx.obj
    graph = settings.open(ctx)
    text = sys.stdin.read() if query == "-" else query
    answer = graph.sparql(text, timeout=timeout, asserted=asserted)
    if isinstance(answer, Table):
        print_table(graph, answer, format_, ids=ids)
    elif isinstance(answer, Triples):
        print_exactly(answer.text)
    else:
        click.echo("true" if answer else "false")
