"""store: what is kept of a workspace, when it is built anew, and when it goes."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from compgraph.cli import main
from compgraph.errors import FileError, SnapshotError
from compgraph.graph import open_graph
from compgraph.store import Cache, default_folder, snapshot
from compgraph.store.holds import Hold, hold
from compgraph.workspace import Workspace
from tests.small_workspace import FRAMEWORK, count, write


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write(tmp_path / "space")


def _key(workspace: Path) -> str:
    with open_graph(workspace, bundled=False):
        pass
    notes = sorted((default_folder() / "workspaces").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    return str(json.loads(notes[-1].read_bytes())["key"])


def test_a_change_is_seen_and_what_is_unchanged_is_kept(workspace: Path) -> None:
    before = _key(workspace)
    folder = Cache(default_folder()).snapshot(before)
    built = folder.stat().st_ino
    assert _key(workspace) == before and folder.stat().st_ino == built
    path = workspace / "data/x.ttl"
    path.write_text(FRAMEWORK.replace("One", "Eins"))  # within the same second, though of another length
    assert _key(workspace) != before
    times = path.stat()
    path.write_text(FRAMEWORK.replace("One", "Een"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # the size is another again, the time is not
    assert _key(workspace) != before
    path.write_text(FRAMEWORK)
    assert _key(workspace) == before


def test_a_change_of_the_same_size_is_seen(workspace: Path) -> None:
    for word in ("One", "Two", "Six", "Ten"):
        (workspace / "data/x.ttl").write_text(FRAMEWORK.replace("One", word))
        with open_graph(workspace, bundled=False) as graph:
            assert graph.names.resolve("x:one").label == word


def test_without_the_cache_nothing_is_kept(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "tmp").mkdir()
    with open_graph(workspace, bundled=False, cached=False) as graph:
        assert count(graph, "id:x a cg:Framework") == 1
    assert not (tmp_path / "cache").exists() and not list((tmp_path / "tmp").iterdir())


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder for one test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_broken_file_leaves_nothing_half_built(workspace: Path, own_cache: Path) -> None:
    (workspace / "data/broken.ttl").write_text("@prefix e: <https://e/> .\ne:a e:b .\n")
    with pytest.raises(FileError, match=r"broken\.ttl:2:9"):
        open_graph(workspace, bundled=False)
    assert not [path for path in own_cache.rglob("*") if path.is_file()]


def test_a_cache_that_cannot_be_written_is_told(workspace: Path, own_cache: Path) -> None:
    own_cache.write_text("")
    with pytest.raises(SnapshotError, match=r"XDG_CACHE_HOME.*--no-cache"):
        open_graph(workspace, bundled=False)


def test_a_snapshot_that_is_damaged_is_told(workspace: Path, own_cache: Path) -> None:
    folder = Cache(default_folder()).snapshot(_key(workspace))
    for path in (folder / "store").iterdir():
        path.unlink()
    with open_graph(workspace, bundled=False) as graph, pytest.raises(SnapshotError, match="compgraph cache clear"):
        graph.sparql("ASK {}")
    assert Cache(default_folder()).clear() == (1, 0) and not list((own_cache / "compgraph").iterdir())


def test_what_another_process_uses_is_not_removed(workspace: Path, own_cache: Path) -> None:
    cache = Cache(default_folder())
    unfinished = cache.building()
    with open_graph(workspace, bundled=False) as graph:
        building = hold(unfinished)
        assert cache.clear() == (0, 1)
        hours_ago = time.time() - 7_200
        for folder in (graph.store.folder.parent, unfinished):
            os.utime(folder, (hours_ago, hours_ago))
        cache.sweep(now=time.time_ns())  # no workspace claims it any more
        assert unfinished.is_dir() and graph.sparql("ASK { id:x a cg:Framework }") is True
        done = CliRunner().invoke(main, ["cache", "clear"])
        assert (done.exit_code, done.stderr.splitlines()[1][:27]) == (1, "Kept 1 that another process")
    assert building is not None
    building.let_go()
    assert CliRunner().invoke(main, ["cache", "clear"]).exit_code == 0
    assert not list((own_cache / "compgraph").iterdir())


def test_a_snapshot_that_vanishes_before_it_is_held_is_built_anew(
    workspace: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def cleared_first(folder: Path) -> Hold | None:
        seen.append(folder)
        if len(seen) == 2:  # the first is the folder in which it was built
            Cache(default_folder()).clear()
        return hold(folder)

    monkeypatch.setattr(sys.modules["compgraph.store.kept"], "hold", cleared_first)
    with open_graph(workspace, bundled=False) as graph:
        assert graph.sparql("ASK { id:x a cg:Framework }") is True
    assert len(seen) == 4


def test_sweeping_leaves_the_young_and_the_claimed(workspace: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    kept = snapshot(Workspace((workspace,)), attachments={}, cache=cache).folder
    left, old = cache.building(), cache.building()
    stale = cache.snapshot("of-no-workspace")
    stale.mkdir()
    hours_ago = time.time() - 7_200
    for folder in (old, stale, kept):
        os.utime(folder, (hours_ago, hours_ago))
    cache.sweep(now=time.time_ns())
    assert kept.is_dir() and left.is_dir() and not old.exists() and not stale.exists()


def test_the_version_is_that_of_the_content(workspace: Path, tmp_path: Path) -> None:
    shutil.copytree(workspace, tmp_path / "copy")
    versions = set()
    for folder in (workspace, tmp_path / "copy"):
        with open_graph(folder, bundled=False) as graph:
            versions.add(graph.store.version)
    (workspace / "data/x.ttl").write_text(FRAMEWORK.replace("One", "Eins"))
    with open_graph(workspace, bundled=False) as graph:
        assert len(versions) == 1 and graph.store.version not in versions
