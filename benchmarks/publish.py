"""How fast a site is published, and how that grows with the graph: python -m benchmarks.publish

Publishes compgraph's own five frameworks and a generated graph (see benchmarks/generate.py) of about 100 thousand
triples, each by the command itself in a process of its own, in turn, and takes the least time of each. A page is an
HTML file; its data, its part of the dumps and all else that is written is in the time, CASE and CTDL-ASN of each
framework included. Memory is the most that the
process held. Exits with 1 if a page takes more than twice as long in the large graph.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.generate import generate

LARGE = 100_000
LIMIT = 2.0
ROUNDS = 2


class Published(NamedTuple):
    """What a publication took."""

    seconds: float
    megabytes: float
    pages: int
    files: int
    triples: int

    @property
    def milliseconds_per_page(self) -> float:
        """The time of the whole, divided by the pages."""
        return 1000 * self.seconds / self.pages


def published(folder: Path, *options: str) -> Published:
    """What it takes to publish to a new folder, with these options of the command."""
    command = _command(*options, "publish", str(folder))
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.")
    written = [path for path in folder.rglob("*") if path.is_file()]
    return Published(
        seconds,
        used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024),
        sum(path.suffix == ".html" for path in written),
        len(written),
        (folder / "dumps/all.nq").read_bytes().count(b"\n"),
    )


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "compgraph", *arguments]


def line(name: str, found: Published) -> str:
    """A line of the report."""
    return (
        f"{name:<12} {found.triples:>9,} {found.pages:>7,} {found.files:>7,} {found.seconds:>7.1f} "
        f"{found.pages / found.seconds:>8.0f} {found.milliseconds_per_page:>9.2f} {found.megabytes:>6.0f}"
    )


def main() -> None:
    """Publish both in turn, report, and exit with 1 if the large graph misses the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", type=int, default=LARGE, help=f"triples of the large graph (default {LARGE:,})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each is published (default {ROUNDS})")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="compgraph-benchmark-") as name:
        folder = Path(name)
        generate(folder / "large", asked.large, progress=True)
        subprocess.run(_command("--workspace", str(folder / "large"), "--no-bundled", "ctids"), check=True)
        options: dict[str, tuple[str, ...]] = {
            "own": (),
            "generated": ("--workspace", str(folder / "large"), "--no-bundled"),
        }
        rounds: dict[str, list[Published]] = {each: [] for each in options}
        for number in range(asked.rounds):
            for each, given in options.items():
                rounds[each].append(published(folder / f"{each}-{number}", *given))
    print("graph          triples   pages   files       s  pages/s   ms/page     MB")
    least = {each: min(found) for each, found in rounds.items()}
    for each, found in least.items():
        print(line(each, found))
    ratio = least["generated"].milliseconds_per_page / least["own"].milliseconds_per_page
    print(f"\nA page of the generated graph takes {ratio:.2f} times as long.")
    sys.exit(f"That is more than {LIMIT:g} times." if ratio > LIMIT else 0)


if __name__ == "__main__":
    main()
