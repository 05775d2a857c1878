"""``compgraph ask``: the canned questions."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from compgraph.cli.completion import Name, kept_questions
from compgraph.cli.options import answer_options
from compgraph.cli.printing import heading, print_exactly, print_table, print_text, width
from compgraph.cli.settings import Settings

if TYPE_CHECKING:
    from compgraph.graph import Graph
    from compgraph.questions import Library, Parameter, Question

_FAMILIES = ("mapping", "progression", "roles", "content", "graph")


class Questions(click.Group):
    """A group whose commands are the questions of the graph."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        library = _library(ctx)
        return library.names() if library else []

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        library = _library(ctx)
        if library is None or (ctx.resilient_parsing and cmd_name not in library.names()):
            return None
        return _command(library[cmd_name])


@click.group(cls=Questions, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List the questions, or answer one.

    \b
    Examples:
        compgraph ask
        compgraph ask becomes --competency Thoroughness
        compgraph ask becomes --help
    """
    if ctx.invoked_subcommand is None:
        from compgraph.render.people import grid_text

        library = _graph(ctx).questions
        rows = sorted((_family(question), question.name, question.question) for question in library)
        shown = [(family, name, question) for (_, family), name, question in rows]
        print_text(grid_text(("family", "name", "question"), shown, width=width(), style=heading))
        click.echo("\nAsk one: compgraph ask NAME --help", err=True)


def _family(question: Question) -> tuple[int, str]:
    """The family of a question, and its place in the list: the well-known ones first."""
    place = _FAMILIES.index(question.family) if question.family in _FAMILIES else len(_FAMILIES)
    return place, question.family


def _graph(ctx: click.Context) -> Graph:
    """The graph of this run, opened once."""
    root = ctx.find_root()
    if "graph" not in root.meta:
        settings = root.obj
        assert isinstance(settings, Settings)  # noqa: S101  (set by the main command)
        root.meta["graph"] = settings.open(root)
    graph: Graph = root.meta["graph"]
    return graph


def _library(ctx: click.Context) -> Library | None:
    """The questions of this run; when a line is only being completed, those that are there."""
    if not ctx.resilient_parsing:
        return _graph(ctx).questions
    root = ctx.find_root()
    if "questions" not in root.meta:
        root.meta["questions"] = kept_questions(ctx)
    library: Library | None = root.meta["questions"]
    return library


def _command(question: Question) -> click.Command:
    @click.pass_context
    def answer(
        ctx: click.Context,
        /,
        format_: str,
        timeout: float,
        asserted: bool,
        ids: bool,
        sparql: bool,
        cite: bool,
        **values: str,
    ) -> None:
        graph = _graph(ctx)
        if sparql:
            print_exactly(graph.query_text(question.name, **values))
            return
        rows = graph.ask(question.name, timeout=timeout, asserted=asserted, **values)
        print_table(graph, rows, format_, ids=ids)
        if not rows.rows:
            click.echo(f"Nothing found. {question.misread}", err=True)
        if format_ == "table" and "locator" in rows.columns:
            click.echo("\nTexts are restated in our words; compgraph quote has the original ones.", err=True)
        if cite:
            click.echo(
                f"\n{graph.citation(question.name, asserted=asserted, **values)}", err=format_ not in ("table", "md")
            )

    parameters: list[click.Parameter] = [
        *(_option(parameter) for parameter in question.parameters),
        click.Option(["--sparql"], is_flag=True, help="Print the query with the values in place, and don't ask it."),
        click.Option(["--cite"], is_flag=True, help="Add what it takes to quote and to repeat the answer."),
    ]
    return answer_options(
        click.Command(
            question.name, params=parameters, callback=answer, help=_help(question), short_help=question.question
        )
    )


def _option(parameter: Parameter) -> click.Option:
    given: dict[str, object] = {} if parameter.default is None else {"default": parameter.default}
    return click.Option(
        [f"--{parameter.name}"],
        **given,  # type: ignore[arg-type]  # a default of None would count as one
        required=parameter.default is None,
        show_default=True,
        type=_type(parameter),
        metavar=None if parameter.choices else parameter.kind.upper(),
        help=f"{parameter.description}.",
    )


def _type(parameter: Parameter) -> click.Choice[str] | click.types.StringParamType:
    from compgraph.questions.header import ANY, KINDS

    if parameter.choices:
        return click.Choice(parameter.choices)
    if parameter.kind in KINDS:
        return Name(KINDS[parameter.kind], besides=(ANY,) if parameter.default == ANY else ())
    return click.types.StringParamType()


def _help(question: Question) -> str:
    """The header of a question as a page of help."""
    given = " ".join(f"--{parameter.name} {shlex.quote(parameter.example)}" for parameter in question.parameters)
    columns = [f"    {name}: {meaning}" for name, meaning in question.columns.items()]
    parts = [
        question.question,
        question.description,
        "\n".join(["\b", "Columns:", *columns]),
        f"Not to be misread: {question.misread}",
        "\n".join(["\b", "Example:", f"    compgraph ask {question.name} {given}".rstrip()]),
    ]
    return "\n\n".join(parts)
