"""How soon what would run for long ends: python -m benchmarks.stopping

Seconds from Ctrl-C, and for a query also seconds beyond the time limit, until the process is gone. Validation of a
generated graph is stopped at several moments, since an engine that does not listen is deaf at some of them only.
"""

import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generate import generate

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?f && ?c != ?i) }"
PROGRAM = [sys.executable, "-m", "compgraph"]
QUERY = [*PROGRAM, "sparql", ENDLESS]
LIMIT = 2.0
MOMENTS = (0.5, 1.0, 2.0, 3.0, 4.0)
"""Seconds after the start."""
TRIPLES = 100_000


def interrupted(command: list[str], after: float = LIMIT) -> float:
    """Seconds from Ctrl-C to the end."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    if process.poll() is not None:
        raise SystemExit(f"This ended by itself: {' '.join(command)}")
    start = time.perf_counter()
    process.send_signal(signal.SIGINT)
    process.wait()
    return time.perf_counter() - start


def limited() -> float:
    """Seconds that a run with a time limit takes beyond it, start-up included."""
    start = time.perf_counter()
    subprocess.run([*QUERY, "--timeout", str(LIMIT)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start - LIMIT


def report(name: str, seconds: list[float]) -> None:
    """Print the median and the longest."""
    print(f"{name}: median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s of {len(seconds)} runs")


if __name__ == "__main__":
    subprocess.run([*PROGRAM, "ask"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    report("query, after Ctrl-C", [interrupted(QUERY) for _ in range(5)])
    report("query, beyond --timeout", [limited() for _ in range(5)])
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        generate(made, TRIPLES)
        validation = [*PROGRAM, "--workspace", str(made), "--no-bundled", "validate"]
        report("validation, after Ctrl-C", [interrupted(validation, moment) for moment in MOMENTS])
