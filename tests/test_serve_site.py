"""serve shows the published site: the table of negotiation, the same bytes, and what only a server can add."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from compgraph.publish import Published
from compgraph.serve import Source
from compgraph.serve.negotiation import Format, chosen
from tests.conftest import PUBLISH_CASES as CASES
from tests.negotiation import REQUESTS, expected, sent_path
from tests.negotiation import found as found_as
from tests.serving import client
from tests.web_servers import Answer

PAGES = (Format("html", "text/html"), Format("json", "application/problem+json"))
HTML = "text/html; charset=utf-8"


@pytest.fixture(scope="module")
def webs() -> Iterator[Mapping[str, TestClient]]:
    """A client of the server over each site of ``tests/publish``."""
    with ExitStack() as stack:
        yield {
            folder.name: stack.enter_context(
                client(source=Source() if folder.name == "own" else Source(folder, bundled=False))
            )
            for folder in CASES.iterdir()
            if (folder / "negotiation.tsv").is_file()
        }


@pytest.fixture
def web(webs: Mapping[str, TestClient]) -> TestClient:
    return webs["own"]


@pytest.mark.parametrize(("site", "row"), REQUESTS)
def test_the_table_of_the_published_site_holds_here(
    webs: Mapping[str, TestClient], site: str, row: dict[str, str]
) -> None:
    """Better than there in one thing: what went wrong is told to programs as problem+json."""
    headers = {"Accept": row["accept"]} if row["accept"] else {"Accept": "*/*"}
    if row["type"] == HTML and row["status"] >= "400" and chosen(row["accept"], PAGES) is not PAGES[0]:
        row = row | {"type": "application/problem+json", "contains": row["contains"] and '"detail"'}
    for method in ("GET", "HEAD"):
        found = webs[site].request(method, sent_path(row["path"]), headers=headers)
        answer = Answer(found.status_code, dict(found.headers), found.content)
        told = expected(row) | ({} if method == "GET" else {"contains": not row["contains"]})
        assert found_as(answer, row) == told, answer.headers


def test_every_file_of_the_published_site_is_here(web: TestClient, published: tuple[Path, Published]) -> None:
    """Data by the byte, of the many things every fifth.

    Of pages what is theirs: the frame around them has forms, and dumps have no size before they are made.
    """
    folder = published[0]
    every = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = [path for path in every if folder / "doc" not in path.parents] + every[::5]
    for_servers = {".htaccess", ".compgraph-publication", "404.html", "406.html", "410.html"}
    compared = 0
    for path in files:
        name = path.relative_to(folder).as_posix()
        if name in for_servers or name.startswith(("servers/", "questions/", "ims/")):
            continue
        found = web.get(f"/{name}")
        assert found.status_code == 200, name
        if path.suffix != ".html":
            assert found.content == path.read_bytes(), name
        elif name != "compare.html":
            assert _content(found.text) == _content(path.read_text()), name
        compared += 1
    assert compared > 1_500
    ours, theirs = web.get("/compare.html").text, (folder / "compare.html").read_text()
    assert ours.count("<li>") == theirs.count("<li>") > 100


def _content(page: str) -> str:
    without_dumps = re.sub(r'<(li|dd)><a href="[^"]*dumps/.*?</\1>\n?', "", page[page.index("<main") :])
    return re.sub(r"Data \w{12}\.", "", without_dumps)


def test_a_sitemap_in_several_files_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compgraph.publish.sitemap._LARGEST", 5)
    with client(source=Source(CASES / "odd", bundled=False)) as web:
        parts = re.findall(r"<loc>https://w3id.org/compgraph(/sitemap-\d+\.xml)</loc>", web.get("/sitemap.xml").text)
        assert len(parts) > 1
        assert all("<urlset" in web.get(part).text for part in parts)
        assert web.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
