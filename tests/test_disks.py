"""A disk that is full or can't be written is told in one sentence, and what was there stays as it was."""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PUBLISH_CASES, ROOT

SHEETS = ROOT / "tests/spreadsheets/valid-without-levels"
COMMANDS = {
    "snapshot": ["sparql", "ASK { ?s ?p ?o }"],
    "tidy": ["tidy"],
    "import": ["import", str(SHEETS), "--out", "workspace/data/workshop.ttl"],
    "export": ["export", "odd", "--to", "skos", "--out", "exported"],
    "template": ["template", "sheets.xlsx"],
    "publish": ["publish", "site"],
}


def _run(folder: Path, arguments: list[str], cache: Path, largest: int) -> subprocess.CompletedProcess[str]:
    """Run a command whose every write beyond ``largest`` bytes of a file fails, as on a disk that is full."""
    shutil.copytree(PUBLISH_CASES / "odd", folder / "workspace")
    return subprocess.run(
        [sys.executable, "-m", "compgraph", "--workspace", "workspace", "--no-bundled", *arguments],
        cwd=folder,
        env=os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
        capture_output=True,
        text=True,
        check=False,
    )


def _files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_told_and_changes_nothing(name: str, tmp_path: Path) -> None:
    done = _run(tmp_path, COMMANDS[name], tmp_path / "cache", 0)
    assert done.returncode == 1, done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith("Error: ") and "can't be " in last and ". Free some space" in last, done.stderr
    assert _files(tmp_path / "workspace") == _files(PUBLISH_CASES / "odd")
    assert not [path for path in tmp_path.glob("*/*") if path.is_file() and path.parts[-2] != "workspace"]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="has no /proc, which nobody can write to")
def test_a_cache_that_cannot_be_written_is_told_with_a_way_around(tmp_path: Path) -> None:
    done = _run(tmp_path, COMMANDS["snapshot"], Path("/proc/nowhere"), resource.RLIM_INFINITY)
    assert done.returncode == 1
    assert "use --no-cache" in done.stderr
    shutil.rmtree(tmp_path / "workspace")
    around = _run(tmp_path, ["--no-cache", *COMMANDS["snapshot"]], Path("/proc/nowhere"), resource.RLIM_INFINITY)
    assert (around.returncode, around.stdout) == (0, "true\n"), around.stderr
