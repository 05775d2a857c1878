"""The docs: their console blocks run, their generated pages are current, their links lead somewhere."""

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from compgraph.cli import main
from compgraph.graph import Graph
from compgraph.render.model import model_page
from compgraph.render.questions import question_page, questions_page
from compgraph.vocabulary import classes, relations
from tests.conftest import ROOT
from tests.test_cli import commands

PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")]
)
BLOCK = re.compile(r"^```(console|diff)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LIKE_A_BLOCK = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*(?:console|diff)\b", re.MULTILINE | re.IGNORECASE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, for pages that write files."""
    copy = tmp_path_factory.mktemp("pages") / "compgraph"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "site"))
    return copy


def _run(line: str, folder: Path) -> str:
    """What a line of a console block prints, remarks and errors included, as on a terminal."""
    name, *arguments = shlex.split(line)
    assert name in ("compgraph", "python")
    command = [sys.executable, *(["-m", "compgraph"] if name == "compgraph" else []), *arguments]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    # The pages show what one sees with the extra that their first command installs.
    return "".join(line for line in done.stdout.splitlines(keepends=True) if "fast engine is not installed" not in line)


def _executed(block: re.Match[str], folder: Path) -> str:
    """A block as it should stand: a diff is applied, the commands of a console are run."""
    if block[1] == "diff":
        subprocess.run(["git", "apply", "-"], input=block[2], cwd=folder, text=True, check=True)
        return block[0]
    lines = [line for line in block[2].splitlines() if line.startswith("$ ")]
    assert lines, f"a console block without a command: {block[0]}"
    parts = [f"{line}\n{_run(line.removeprefix('$ '), folder)}" for line in lines]
    return "```console\n" + "\n".join(parts) + "```"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_console_blocks_print_what_they_show(page: Path, folder: Path, golden: Callable[[str, Path], None]) -> None:
    golden(BLOCK.sub(lambda block: _executed(block, folder), page.read_text()), page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_block_is_passed_over_for_how_it_is_written(page: Path) -> None:
    text = page.read_text()
    assert len(LIKE_A_BLOCK.findall(text)) == len(BLOCK.findall(text))


def test_the_readme_has_blocks_that_run() -> None:
    assert BLOCK.search((ROOT / "README.md").read_text())


def test_every_command_has_its_part_of_the_page(golden: Callable[[str, Path], None]) -> None:
    head = "# Commands\n\nThis page is what `--help` says of each command.\n"
    golden(head + "".join(map(_page, commands())), ROOT / "docs/commands.md")


def _page(entry: tuple[str, click.Command]) -> str:
    name, command = entry
    context = click.Context(
        command,
        info_name=f"compgraph {name}",
        terminal_width=100,
        max_content_width=100,
        **main.context_settings,  # as when it is called: a command keeps the help that it was first asked for
    )
    if name == "ask":  # its subcommands are data; docs/questions has them
        help_text = click.Command.get_help(click.Command(name, params=command.params, help=command.help), context)
    else:
        help_text = command.get_help(context)
    return f"\n## compgraph {name}\n\n```text\n{help_text}\n```\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
        if not target.startswith(("http:", "https:")):
            assert (page.parent / target).exists(), f"{page} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_python_sessions_print_what_they_show(page: Path) -> None:
    failures, _ = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert not failures


def test_every_question_has_its_page(graph: Graph, golden: Callable[[str, Path], None]) -> None:
    folder = ROOT / "docs/questions"
    questions = [graph.questions[name] for name in graph.questions.names()]
    golden(questions_page(questions), folder / "README.md")
    for question in questions:
        values = {parameter.name: parameter.example for parameter in question.parameters}
        rows = graph.ask(question.name, **values)  # type: ignore[arg-type]  # no parameter has the name of an option
        golden(question_page(question, rows, prefixes=graph.store.prefixes), folder / f"{question.name}.md")
    assert {path.stem for path in folder.glob("*.md")} == {question.name for question in questions} | {"README"}


def test_decisions_are_short_and_numbered() -> None:
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        assert len(record.read_text().split()) < 250, record


def test_news_is_told_in_fragments() -> None:
    for fragment in sorted((ROOT / "changes").glob("*.md")):
        level, _, news = fragment.read_text().partition("\n")
        assert level in ("major", "minor", "patch"), fragment
        assert news.strip().endswith("."), fragment


def test_every_page_is_reached() -> None:
    """Each page of docs/ is linked from another page."""
    linked = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
    }
    folders = {path for path in linked if path.is_dir()}
    for page in (ROOT / "docs").rglob("*.md"):
        assert page.resolve() in linked or page.parent.resolve() in folders, page


def test_help_of_the_whole() -> None:
    assert main.help and "Example" in main.help


def test_the_model_page_is_made_from_the_ontology(graph: Graph, golden: Callable[[str, Path], None]) -> None:
    page = model_page(classes(graph.store), relations(graph.store), prefixes=graph.store.prefixes)
    golden(page, ROOT / "docs/model.md")
    assert page.count("\n## ") > 15
