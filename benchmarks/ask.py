"""How long a second ``compgraph ask`` takes as a whole process, beside importing what it can't do without.

python benchmarks/ask.py [--runs N]     the two commands in turn; medians, and the median of the ratios pair by pair
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASK = [str(Path(sys.executable).with_name("compgraph")), "ask", "becomes", "--competency", "Thoroughness"]
FLOOR = [sys.executable, "-c", "import click, pyoxigraph"]
HELP = [ASK[0], "--help"]


def seconds(command: list[str]) -> float:
    """The time one run of a command takes, its output piped."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - start


def compare(name: str, command: list[str], runs: int) -> None:
    """Print medians and ratio of a command and of the floor, run in turn."""
    seconds(command), seconds(FLOOR)
    pairs = [(seconds(command), seconds(FLOOR)) for _ in range(runs)]
    ratio = statistics.median(one / other for one, other in pairs)
    ours, floor = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name}: {ours:.0f} ms, import click, pyoxigraph: {floor:.0f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=21)
    runs = parser.parse_args().runs
    compare("compgraph ask", ASK, runs)
    compare("compgraph --help", HELP, runs)
