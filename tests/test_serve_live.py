"""serve on a socket: slow clients, many connections, the end, and data that changes."""

import http.client
import json
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.serving import IMPATIENT, server
from tests.test_serve_safety import ENDLESS


def _get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    try:
        connection.request("GET", path)
        found = connection.getresponse()
        return found.status, found.read()
    finally:
        connection.close()


def _said(process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    return process.stderr.read()


def test_a_request_to_end_is_followed_in_order() -> None:
    """The query under way is answered, nothing is left running, and the exit code is that of success."""
    with server("--timeout", "3") as (port, process):
        answers: list[tuple[int, bytes]] = []
        asking = threading.Thread(target=lambda: answers.append(_get(port, "/sparql?query=" + _quoted(ENDLESS))))
        asking.start()
        time.sleep(1)
        children = _children(process.pid)
        assert children
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        asking.join()
        assert answers[0][0] == 503 and b"more than 3 s" in answers[0][1]
        assert "Application shutdown complete" in _said(process)
        assert not [child for child in children if _runs(child)]


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text)


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_ctrl_c_ends_it_as_other_commands() -> None:
    with server() as (_, process):
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130


@pytest.fixture
def port(live_port: int) -> int:
    return live_port


def test_slow_clients_are_cut_off_and_hinder_nobody() -> None:
    """The head, the body, and the reading of the answer: none may take for ever."""
    with server(program=("-c", IMPATIENT)) as (port, _):
        silent, dripping, body = (socket.create_connection(("localhost", port)) for _ in range(3))
        dripping.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow:")
        body.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 100\r\n\r\nASK"
        )
        begun = time.monotonic()
        assert _get(port, "/")[0] == 200
        assert time.monotonic() - begun < 10
        for each in (silent, dripping, body):
            each.settimeout(30)
        while time.monotonic() - begun < 2:  # a sign now and then does not help
            dripping.sendall(b"x")
            time.sleep(0.5)
        assert silent.recv(1) == b""
        assert dripping.recv(1) == b""
        assert body.recv(12) == b"HTTP/1.1 408"
        assert time.monotonic() - begun < 30
        for each in (silent, dripping, body):
            each.close()


def test_many_connections_are_borne(port: int) -> None:
    open_ones = [socket.create_connection(("localhost", port)) for _ in range(300)]
    try:
        assert _get(port, "/sparql?query=ASK%7B%7D")[0] == 200
    finally:
        for each in open_ones:
            each.close()


BROKEN = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "a huge head": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    "a header in a header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rSet-Cookie: b\r\n\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_broken_requests_are_refused(port: int, sent: bytes) -> None:
    with socket.create_connection(("localhost", port), timeout=30) as connection:
        try:
            connection.sendall(sent)
            status = connection.recv(12)
        except ConnectionError:
            status = b"HTTP/1.1 4"  # closed in the middle of a head that is too long
        assert status[:10] == b"HTTP/1.1 4"
    assert _get(port, "/")[0] == 200


def test_no_line_of_the_log_is_a_client_s() -> None:
    with server() as (port, process):
        for path in ("/%0d%0aINFO:%20forged", "/sparql?query=%0aforged", "/api/questions/%1b%5b31mforged"):
            assert _get(port, path)[0] in (400, 404)
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        assert "forged" not in _said(process)


def test_changed_data_is_taken_up_without_a_gap(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(ROOT / "data/washington-ofm.ttl", data)
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    labels = "/sparql?_mediatype=text/csv&query=" + _quoted("SELECT ?l { ?c a cg:Competency ; skos:prefLabel ?l }")
    with server("--workspace", str(tmp_path), "--no-bundled", "--reload-data") as (port, process):
        assert b"Customer Focus" in _get(port, labels)[1]
        version = json.loads(_get(port, "/api")[1])["data"]
        text = (data / "washington-ofm.ttl").read_text()
        (data / "washington-ofm.ttl").write_text(text.replace('"Customer Focus"@en', "broken"))
        time.sleep(3)
        assert json.loads(_get(port, "/api")[1])["data"] == version, "what is broken is not taken up"
        (data / "washington-ofm.ttl").write_text(text.replace('"Customer Focus"@en', '"Customers First"@en'))
        statuses, deadline = [], time.monotonic() + 60
        while time.monotonic() < deadline:
            status, body = _get(port, labels)
            statuses.append(status)
            if b"Customers First" in body:
                break
        assert b"Customers First" in body and set(statuses) == {200}
        assert json.loads(_get(port, "/api")[1])["data"] != version
        assert _get(port, f"/api/questions/x?_data={version}")[0] == 404
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert "is not taken up" in _said(process)
