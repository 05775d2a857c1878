"""starter: a workspace that works as it is."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from compgraph.cli import main
from compgraph.errors import WorkspaceError
from compgraph.starter import identifier_for, workspace_files

NAMED = [["--name", "Gärten & Parks"], ["--name", "Ours", "--id", "on"]]
"""Names that sort among other prefixes, and one that YAML takes for something else."""


def _run(*arguments: str, folder: Path) -> Result:
    return CliRunner().invoke(main, ["--workspace", str(folder), *arguments])


def _made(folder: Path, *options: str) -> Path:
    done = CliRunner().invoke(main, ["init", str(folder), *options])
    assert done.exit_code == 0, done.output
    assert f"Next: compgraph validate --workspace {folder} --level warning" in done.output
    return folder


@pytest.mark.parametrize("options", NAMED, ids=["garten-parks", "on"])
def test_a_new_workspace_works_as_it_is(options: list[str], tmp_path: Path) -> None:
    folder = _made(tmp_path / "mine", *options)
    (framework,) = (folder / "data").glob("*.ttl")
    name = framework.stem
    done = _run("validate", "--level", "info", folder=folder)
    assert (done.exit_code, done.stdout.startswith("Nothing found")) == (0, True), done.output
    done = _run("tidy", "--check", folder=folder)
    assert (done.exit_code, done.output) == (0, "")
    done = _run("ask", f"{name}-by-other-names", "--format", "csv", folder=folder)
    assert "Thoroughness,California Leadership Competency Model" in done.stdout
    assert "Care for Customers,,,," in done.stdout
    assert name in _run("pairs", folder=folder).stdout
    done = _run("audit", "--sources", str(folder / "sources"), folder=folder)
    assert done.exit_code == 0
    assert f"{name}-handbook: 95.5 % claimed" in done.stdout
    assert "0 faults" in done.stdout


def test_its_own_rule_is_held(tmp_path: Path) -> None:
    folder = _made(tmp_path / "mine")
    path = folder / "data/workshop.ttl"
    long = "Brings work to an end, " + "again and " * 12 + "without leaving faults in it."
    path.write_text(path.read_text().replace("Brings work to an end without leaving faults in it.", long))
    done = _run("validate", "--level", "warning", "--format", "csv", folder=folder)
    assert done.exit_code == 1
    (finding,) = done.stdout.splitlines()[1:]
    assert "no definition of at most 120 characters" in finding
    assert "thorough-work" in finding


def test_the_commands_of_its_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _made(tmp_path / "mine", "--name", "Garden Competencies")
    text = (folder / "README.md").read_text()
    assert text.startswith("# Garden Competencies\n")
    monkeypatch.chdir(folder)
    commands = re.findall(r"^compgraph (.*?) *#", text, re.MULTILINE)
    assert len(commands) == 5
    for command in [*commands, *re.findall(r"`compgraph ((?:locate|audit) .*?)`", text)]:
        done = CliRunner().invoke(main, shlex.split(command.replace("PHRASE", "when in doubt")))
        assert done.exit_code == 0, (command, done.output)


def test_the_same_name_gives_the_same_bytes() -> None:
    assert workspace_files("Ours", "ours") == workspace_files("Ours", "ours")
    assert b"{{" not in b"".join(workspace_files("Ours", "ours").values())
    assert identifier_for("Gärten & Parks") == "garten-parks"


def test_nothing_is_written_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/.notes").write_text("keep me")
    done = CliRunner().invoke(main, ["init", str(tmp_path / "mine")])
    assert done.exit_code == 1
    assert "is not empty, and nothing is written over what is there" in done.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == [".notes"]
    (tmp_path / "mine/.notes").unlink()
    _made(tmp_path / "mine")


@pytest.mark.parametrize(
    ("name", "identifier", "told"),
    [
        ("Ours", "Ours", "small letters"),
        ("Ours", "", "small letters"),
        ("Ours", "a--b", "small letters"),
        ("Ours", "../ours", "small letters"),
        ("Ours", "a" * 101, "small letters"),
        ("Ours", "california", "taken by compgraph itself"),
        ("Ours", "skos", "taken by compgraph itself"),
        ('The "best"', "ours", "can't be the name"),
        ("Two\nlines", "ours", "can't be the name"),
        ("<script>", "ours", "can't be the name"),
        ("{{id}}", "ours", "can't be the name"),
        ("", "ours", "can't be the name"),
    ],
)
def test_names_that_a_file_cannot_hold_are_refused(name: str, identifier: str, told: str) -> None:
    with pytest.raises(WorkspaceError, match=told):
        workspace_files(name, identifier)
