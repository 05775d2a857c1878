"""The wheel: an installed compgraph works from any folder, with its own data."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from compgraph import __version__
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel holds, as pip would unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    assert wheel.name == f"compgraph-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_it_answers_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "compgraph", "ask", "becomes", "--competency", "Thoroughness"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Results Orientation" in done.stdout
    where = "from compgraph import workspace; print(workspace.own())"
    done = subprocess.run(
        [sys.executable, "-c", where],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()) == installed / "compgraph/bundle"


def test_it_carries_every_file_of_the_four_folders(installed: Path) -> None:
    for name in ("ontology", "data", "shapes", "queries"):
        here = {str(path.relative_to(ROOT)) for path in (ROOT / name).rglob("*") if path.is_file()}
        there = {
            str(path.relative_to(installed / "compgraph/bundle"))
            for path in (installed / "compgraph/bundle" / name).rglob("*")
            if path.is_file()
        }
        assert here == there
    assert (installed / "compgraph/py.typed").exists()
    assert (installed / "compgraph/render/templates/matrix.html").exists()
    assert (installed / "compgraph/exchange/spreadsheets/sheets.yaml").exists()
    assert list(installed.glob("compgraph-*.dist-info/licenses/LICENSE"))
    template = ROOT / "src/compgraph/starter/template"
    for path in template.rglob("*.*"):
        assert (installed / "compgraph/starter/template" / path.relative_to(template)).exists()
