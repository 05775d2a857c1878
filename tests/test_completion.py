"""Completion, as each shell has it: bash at a terminal, fish by its own command, zsh by what its script reads."""

import json
import os
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from compgraph import workspace
from compgraph.cli.shells import SHELLS, script
from compgraph.graph import Graph, open_graph
from compgraph.store import Cache, default_folder, kept_snapshot
from compgraph.terms import FRAMEWORK
from tests.conftest import ROOT
from tests.test_cli import run

BREAKS = " \t\n\"'><=;|&(:"  # COMP_WORDBREAKS, as bash begins with it

Complete = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ``compgraph`` that completes, and in place of running tells what it was told."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "compgraph"
    program.write_text(
        f"#!{sys.executable}\n"
        "import json, os, sys\n"
        "if '_COMPGRAPH_COMPLETE' in os.environ:\n"
        "    from compgraph.cli import main\n"
        "    main()\n"
        "print('told', json.dumps(sys.argv[1:]))\n"
    )
    program.chmod(0o755)
    for shell in SHELLS:
        (folder / f"script.{shell}").write_text(script(shell))
    return folder


def _environment(folder: Path, **more: str) -> dict[str, str]:
    paths = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": os.pathsep.join(sys.path)}
    return os.environ | paths | {"TERM": "dumb", "INPUTRC": "/dev/null", "HOME": str(folder)} | more


def _asked(line: str) -> dict[str, str]:
    """What the script for bash tells the command about a line that ends at the cursor."""
    return {"COMP_LINE": line, "COMP_BREAKS": BREAKS, "_COMPGRAPH_COMPLETE": "bash_complete"}


@pytest.fixture
def complete(folder: Path) -> Complete:
    """What bash is offered for a line that ends at the cursor."""

    def run(line: str) -> list[str]:
        environment = _environment(folder, **_asked(line))
        command = [folder / "compgraph"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        return [line.removeprefix("plain,") for line in done.stdout.splitlines() if line]

    return run


def test_questions_and_their_options(complete: Complete, graph: Graph) -> None:
    assert complete("compgraph ask ") == graph.questions.names()
    assert complete("compgraph ask bec") == ["becomes"]
    assert complete("compgraph ask counterparts --fr") == ["--framework"]
    assert "--competency" in complete("compgraph ask becomes --")
    assert complete("compgraph ask becomes --format m") == ["md"]
    assert {"ask", "show", "completion"} <= set(complete("compgraph "))


def test_values_are_of_the_kind_that_is_asked_for(complete: Complete, graph: Graph) -> None:
    frameworks = list(graph.names.beginning_with("", kind=FRAMEWORK))
    assert "california" in frameworks
    assert complete("compgraph ask counterparts --framework ") == ["any", *frameworks]
    assert complete("compgraph ask becomes --competency Tho") == ["Thoroughness"]
    assert complete("compgraph ask said-about --words fee") == []
    assert complete("compgraph compare california mich") == ["michigan"]


def test_bash_keeps_what_is_left_of_a_colon(complete: Complete) -> None:
    assert complete("compgraph ask becomes --competency california:tho") == ["thoroughness"]
    assert complete("compgraph ask becomes --competency=california:tho") == ["thoroughness"]
    assert complete('compgraph ask becomes --competency "california:tho') == ["california:thoroughness"]


def test_values_are_written_as_bash_reads_them(complete: Complete) -> None:
    assert complete("compgraph show Results\\ O") == ["Results\\ Orientation"]
    assert complete('compgraph show "Results O') == ["Results Orientation"]
    assert complete("compgraph show 'Addresses employees") == ["Addresses employees'\\'' problems"]
    assert complete("compgraph show Addresses\\ employees") == ["Addresses\\ employees\\'\\ problems"]


def test_what_several_things_are_called_is_told_apart(complete: Complete) -> None:
    assert complete("compgraph show Advanced") == [
        f"{name}:Advanced" for name in ("california", "client-service-manager", "washington-ofm")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "compgraph ask nothing-like-it --comp",
        "compgraph ask --workspace /nowhere ",
        "compgraph --workspace /nowhere show Tho",
        "compgraph --no-cache show Tho",
        "compgraph show '\x01",
        "compgraph show zzzz\\",
    ],
)
def test_where_there_is_nothing_to_offer_nothing_is_said(complete: Complete, line: str) -> None:
    assert complete(line) == []


