"""The command line, as a user meets it: in a process of its own."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from compgraph.cli import main
from compgraph.cli.main import _hoisted
from compgraph.terms import CG, SOURCE
from tests.conftest import ROOT, SEEDS

FAILURES = sorted((ROOT / "tests/failures").glob("*.txt"))


def run(*arguments: str, cwd: Path = ROOT, text: str = "") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "compgraph", *arguments]
    return subprocess.run(command, cwd=cwd, input=text, capture_output=True, text=True, check=False)


def commands() -> list[tuple[str, click.Command]]:
    """Every command and subcommand, but for the questions, which are data."""
    context = click.Context(main)
    found = []
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group) and name != "ask":
            found += [(f"{name} {sub}", command.commands[sub]) for sub in sorted(command.commands)]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert f"compgraph {name}" in command.help and "Example" in command.help


def test_help_loads_no_engine() -> None:
    script = (
        "import sys\nfrom compgraph.cli import main\n"
        "try:\n    main(['--help'])\n"
        "finally:\n    print(sorted({'rdflib', 'pyoxigraph', 'rich', 'yaml'} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "compgraph ask becomes" in done.stdout and done.stderr == "[]\n"


def test_a_plain_answer_loads_no_rdflib() -> None:
    run("ask", "becomes", "--competency", "Thoroughness")
    script = (
        "import sys\nfrom compgraph.cli import main\n"
        "try:\n    main(['ask', 'becomes', '--competency', 'Thoroughness'])\n"
        "finally:\n    print(sorted({'rdflib', 'rich', 'yaml'} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Results Orientation" in done.stdout and done.stderr.endswith("\n[]\n")


def test_alone_it_says_what_can_be_done() -> None:
    done = run()
    assert done.returncode == 0
    assert all(name in done.stdout for name, _ in commands() if " " not in name)


def test_ask_lists_and_explains_the_questions() -> None:
    listed = run("ask")
    assert "What does this competency become at a higher level?" in listed.stdout and listed.returncode == 0
    page = run("ask", "becomes", "--help").stdout
    for part in ("--competency", "Columns:", "Not to be misread", "compgraph ask becomes --competency california:"):
        assert part in page


def test_formats() -> None:
    arguments = ("ask", "becomes", "--competency", "Thoroughness")
    table = run(*arguments).stdout
    for part in ("Results Orientation", "Manager/Supervisor Competencies", "Executive Competencies", "0.6", "row 4"):
        assert part in table
    assert "california:thoroughness" not in table and "california:thoroughness" in run(*arguments, "--ids").stdout
    done = subprocess.run(
        [sys.executable, "-m", "compgraph", *arguments, "--format", "csv"], cwd=ROOT, capture_output=True, check=True
    )
    assert done.stdout == (ROOT / "tests/questions/becomes.csv").read_bytes()
    answer = json.loads(run(*arguments, "--format", "json").stdout)
    assert answer["results"]["bindings"][0]["confidence"] == {
        "type": "literal",
        "value": "0.6",
        "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
    }


def test_a_question_shows_its_sparql_and_can_be_cited() -> None:
    arguments = ("ask", "becomes", "--competency", "Thoroughness")
    query = run(*arguments, "--sparql").stdout
    assert "VALUES (?competency) { (<https://w3id.org/compgraph/id/california/thoroughness>) }" in query
    assert run("sparql", "-", "--format", "csv", text=query).stdout == run(*arguments, "--format", "csv").stdout
    cited = run(*arguments, "--cite").stdout
    assert "What does this competency become at a higher level? (compgraph " in cited
    assert "To repeat: compgraph ask becomes --competency Thoroughness\n" in cited
    (identifier,) = re.findall(r"Identifier: (.+)", cited)
    by_number = run("ask", "becomes", "--competency", "california:thoroughness", "--cite").stdout
    assert f"Identifier: {identifier}\n" in by_number, "the identifier is of the thing, by whatever name it is called"
    assert f"Identifier: {identifier}\n" not in run(*arguments, "--asserted", "--cite").stdout
    assert run(*arguments, "--cite", "--format", "csv").stdout == run(*arguments, "--format", "csv").stdout


def test_nothing_found_is_said() -> None:
    done = run("ask", "becomes", "--competency", "Flexibility")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nothing found." in done.stderr and "no link is recorded" in " ".join(done.stderr.split())


@pytest.mark.parametrize("path", FAILURES, ids=lambda path: path.stem)
def test_a_mistake_is_told_in_these_words(path: Path, golden: Callable[[str, Path], None]) -> None:
    """The first line is the command, what follows all that it prints. A new case is a file with its first line."""
    command = path.read_text().partition("\n")[0]
    done = run(*shlex.split(command.removeprefix("$ compgraph ")))
    assert done.returncode != 0
    printed = f"{done.stdout}{done.stderr}".replace("python -m compgraph", "compgraph").replace(f"{ROOT}/", "")
    assert "Traceback" not in printed
    golden(f"{command}\n{printed}exit code {done.returncode}\n", path)


def test_every_input_of_a_mistake_is_used() -> None:
    assert FAILURES
    commands = [path.read_text().partition("\n")[0] for path in FAILURES]
    for entry in (ROOT / "tests/failures/inputs").iterdir():
        assert any(f"inputs/{entry.name}" in command for command in commands), entry


def test_options_for_every_command_may_stand_anywhere() -> None:
    line = ["ask", "becomes", "--workspace", "w", "--competency", "x", "--no-cache"]
    assert _hoisted(line, main.params) == ["--workspace", "w", "--no-cache", "ask", "becomes", "--competency", "x"]
    assert _hoisted(["a", "--workspace=w", "--", "--no-cache"], main.params) == [
        "--workspace=w",
        "a",
        "--",
        "--no-cache",
    ]
    assert _hoisted(["a", "--workspace"], main.params) == ["--workspace", "a"]
    assert _hoisted(["a", "--reasoner", "owlrl", "--no-bundled", "--version"], main.params) == [
        *("--reasoner", "owlrl", "--no-bundled", "a", "--version")
    ]


def test_sparql_reads_standard_input_and_answers_each_form() -> None:
    assert run("sparql", "-", text="ASK { california:thoroughness a cg:Competency }").stdout == "true\n"
    built = run("sparql", "CONSTRUCT WHERE { california:thoroughness a cg:Competency }").stdout
    assert built.endswith(f"<{CG}Competency> .\n")
    counted = run(
        "sparql", "SELECT (COUNT(?c) AS ?clusters) { ?c a cg:Cluster }", "--asserted", "--format", "csv"
    ).stdout
    assert counted == "clusters\n6\n"


def test_show_lays_a_competency_out() -> None:
    shown = run("show", "Thoroughness").stdout
    for part in ("Manager (Advanced)", "First-Level Supervisor (Skilled)", "progresses to", "Results Orientation"):
        assert part in shown


@pytest.mark.needs_shared
def test_quote_and_locate_are_inverse() -> None:
    quoted = run("quote", "california:thoroughness.manager.1", "--sources", str(SEEDS)).stdout
    pointer, words = (line.strip() for line in quoted.splitlines()[3:5])
    located = run("locate", words, "--sources", str(SEEDS)).stdout
    assert located.startswith(f"<{pointer}>\tline 195, ")


@pytest.mark.needs_shared
def test_audit_exits_by_its_faults(tmp_path: Path) -> None:
    assert run("audit", "--no-left", "--sources", str(SEEDS)).returncode == 0
    (tmp_path / "data").mkdir()
    place = f"{SOURCE}california-leadership-2010#char=37314,37320"
    (tmp_path / "data/x.nt").write_text(f"<urn:twice> <http://purl.org/dc/terms/source> <{place}> .")
    done = run("audit", "--workspace", str(tmp_path), "--sources", str(SEEDS))
    assert done.returncode == 1 and "fault: " in done.stdout and "urn:twice" in done.stdout


def test_tidy_checks_and_mends(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<urn:b> a <urn:C> . <urn:a> a <urn:C> .")
    checked = run("tidy", "--check", str(path))
    assert checked.returncode == 1 and checked.stderr == f"{path} is not tidy. Run: compgraph tidy {path}\n"
    assert run("tidy", str(path)).stderr == f"Tidied {path}\n"
    assert path.read_text() == "\n<urn:a>\n    a <urn:C> ;\n    .\n\n<urn:b>\n    a <urn:C> ;\n    .\n"
    assert run("tidy", "--check", str(path)).returncode == 0


def test_the_checkout_is_tidy() -> None:
    done = run("tidy", "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_edit_of_the_checkout_is_seen(tmp_path: Path) -> None:
    """In a checkout its own folders win, also where compgraph was installed from another."""
    for name in ("ontology", "data", "queries", "shapes", "src"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "data").unlink()
    (tmp_path / "data").mkdir()
    text = (ROOT / "data/california.ttl").read_text().replace('"Thoroughness"@en', '"Gründlichkeit"@de')
    (tmp_path / "data/california.ttl").write_text(text)
    assert "Gründlichkeit" in run("show", "california:thoroughness", cwd=tmp_path).stdout


def test_the_cache_is_cleared(tmp_path: Path) -> None:
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    for arguments in (["ask"], ["cache", "clear"]):
        command = [sys.executable, "-m", "compgraph", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == f"Removed 1 snapshots from {tmp_path}/compgraph\n"
    assert not list((tmp_path / "compgraph").iterdir())
