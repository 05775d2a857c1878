"""Killed at any moment, compgraph leaves no half-written file that is used, and the next run works."""

import hashlib
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import PUBLISH_CASES, ROOT

KILLS = 25
"""Of each of the four commands: one in two before a change to the files, the others at any time."""
COUNT = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"
SHEETS = ROOT / "tests/spreadsheets/valid-without-levels"


Files = dict[str, str]
"""The digest of each file below a folder."""


def _old_or_new(before: Files, after: Files, found: Files) -> bool:
    """Every file that was there or is to be there is the one or the other."""
    return before.keys() <= found.keys() and found.items() <= before.items() | after.items()


def _none_or_all(before: Files, after: Files, found: Files) -> bool:
    return found in (before, after)


def _by_its_answer(_before: Files, _after: Files, _found: Files) -> bool:
    """The store's own files differ from build to build; what they hold is told by the answer of the next run."""
    return True


class Case(NamedTuple):
    """A command, the folder whose files it writes, and what must hold of them after a kill."""

    arguments: list[str]
    writes: str
    holds: Callable[[Files, Files, Files], bool]


CASES = {
    "snapshot": Case(["sparql", COUNT, "--format", "csv"], "cache/compgraph/snapshots", _by_its_answer),
    "import": Case(["import", str(SHEETS), "--out", "workspace/data/workshop.ttl"], "workspace", _old_or_new),
    "tidy": Case(["tidy"], "workspace", _old_or_new),
    "publish": Case(["publish", "site"], "site", _none_or_all),
}


def _files(folder: Path) -> Files:
    """What is there to be used: nothing whose name begins with a dot is, nor what is still being built."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = {str(path.relative_to(folder)): path for path in found}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in names.items()
        if not Path(name).name.startswith(".") or name == ".compgraph-publication"
    }


def _run(folder: Path, case: Case, how: str, limit: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tests/killed.py"), how, str(limit)]
    return subprocess.run(
        [*command, "--workspace", "workspace", "--no-bundled", *case.arguments],
        cwd=folder,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONDONTWRITEBYTECODE": "1",  # Python's own files are none of the changes
        },
        capture_output=True,
        text=True,
        check=False,
    )


def _fresh(folder: Path) -> Path:
    shutil.copytree(PUBLISH_CASES / "odd", folder / "workspace")
    return folder


@pytest.mark.parametrize("name", CASES)
def test_a_kill_leaves_old_or_new(name: str, tmp_path: Path) -> None:
    case, chance = CASES[name], random.Random(name)
    whole = _fresh(tmp_path / "whole")
    before = _files(whole / case.writes)
    said = _run(whole, case, "COUNT", whole / "count")
    assert said.returncode == 0, said.stderr
    changes, seconds = (whole / "count").read_text().split()
    after = _files(whole / case.writes)
    killed = 0
    for number in range(KILLS):
        folder = _fresh(tmp_path / str(number))
        any_time = ("AFTER", chance.uniform(0, float(seconds)))
        how = ("CHANGE", chance.randint(1, int(changes))) if number % 2 else any_time
        killed += _run(folder, case, *how).returncode == -signal.SIGKILL
        assert case.holds(before, after, _files(folder / case.writes)), how
        again = _run(folder, case, "COUNT", folder / "count")
        assert (again.returncode, again.stdout) == (0, said.stdout), (how, again.stderr)
        assert case.holds(after, after, _files(folder / case.writes)), how
        assert not list(folder.glob(".*.compgraph-*")), how
    assert killed > KILLS / 3
