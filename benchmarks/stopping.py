"""How soon a query that would run for hours ends: python benchmarks/stopping.py

Seconds from Ctrl-C, and seconds beyond the time limit, until the process is gone.
"""

import signal
import statistics
import subprocess
import sys
import time

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?f && ?c != ?i) }"
COMMAND = [sys.executable, "-m", "compgraph", "sparql", ENDLESS]
LIMIT = 2.0


def interrupted() -> float:
    """Seconds from Ctrl-C to the end."""
    process = subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(LIMIT)
    start = time.perf_counter()
    process.send_signal(signal.SIGINT)
    process.wait()
    return time.perf_counter() - start


def limited() -> float:
    """Seconds that a run with a time limit takes beyond it, start-up included."""
    start = time.perf_counter()
    subprocess.run(
        [*COMMAND, "--timeout", str(LIMIT)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return time.perf_counter() - start - LIMIT


if __name__ == "__main__":
    subprocess.run([sys.executable, "-m", "compgraph", "ask"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for name, measure in (("after Ctrl-C", interrupted), ("beyond --timeout", limited)):
        print(f"{name}: median {statistics.median(measure() for _ in range(5)):.2f} s of 5 runs")
