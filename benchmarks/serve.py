"""How fast the server is, beside others in the same run: python -m benchmarks.serve

wrk (apt-get install wrk) asks with ten connections. A label query, for one competency after the other, is asked of us
and of rdflib-endpoint (pip install rdflib-endpoint) over the same statements; and again with a comment that makes each
a query of its own, so that no answer can be at hand (nothing is promised of that). A cached page, a Turtle document and
a 304 are asked of us, and of Starlette under the same uvicorn, which answers a constant of the same size. The two run
in turn, so that a slow moment of the machine falls on both, and a ratio is the median of those of the rounds. Then
pages, data, questions and queries are mixed, a hundred thousand requests of them, and the memory of the server and of
its processes is looked at after a quarter and at the end.

Exits with 1 if the label query is less than 5 times as many a second as with rdflib-endpoint, one of the others less
than a third as many as with Starlette, or if memory grows by more than a tenth.
"""

import argparse
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import quote
from urllib.request import Request, urlopen

from compgraph.graph import open_graph
from compgraph.store import Table, Triples

FASTER_THAN_RDFLIB_ENDPOINT = 5.0
OF_STARLETTE = 1 / 3
GROWTH = 1.1
REQUESTS = 100_000

CONSTANT = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
port, size, status = map(int, sys.argv[1:])
body = b"x" * size
async def constant(request):
    return Response(body, status, media_type="text/html")
uvicorn.run(Starlette(routes=[Route("/", constant)]), port=port, access_log=False, log_level="warning")
"""
THEIRS = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Dataset(default_union=True)
graph.parse(sys.argv[2], format="nt")
uvicorn.run(SparqlEndpoint(path="/sparql", graph=graph), port=int(sys.argv[1]), access_log=False, log_level="warning")
"""
ASKING = """
local paths = {{{paths}}}
local count = 0
request = function()
  count = count + 1
  return wrk.format("GET", paths[count % #paths + 1] .. ({new} and "%20%23" .. count or ""), {{{headers}}})
end
"""


class Target(NamedTuple):
    """What is asked: a server's port, and the paths in turn."""

    port: int
    paths: Sequence[str]
    headers: str = ""
    is_new: bool = False
    """Whether each query has a comment of its own, so that no answer to it can be at hand."""


class Ran(NamedTuple):
    """What wrk counted."""

    requests: int
    a_second: float
    failed: int