def test_no_snapshot_is_built(folder: Path, tmp_path: Path) -> None:
    environment = _environment(folder, XDG_CACHE_HOME=str(tmp_path), **_asked("compgraph ask "))
    done = subprocess.run([folder / "compgraph"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("", "")
    assert not list(tmp_path.iterdir())


def test_a_damaged_snapshot_offers_nothing(complete: Complete, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    open_graph().close()
    kept = kept_snapshot(workspace.find(), cache=Cache(default_folder()))
    assert kept is not None
    assert complete("compgraph show Tho")[0] == "Thoroughness" and complete("compgraph ask bec") == ["becomes"]
    (kept.folder / "questions.json").unlink()
    assert complete("compgraph ask bec") == []
    kept.names.write_bytes(b"no database")
    assert complete("compgraph show Tho") == []
    kept.names.unlink()
    assert complete("compgraph show Tho") == []


def test_completion_loads_no_engine(folder: Path) -> None:
    code = (
        "import sys\nfrom compgraph.cli import main\n"
        "try:\n    main(prog_name='compgraph')\n"
        "finally:\n    print(sorted({'rdflib', 'pyoxigraph', 'rich', 'yaml'} & sys.modules.keys()), file=sys.stderr)"
    )
    environment = _environment(folder, **_asked("compgraph ask becomes --competency Tho"))
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("plain,Thoroughness\n", "[]\n")


TYPED = {
    "ask beco": ["ask", "becomes"],
    "ask becomes --comp": ["ask", "becomes", "--competency"],
    "ask becomes --competency Tho": ["ask", "becomes", "--competency", "Thoroughness"],
    "ask becomes --competency california:results-or": ["--competency", "california:results-orientation"],
    "ask becomes --competency=california:results-or": ["--competency=california:results-orientation"],
    'ask becomes --competency "california:results-or': ["--competency", "california:results-orientation"],
    "show Results\\ O": ["show", "Results Orientation"],
    'show "Results O': ["show", "Results Orientation"],
    "show 'Addresses employees": ["show", "Addresses employees' problems"],
    "show Addresses\\ employees": ["show", "Addresses employees' problems"],
    "validate shapes/compe": ["validate", "shapes/competency.ttl"],
}


@pytest.mark.skipif(not (shutil.which("bash") and hasattr(os, "openpty")), reason="needs bash and a terminal")
def test_bash_at_a_terminal(folder: Path) -> None:
    """A line, Tab and Enter: what the command is told in the end."""
    master, terminal = os.openpty()
    command = ["bash", "--norc", "--noprofile", "-i"]
    environment = _environment(folder)
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    ) as shell:
        try:
            _type(master, f". {folder}/script.bash; compgraph ready\n")
            for line, told in TYPED.items():
                assert _type(master, f"compgraph {line}\t\n")[-len(told) :] == told
        finally:
            shell.kill()
            os.close(master)
            os.close(terminal)


def _type(terminal: int, keys: str) -> list[str]:
    """What the command is told that these keys end up calling."""
    os.write(terminal, keys.encode())
    shown = ""
    while not (told := re.search(r"^told (.*)\r$", shown, re.MULTILINE)):
        assert select.select([terminal], [], [], 60)[0], f"nothing came of {keys!r}: {shown!r}"
        shown += os.read(terminal, 65_536).decode()
    words: list[str] = json.loads(told[1])
    return words


@pytest.mark.skipif(not shutil.which("fish"), reason="needs fish (apt-get install fish)")
@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("ask beco", ["becomes\tWhat does this competency become at a higher level?"]),
        ("ask becomes --competency Tho", ["Thoroughness\tcalifornia:thoroughness"]),
        ("ask becomes --competency=california:tho", ["--competency=california:thoroughness\tThoroughness"]),
        ("show Thoroughness,", [".*, in the column of .*, and Results Orientation, .* share a row[.]\t.*"]),
    ],
)
def test_fish(folder: Path, line: str, offers: list[str]) -> None:
    command = ["fish", "--no-config", "-c", f". {folder}/script.fish; complete -C 'compgraph {line}'"]
    done = subprocess.run(command, cwd=ROOT, env=_environment(folder), capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == len(offers)
    for shown, offer in zip(done.stdout.splitlines(), offers, strict=True):
        assert shown == offer or re.fullmatch(offer, shown)


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("ask beco", ["becomes", "What does this competency become at a higher level?"]),
        ("ask becomes --competency Tho", ["Thoroughness", r"california:thoroughness"]),
        ("ask becomes --competency=california:tho", [r"--competency=california\:thoroughness", "Thoroughness"]),
    ],
)
def test_what_zsh_reads(folder: Path, line: str, offers: list[str]) -> None:
    """A type, a value with its colons escaped, and a word about it, each on a line."""
    words = {"COMP_WORDS": f"compgraph {line}", "COMP_CWORD": str(len(line.split()))}
    environment = _environment(folder, **words, _COMPGRAPH_COMPLETE="zsh_complete")
    done = subprocess.run([folder / "compgraph"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["plain", *offers]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_command_prints_a_script_that_its_shell_can_read(shell: str) -> None:
    printed = run("completion", shell)
    assert (printed.returncode, printed.stdout) == (0, script(shell))
    if not shutil.which(shell):
        pytest.skip(f"needs {shell} (apt-get install {shell})")
    subprocess.run([shell, "-n"], input=printed.stdout, text=True, check=True)
