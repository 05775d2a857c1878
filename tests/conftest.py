"""What the tests share: the checkout, an open graph over it, a cache of their own, and goldens."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from compgraph.graph import Graph, open_graph

if TYPE_CHECKING:
    from compgraph.publish import Published

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SEEDS = SHARED / "seeds"
PUBLISH_CASES = ROOT / "tests/publish"
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
AXE = ROOT / ".venv/node_modules/axe-core/axe.min.js"
COMUNICA = ROOT / ".venv/node_modules/@comunica/query-sparql"
_NO_COMUNICA = (
    "needs node and comunica (apt-get install nodejs npm; npm install --prefix .venv @comunica/query-sparql@4)"
)
_NO_BROWSER = "needs a browser and axe-core (apt-get install chromium; npm install --prefix .venv axe-core@4)"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="rewrite the goldens; read the diff before you commit it")


def pytest_configure() -> None:
    """A run in the background of a shell ignores Ctrl-C, and so would all that it starts; some tests send it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = {
        "needs_shared": None if SEEDS.is_dir() else f"needs {SEEDS}, which only the developers have",
        "needs_browser": None if BROWSER and AXE.is_file() else _NO_BROWSER,
        "needs_comunica": None if COMUNICA.is_dir() and shutil.which("node") else _NO_COMUNICA,
        "needs_openrefine": None if shutil.which("openrefine") else "needs openrefine (apt-get install openrefine)",
        "needs_rapper": None if shutil.which("rapper") else "needs rapper (apt-get install raptor2-utils)",
        "needs_soffice": None if shutil.which("soffice") else "needs soffice (apt-get install libreoffice-calc)",
    }
    for item in items:
        for marker, reason in missing.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))
        if not item.get_closest_marker("engines"):  # those share nothing, and take long
            item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    """What one process runs: a file, so that what its tests share is made once; all that look at the site are one."""
    shared = {"published", "sites"} & set(getattr(item, "fixturenames", ()))
    return "site" if shared else item.path.name


@pytest.fixture(scope="session", autouse=True)
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder for this run, also for the processes it starts; the user's own is never touched."""
    folder = tmp_path_factory.mktemp("cache")
    before = {
        name: os.environ.pop(name, None) for name in ("XDG_CACHE_HOME", "COMPGRAPH_WORKSPACE", "COMPGRAPH_SOURCES")
    }
    os.environ["XDG_CACHE_HOME"] = str(folder)
    yield folder
    del os.environ["XDG_CACHE_HOME"]
    os.environ.update({name: value for name, value in before.items() if value is not None})


@pytest.fixture(scope="session")
def graph() -> Iterator[Graph]:
    """The graph of the checkout's own data."""
    with open_graph() as opened:
        yield opened


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> "tuple[Path, Published]":
    """The site of the checkout's own data, and what was said when it was written."""
    from compgraph.publish import publish
    from compgraph.workspace import find

    folder = tmp_path_factory.mktemp("published") / "site"
    return folder, publish(find(), folder)


@pytest.fixture(scope="session")
def sites(published: "tuple[Path, Published]") -> Iterator[Mapping[str, Path]]:
    """The published folder of each case of ``tests/publish``, where the processes of a server can read it.

    ``own`` is compgraph's own graph, the others are workspaces.
    """
    from compgraph.publish import publish
    from compgraph.workspace import find

    with TemporaryDirectory(prefix="compgraph-sites-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(published[0], folder / "own")
        cases = sorted(case.name for case in PUBLISH_CASES.iterdir() if case.is_dir())
        for case in (case for case in cases if case != "own"):
            publish(find(PUBLISH_CASES / case, bundled=False), folder / case)
        yield {case: folder / case for case in cases}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def live_port() -> Iterator[int]:
    """The port of a server over the checkout's own data, one for all tests."""
    from tests.serving import server

    with server() as (port, _):
        yield port


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Compares a text with the bytes of a golden file, or rewrites the file with --regold."""
    regold = bool(request.config.getoption("--regold"))

    def compare(text: str, path: Path) -> None:
        if regold:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"{path} is missing; make it with: pytest --regold"
        assert text.encode() == path.read_bytes(), f"{path} differs; if the change is meant: pytest --regold"

    return compare