def main() -> None:
    """Print the figures; exit with 1 if they miss what is promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="how often each runs (default 15)")
    parser.add_argument("--seconds", type=int, default=1, help="how long each runs (default 1)")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="compgraph-")))
        competencies = facts(folder / "all.nt")
        ours = stack.enter_context(running(["-m", "compgraph", "serve", "--port"]))
        theirs = stack.enter_context(running(["-c", THEIRS], str(folder / "all.nt")))
        kept = compared(ours.port, theirs.port, competencies, stack, given.rounds, given.seconds)
        flat = memory(ours, competencies)
    sys.exit(0 if kept and flat else 1)


def facts(path: Path) -> list[str]:
    """The IRIs of all competencies; what the default graph says is written to a file, for others to serve."""
    with open_graph() as graph:
        whole = graph.sparql("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        found = graph.sparql("SELECT ?c WHERE { ?c a cg:Competency } ORDER BY ?c")
    assert isinstance(whole, Triples) and isinstance(found, Table)
    path.write_text(whole.text)
    return [row[0].value for row in found.rows if row[0]]


def compared(ours: int, theirs: int, competencies: Sequence[str], stack: ExitStack, rounds: int, seconds: int) -> bool:
    """Whether each comparison gives what is promised; printed line by line."""
    page, turtle = "/doc/california/thoroughness.html", "/doc/california/thoroughness.ttl"
    labels = [f"/sparql?query={quote(LABEL % iri)}" for iri in competencies]
    told = [
        (name, Target(ours, labels, is_new=new), Target(theirs, labels, is_new=new), promised)
        for name, new, promised in (("a label query", False, FASTER_THAN_RDFLIB_ENDPOINT), ("asked anew", True, 0.0))
    ]
    for name, path, known in (("a cached page", page, ""), ("a Turtle document", turtle, ""), ("a 304", page, "tag")):
        size, tag = _seen(ours, path)
        constant = [str(0 if known else size), "304" if known else "200"]
        other = stack.enter_context(running(["-c", CONSTANT], *constant))
        headers = f'["If-None-Match"] = [[{tag}]]' if known else ""
        told.append((name, Target(ours, [path], headers), Target(other.port, ["/"]), OF_STARLETTE))
    print(f"{'':<20} {'ours, 1/s':>10} {'theirs':>10} {'ratio':>8} {'promised':>9}")
    kept = [_line(*each, rounds, seconds) for each in told]
    return all(kept)


LABEL = "SELECT ?label WHERE { <%s> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }"


def _line(name: str, ours: Target, theirs: Target, promised: float, rounds: int, seconds: int) -> bool:
    ran = [(asked(ours, seconds), asked(theirs, seconds)) for _ in range(rounds)]
    assert not any(each.failed for pair in ran for each in pair), f"{name}: some requests failed"
    ratio = statistics.median(one.a_second / other.a_second for one, other in ran)
    first, second = (statistics.median(each.a_second for each in column) for column in zip(*ran, strict=True))
    print(f"{name:<20} {first:>10.0f} {second:>10.0f} {ratio:>7.2f}x {promised:>8.2f}x", flush=True)
    return ratio >= promised


def memory(ours: "Running", competencies: Sequence[str]) -> bool:
    """Whether the server takes as much memory after a hundred thousand mixed requests as after a quarter of them."""
    local = [iri.rpartition("/id/")[2] for iri in competencies]
    paths = [f"/doc/{name}.{ending}" for name in local for ending in ("html", "ttl", "jsonld", "rdf", "nt")]
    paths += [f"/id/{name}" for name in local] + [f"/sparql?query={quote(LABEL % iri)}" for iri in competencies]
    paths += ["/", "/ns.ttl", "/void.ttl", "/search.html?q=thorougness", "/nothing", "/sparql?query=SELECT"]
    paths += ["/api/questions/becomes.csv?competency=Thoroughness", "/compare.html", "/questions/segments.html"]
    done, early = 0, 0
    while done < REQUESTS:
        done += asked(Target(ours.port, paths), seconds=5).requests
        if not early and done >= REQUESTS / 4:
            early = ours.memory()
    late = ours.memory()
    print(f"\nMemory: {early} MiB after a quarter of {done} mixed requests, {late} MiB after all of them")
    return late <= GROWTH * early


class Running(NamedTuple):
    """A server of this run."""

    port: int
    process: "subprocess.Popen[bytes]"

    def memory(self) -> int:
        """MiB that it and its processes hold."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        status = [Path(f"/proc/{pid}/status").read_text() for pid in (self.process.pid, *children)]
        return sum(int(found) for text in status for found in re.findall(r"VmRSS:\s+(\d+)", text)) // 1024


@contextmanager
def running(program: Sequence[str], *arguments: str) -> Iterator[Running]:
    """A Python program that serves at the port in its first argument; ended in the end."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, *program, str(port), *arguments], stderr=subprocess.DEVNULL)
    try:
        while not _listens(port):
            assert process.poll() is None, f"did not start: {program[:2]}"
            time.sleep(0.1)
        yield Running(port, process)
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _seen(port: int, path: str) -> tuple[int, str]:
    with urlopen(Request(f"http://127.0.0.1:{port}{path}")) as answer:
        return len(answer.read()), answer.headers["ETag"]


def asked(target: Target, seconds: int) -> Ran:
    """What wrk counts when it asks a server for so many seconds."""
    paths = ", ".join(f"[[{path}]]" for path in target.paths)
    with TemporaryDirectory(prefix="compgraph-") as folder:
        script = Path(folder) / "asking.lua"
        script.write_text(ASKING.format(paths=paths, headers=target.headers, new=str(target.is_new).lower()))
        command = ["wrk", "-t1", "-c10", f"-d{seconds}", "-s", str(script), f"http://127.0.0.1:{target.port}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    failed = [int(each) for each in re.findall(r"(?:Non-2xx or 3xx responses: |timeout )(\d+)", told)]
    requests, rate = re.findall(r"(\d+) requests in", told), re.findall(r"Requests/sec:\s+([\d.]+)", told)
    return Ran(int(requests[0]), float(rate[0]), sum(failed))


if __name__ == "__main__":
    main()
