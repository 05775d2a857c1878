"""What the tests of the server share: the application in this process, and a real server in one of its own."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from starlette.testclient import TestClient

from compgraph.serve import Limits, application

HOST = "http://localhost"


@contextmanager
def client(limits: Limits | None = None, **options: Any) -> Iterator[TestClient]:
    """A client of the application, over the checkout's own data unless the options name others."""
    with TestClient(application(limits=limits, **options), base_url=HOST, follow_redirects=False) as opened:
        yield opened


SERVE = ("-m", "compgraph", "serve", "--port")
IMPATIENT = """
import sys
from compgraph.serve import Limits, application, run
limits = Limits(waiting_seconds=3)
run(application(limits=limits), host="127.0.0.1", port=int(sys.argv[1]), limits=limits)
"""
"""A server that waits for nobody longer than three seconds."""


@contextmanager
def server(*options: str, program: Sequence[str] = SERVE) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """``compgraph serve`` on a free port of this machine, and its process; ended in the end."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, *program, str(port), *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        _wait(process)
        yield port, process
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def _wait(process: "subprocess.Popen[str]") -> None:
    """Until the server says that it runs."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if re.search("running on", line):
            return
    raise AssertionError("".join(said))
