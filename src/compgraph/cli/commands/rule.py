"""``compgraph rule``: what a rule means."""

import click

from compgraph.cli.printing import heading, print_text, width
from compgraph.cli.settings import Settings


@click.command()
@click.argument("name", required=False)
@click.pass_context
def command(ctx: click.Context, name: str | None) -> None:
    """Say what the rule called NAME means, with data that keeps it and data that breaks it; list all without NAME.

    \b
    Example:
        compgraph rule Behaviour-position
    """
    from compgraph.render.rules import rule_page, rules_text
    from compgraph.validate import find, rules

    settings: Settings = ctx.obj
    workspace = settings.find()
    known = rules(workspace)
    if name is None:
        print_text(rules_text(known, width=width(), style=heading))
        return
    rule = find(known, name)
    written = workspace.rule_page(rule.name)
    print_text(written.read_text(encoding="utf-8") if written else rule_page(rule))
