"""The command ``compgraph`` itself: finds its subcommands in a folder, and turns our errors into messages."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from itertools import islice
from keyword import iskeyword
from pathlib import Path

import click

from compgraph.cli import shells  # noqa: F401  (makes itself known to click)
from compgraph.cli.settings import Settings
from compgraph.errors import CompgraphError
from compgraph.version import __version__

_COMMANDS = Path(__file__).with_name("commands")


class Interrupted(click.ClickException):
    """Ctrl-C; the exit code is the one that shells expect (128 and the signal's number)."""

    exit_code = 130


class Commands(click.Group):
    """A group whose commands are the modules of a folder, each loaded when it is called (``import`` is ``import_``)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(path.stem.removesuffix("_") for path in _COMMANDS.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = import_module(f"compgraph.cli.commands.{module}").command
        assert isinstance(command, click.Command)  # noqa: S101  (our own folder; the tests load every module)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from difflib import get_close_matches

        name = args[0]
        near = [] if self.get_command(ctx, name) else get_close_matches(name, self.list_commands(ctx), n=1)
        if near:
            raise click.UsageError(f"No such command {name!r}. Did you mean {near[0]!r}?", ctx)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _hoisted(args, self.params))

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CompgraphError as error:
            raise click.ClickException(str(error)) from error
        except KeyboardInterrupt as error:
            raise Interrupted("Stopped before the end; nothing was changed.") from error


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--workspace",
    envvar="COMPGRAPH_WORKSPACE",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Add your own folder of ontology/, data/, queries/, shapes/. May stand anywhere.",
)
@click.option("--no-bundled", is_flag=True, help="Leave compgraph's own data out.")
@click.option("--no-cache", is_flag=True, help="Build everything for this run alone.")
@click.option(
    "--reasoner",
    type=click.Choice(["rules", "owlrl"]),
    default="rules",
    show_default=True,
    help="Draw conclusions by compgraph's own rules, or by owlrl, the slow reference.",
)
@click.version_option(__version__, prog_name="compgraph")
@click.pass_context
def main(ctx: click.Context, /, **_every: object) -> None:
    """Ask questions across competency frameworks, check them, and trace every answer to its source.

    \b
    Example:
        compgraph ask becomes --competency Thoroughness
    """
    ctx.obj = Settings.of(ctx)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _hoisted(args: list[str], options: Iterable[click.Parameter]) -> list[str]:
    """The arguments with those options in front that hold for every command."""
    values = {name: _values(option) for option in options if not option.is_eager for name in option.opts}
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(args)
    for argument in waiting:
        name, equals, _ = argument.partition("=")
        if argument == "--":
            rest.append(argument)
            rest.extend(waiting)
        elif name in values:
            front.append(argument)
            front.extend(islice(waiting, 0 if equals else values[name]))
        else:
            rest.append(argument)
    return front + rest


def _values(option: click.Parameter) -> int:
    """How many values follow an option."""
    return 0 if isinstance(option, click.Option) and option.is_flag else option.nargs
