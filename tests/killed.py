"""Runs compgraph and kills it on the way: killed.py (CHANGE N | AFTER SECONDS | COUNT FILE) ARGUMENTS...

``CHANGE n`` kills the process just before the nth time that it opens a file to write, or makes, renames or removes
one; ``AFTER s`` kills it s seconds after compgraph was loaded, so also in the middle of a write. ``COUNT file`` kills
nothing and writes down how many changes there were and how long they took.
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path

CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main() -> None:
    """Load compgraph, set the trap, and run it."""
    how, limit, *arguments = sys.argv[1:]
    from compgraph.cli.main import main as compgraph

    changes = 0

    def count(event: str, details: tuple[object, ...]) -> None:
        nonlocal changes
        flags = details[2] if event == "open" else 0
        if event in CHANGES or (isinstance(flags, int) and flags & WRITING):
            changes += 1
            if how == "CHANGE" and changes == int(limit):
                _kill()

    sys.addaudithook(count)
    if how == "AFTER":
        timer = threading.Timer(float(limit), _kill)
        timer.daemon = True
        timer.start()
    start = time.perf_counter()
    try:
        compgraph(arguments, standalone_mode=False)
    finally:
        if how == "COUNT":
            Path(limit).write_text(f"{changes} {time.perf_counter() - start}")


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
