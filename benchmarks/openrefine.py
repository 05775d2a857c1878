"""Runs OpenRefine without a window, and drives it as its own pages do: project, reconciliation, extension, export."""

import csv
import io
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from httpx2 import Client, HTTPError

_EVERY_ROW = json.dumps({"facets": [], "mode": "row-based"})
_PATIENCE = 60.0  # seconds for OpenRefine to start, and for each thing it is told to do


class Judged(NamedTuple):
    """What a name was taken for."""

    matched: str
    """The identifier, or nothing."""
    candidates: tuple[str, ...]
    """Identifiers, the best first."""


class OpenRefine:
    """A running OpenRefine, at an address."""

    def __init__(self, address: str) -> None:
        self._web = Client(base_url=f"{address}/command/core/", timeout=_PATIENCE)

    def close(self) -> None:
        """Let go of the connection."""
        self._web.close()

    def is_there(self) -> bool:
        """Whether it answers."""
        try:
            return self._web.get("get-version").status_code == 200
        except HTTPError:
            return False

    def project(self, name: str, rows: Sequence[Sequence[str]]) -> "Project":
        """A new project of a table; the first row names the columns."""
        table = io.StringIO()
        csv.writer(table).writerows(rows)
        answer = self._web.post(
            f"create-project-from-upload?csrf_token={self._token()}",
            data={"project-name": name, "format": "text/line-based/*sv"},
            files={"project-file": (f"{name}.csv", table.getvalue().encode(), "text/csv")},
        )
        return Project(self, answer.headers["location"].rpartition("=")[2])

    def get(self, command: str, given: Mapping[str, Any]) -> Any:
        """What a command says that changes nothing."""
        answer = self._web.get(command, params=dict(given))
        answer.raise_for_status()
        return answer.json()

    def do(self, command: str, project: str, given: Mapping[str, Any]) -> Any:
        """Have a command done that changes something. Raises AssertionError if it is refused."""
        told = self._web.post(command, params={"project": project}, data={**given, "csrf_token": self._token()}).json()
        assert told["code"] in ("ok", "pending"), told
        return told

    def export(self, project: str) -> list[dict[str, str]]:
        """The rows of a project, as its csv has them."""
        given = {"project": project, "format": "csv", "engine": _EVERY_ROW, "csrf_token": self._token()}
        answer = self._web.post("export-rows/all.csv", data=given)
        return list(csv.DictReader(io.StringIO(answer.content.decode())))

    def _token(self) -> str:
        return str(self._web.get("get-csrf-token").json()["token"])


class Project:
    """A table in OpenRefine."""

    def __init__(self, openrefine: OpenRefine, number: str) -> None:
        self._openrefine = openrefine
        self._number = number

    def guessed_types(self, column: str, service: str) -> list[str]:
        """The types that OpenRefine offers for a column, the best first."""
        told = self._openrefine.do("guess-types-of-column", self._number, {"columnName": column, "service": service})
        return [each["id"] for each in told["types"]]

    def reconcile(self, column: str, service: str, type_: str, properties: Mapping[str, str]) -> None:
        """Reconcile a column; ``properties`` are identifiers of properties by the columns that hold their values."""
        details = [{"column": held, "propertyID": id_, "propertyName": id_} for held, id_ in properties.items()]
        config = {
            "mode": "standard-service",
            "service": service,
            **_spaces(service),
            "type": {"id": type_, "name": type_},
            "autoMatch": True,
            "columnDetails": details,
            "limit": 0,
        }
        given = {"columnName": column, "config": json.dumps(config), "engine": _EVERY_ROW}
        self._openrefine.do("reconcile", self._number, given)
        self._wait()

    def extend(self, column: str, service: str, properties: Mapping[str, str]) -> None:
        """Add columns of what is known of the things that a column was matched with, by identifier and name."""
        extension = {"properties": [{"id": id_, "name": name} for id_, name in properties.items()]}
        given = {
            "baseColumnName": column,
            "columnInsertIndex": 1,
            "endpoint": service,
            **_spaces(service),
            "extension": json.dumps(extension),
            "engine": _EVERY_ROW,
        }
        self._openrefine.do("extend-data", self._number, given)
        self._wait()

    def judged(self, column: int = 0) -> list[Judged]:
        """What each name of a column was taken for."""
        given = {"project": self._number, "start": 0, "limit": 10_000, "engine": _EVERY_ROW}
        told = self._openrefine.get("get-rows", given)
        return [_judged(told["pool"]["recons"][str(row["cells"][column]["r"])]) for row in told["rows"]]

    def rows(self) -> list[dict[str, str]]:
        """The table, as csv has it."""
        return self._openrefine.export(self._number)

    def _wait(self) -> None:
        end = time.monotonic() + _PATIENCE
        while self._openrefine.get("get-processes", {"project": self._number})["processes"]:
            assert time.monotonic() < end, "OpenRefine did not come to an end."
            time.sleep(0.2)


def _spaces(service: str) -> dict[str, str]:
    """What the manifest of a service says of its identifiers, which the pages of OpenRefine pass on."""
    with Client() as web:
        told = web.get(service).json()
    return {name: told[name] for name in ("identifierSpace", "schemaSpace")}


def _judged(recon: Mapping[str, Any]) -> Judged:
    candidates = tuple(each["id"] for each in recon.get("c", ()))
    return Judged(recon["m"]["id"] if recon["j"] == "matched" else "", candidates)


@contextmanager
def running() -> Iterator[OpenRefine]:
    """OpenRefine, started on a free port of this machine with a folder of its own, and ended in the end."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with TemporaryDirectory(prefix="compgraph-openrefine-", ignore_cleanup_errors=True) as folder:
        log = Path(folder) / "log"
        command = ["openrefine", "-p", str(port), "-i", "127.0.0.1", "-d", folder, "-m", "512M"]
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*command, "-x", "refine.headless=true"], stdout=out, stderr=out, start_new_session=True
            )
        openrefine = OpenRefine(f"http://127.0.0.1:{port}")
        try:
            end = time.monotonic() + _PATIENCE
            while not openrefine.is_there():
                assert process.poll() is None and time.monotonic() < end, log.read_text()
                time.sleep(0.3)
            yield openrefine
        finally:
            openrefine.close()
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
