"""The rules for web servers, under the servers themselves.

Each folder of ``tests/publish`` is a site: ``own`` is compgraph's, the others are workspaces. Its ``negotiation.tsv``
has a request a line, with what must come back; ``serve`` is held to the same tables.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

import pytest

from compgraph.exchange.identifiers import uuid_of
from compgraph.publish import publish
from compgraph.terms import ID
from compgraph.workspace import find
from tests.conftest import PUBLISH_CASES as CASES
from tests.web_servers import Answer, Server, running

SITES = sorted(folder.name for folder in CASES.iterdir() if (folder / "negotiation.tsv").is_file())
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


def rows(site: str) -> list[dict[str, str]]:
    """The requests of a site."""
    with (CASES / site / "negotiation.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


REQUESTS = [
    pytest.param(site, row, id=f"{site}:{number}:{row['path']}")
    for site in SITES
    for number, row in enumerate(rows(site), 2)
]


@pytest.mark.parametrize(("site", "row"), REQUESTS)
@pytest.mark.parametrize("server", SERVERS)
def test_answers(servers: dict[tuple[str, str], Server], server: str, site: str, row: dict[str, str]) -> None:
    headers = {"Accept": row["accept"]} if row["accept"] else {}
    path = _path(row["path"])
    answer = servers[server, site].get(path, headers)
    expected = _expected(row) | OTHERWISE.get((server, row["path"]), {})
    assert _found(answer, row) == expected, answer.headers
    head = servers[server, site].get(path, headers, "HEAD")
    assert not head.body
    assert _found(head, row) == expected | {"contains": not row["contains"]}, head.headers


def _path(path: str) -> str:
    """The path of a request: what stands in braces is a UUID of CASE."""
    return re.sub(r"\{(.*?)\}", lambda match: uuid_of(ID + match[1]), path)


def _expected(row: dict[str, str]) -> dict[str, object]:
    location = row["location"]
    if location.startswith("{"):  # a page whose path is made up
        iri, ending = location[1:].split("}")
        location = f"/doc/~{sha256((ID + iri).encode()).hexdigest()[:32]}{ending}"
    return {
        "status": row["status"],
        "type": row["type"] or "any",
        "location": unquote(location),
        "vary": row["vary"] or "any",
        "says": True,
        "contains": True,
    }


def _found(answer: Answer, row: dict[str, str]) -> dict[str, object]:
    """What a server said, in the form of ``_expected``."""
    vary = {part.strip() for part in answer.headers.get("vary", "").split(",")}
    return {
        "status": str(answer.status),
        "type": answer.headers.get("content-type", "") if row["type"] else "any",
        "location": unquote(urlsplit(answer.headers.get("location", "")).path),
        "vary": ("Accept" if "Accept" in vary else "") if row["vary"] else "any",
        "says": _says(answer, row["says"]),
        "contains": row["contains"].encode() in answer.body,
    }


def _says(answer: Answer, told: str) -> bool:
    """Whether a header holds a text (``name: text``), or is absent (``!name``)."""
    if told.startswith("!"):
        return told[1:] not in answer.headers
    name, _, text = told.partition(": ")
    return not told or (name in answer.headers and text in answer.headers[name])


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
