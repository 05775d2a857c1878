"""The rules for web servers, under the servers themselves.

Each folder of ``tests/publish`` is a site: ``own`` is compgraph's, the others are workspaces. Its ``negotiation.tsv``
has a request a line, with what must come back; ``serve`` is held to the same tables.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest

from compgraph.publish import publish
from compgraph.workspace import find
from tests.conftest import PUBLISH_CASES as CASES
from tests.negotiation import REQUESTS, expected, found, sent_path
from tests.web_servers import Server, running

SERVERS = ("nginx", "apache2")

# What a server does by itself, before our rules or after them, by server and path.
OTHERWISE: dict[tuple[str, str], dict[str, object]] = {
    # Its own table of languages knows the ending in the middle (AddLanguage it .it), and no rule can take that back.
    ("apache2", "/doc/odd/level.it.html"): {"says": False},
}


@pytest.fixture(scope="module")
def servers(sites: Mapping[str, Path]) -> Iterator[dict[tuple[str, str], Server]]:
    """The servers that were started, by name and site."""
    with ExitStack() as stack:
        started: dict[tuple[str, str], Server] = {}
        stack.callback(started.clear)
        yield _Started(stack, sites)


class _Started(dict[tuple[str, str], Server]):
    """Starts a server when it is first asked for."""

    def __init__(self, stack: ExitStack, sites: Mapping[str, Path]) -> None:
        super().__init__()
        self._stack = stack
        self._sites = sites

    def __missing__(self, key: tuple[str, str]) -> Server:
        name, site = key
        self[key] = self._stack.enter_context(running(name, self._sites[site]))
        return self[key]


@pytest.mark.parametrize(("site", "row"), REQUESTS)
@pytest.mark.parametrize("server", SERVERS)
def test_answers(servers: dict[tuple[str, str], Server], server: str, site: str, row: dict[str, str]) -> None:
    headers = {"Accept": row["accept"]} if row["accept"] else {}
    path = sent_path(row["path"])
    answer = servers[server, site].get(path, headers)
    told = expected(row) | OTHERWISE.get((server, row["path"]), {})
    assert found(answer, row) == told, answer.headers
    head = servers[server, site].get(path, headers, "HEAD")
    assert not head.body
    assert found(head, row) == told | {"contains": not row["contains"]}, head.headers


@pytest.mark.parametrize("server", SERVERS)
def test_what_has_not_changed_is_not_sent_again(servers: dict[tuple[str, str], Server], server: str) -> None:
    path = "/doc/california/thoroughness.ttl"
    first = servers[server, "own"].get(path)
    again = servers[server, "own"].get(path, {"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("server", SERVERS)
def test_a_site_in_a_folder_of_its_host(server: str) -> None:
    """Its base says in which; identifiers are asked for there."""
    with TemporaryDirectory(prefix="compgraph-sites-") as name:
        root = Path(name)
        root.chmod(0o755)
        site = root / "competencies"
        publish(find(CASES / "odd", bundled=False), site, base="https://example.org/competencies/")
        with running(server, root, site) as started:
            answer = started.get("/competencies/id/odd/level.it", {"Accept": "text/turtle"})
            assert (answer.status, answer.headers["vary"]) == (303, "Accept")
            place = urlsplit(answer.headers["location"]).path
            assert place == "/competencies/doc/odd/level.it.ttl"
            data = started.get(place)
            assert b"<https://example.org/competencies/id/odd/>" in data.body
            assert b"<https://example.org/id/other>" in data.body
            assert "</competencies/doc/odd/level.it.html>" in data.headers["link"]
            assert started.get("/competencies/id/odd/mistake").status == 410
            assert b"/competencies/style.css" in started.get("/competencies/id/odd/nothing").body
            assert started.get("/competencies/doc/odd/level.it").headers["content-location"] == (
                "/competencies/doc/odd/level.it.html"
            )


@pytest.mark.parametrize(
    ("path", "accept", "status", "location"),
    [
        ("/compgraph/id/california/thoroughness", "", 303, "doc/california/thoroughness.html"),
        (
            "/compgraph/id/california/thoroughness.manager.1",
            "text/turtle",
            303,
            "doc/california/thoroughness.manager.1.ttl",
        ),
        ("/compgraph/id/california", "text/html;q=0.7,application/rdf+xml;q=0.75", 303, "doc/california.rdf"),
        ("/compgraph/id/california", "image/png", 406, ""),
        ("/compgraph/source/california-leadership-2010", "", 303, "source/california-leadership-2010.html"),
        ("/compgraph/source/california-leadership-2010.ttl", "", 302, "source/california-leadership-2010.ttl"),
        ("/compgraph/ns", "text/turtle", 302, "ns"),
        ("/compgraph/dumps/all.nq.gz", "", 302, "dumps/all.nq.gz"),
        ("/compgraph/", "", 302, ""),
    ],
)
def test_w3id_sends_on_in_one_step(
    sites: Mapping[str, Path], path: str, accept: str, status: int, location: str
) -> None:
    """The rules for w3id.org, which runs Apache, in a folder as they lie there."""
    with TemporaryDirectory(prefix="compgraph-w3id-") as name:
        root = Path(name)
        root.chmod(0o755)
        (root / "compgraph").mkdir()
        rules = (sites["own"] / "servers/w3id.htaccess").read_bytes()
        (root / "compgraph/.htaccess").write_bytes(rules)
        with running("apache2", root) as server:
            answer = server.get(path, {"Accept": accept} if accept else {})
    assert answer.status == status
    assert answer.headers.get("location", "") == (f"https://site.example.org/{location}" if status != 406 else "")
    assert answer.headers["vary"] == "Accept"
