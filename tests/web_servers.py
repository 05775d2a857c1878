"""Real web servers on loopback, each over one folder, with the rules that lie in it; gone when the test is."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

_NGINX = """
daemon off;
master_process off;
pid {run}/nginx.pid;
error_log {run}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {run}; proxy_temp_path {run}; fastcgi_temp_path {run};
    uwsgi_temp_path {run}; scgi_temp_path {run};
    include {site}/servers/nginx-http.conf;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {site}/servers/nginx-server.conf;
    }}
}}
"""
_MODULES = (
    *("mpm_event", "authz_core", "dir", "mime", "rewrite", "headers", "setenvif"),
    *("alias", "autoindex"),
)
# The unhelpful settings are meant: a host's own may be like that.
_APACHE = """
ServerName localhost
ServerRoot {run}
PidFile {run}/apache.pid
ErrorLog {run}/error.log
Listen 127.0.0.1:{port}
User www-data
Group www-data
{modules}
TypesConfig /etc/mime.types
AddHandler cgi-script .cgi .level
AddLanguage it .it
DocumentRoot {root}
<Directory {root}>
    Options FollowSymLinks Indexes
    AllowOverride FileInfo Indexes
    Require all granted
</Directory>
"""


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server(NamedTuple):
    """A server that runs."""

    name: str
    port: int
    log: Path

    def get(self, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
        """The answer to one request; redirections are not followed."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, headers=headers or {})
        response: HTTPResponse = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            found[key] = f"{found[key]}, {value}" if key in found else value
        answer = Answer(response.status, found, response.read())
        connection.close()
        return answer


@contextmanager
def running(name: str, root: Path, site: Path | None = None) -> Iterator[Server]:
    """``nginx`` or ``apache2`` over a folder, with the rules of the site that it is or that lies in it.

    The test is skipped, and says so, where the program is not installed.
    """
    program = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin:/opt/homebrew/bin")
    if program is None:
        pytest.skip(f"needs {name}, which is not installed (apt-get install nginx-light apache2)")
    with TemporaryDirectory(prefix="compgraph-server-") as folder:
        run = Path(folder)
        run.chmod(0o755)
        port = _free_port()
        modules = "\n".join(f"LoadModule {each}_module /usr/lib/apache2/modules/mod_{each}.so" for each in _MODULES)
        places = {"run": run, "root": root, "site": site or root}
        text = {"nginx": _NGINX, "apache2": _APACHE}[name]
        (run / "server.conf").write_text(text.format(**places, port=port, modules=modules), encoding="utf-8")
        command = {
            "nginx": ["-p", folder, "-c", f"{folder}/server.conf"],
            "apache2": ["-X", "-f", f"{folder}/server.conf"],
        }
        process = subprocess.Popen([program, *command[name]], stderr=subprocess.PIPE)
        try:
            _wait(process, port)
            yield Server(name, port, run / "error.log")
        finally:
            process.terminate()
            process.wait(10)
            if process.stderr:
                process.stderr.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(200):
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            raise AssertionError(f"the server ended: {said}")
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not begin to listen")
