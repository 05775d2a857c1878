"""Try the wheel in empty environments outside the checkout, on the oldest and the newest Python that are here.

Every ``python3.N`` on the path is looked at, and every version that pyenv keeps. Exits with 1 if the wheel does not
say its version, or does not answer, on one of them.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
ANSWER = "Results Orientation"


def main() -> None:
    """Build the wheel and try it."""
    found = pythons()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), at=ROOT)
        (wheel,) = folder.glob("*.whl")
        for number in sorted({min(found), max(found)}):
            said = tried(folder / "-".join(map(str, number)), found[number], wheel)
            if not said.startswith(f"compgraph, version {wheel.name.split('-')[1]}\n") or ANSWER not in said:
                sys.exit(f"Python {'.'.join(map(str, number))} says something else:\n{said}")
            print(f"Python {'.'.join(map(str, number))}: the wheel is installed, says its version and answers.")


def pythons() -> dict[tuple[int, ...], Path]:
    """The interpreters that compgraph supports and that can make an environment, by version."""
    folders = [Path(name) for name in os.environ.get("PATH", "").split(os.pathsep)]
    folders += sorted((Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions").glob("*/bin"))
    ask = "import ensurepip, sys; print(*sys.version_info[:2])"
    found: dict[tuple[int, ...], Path] = {tuple(sys.version_info[:2]): Path(sys.executable)}
    for path in (path for folder in folders for path in sorted(folder.glob("python3.*"))):
        if re.fullmatch(r"python3\.\d+", path.name):
            said = subprocess.run([path, "-c", ask], capture_output=True, text=True, check=False)
            number = tuple(int(word) for word in said.stdout.split())
            if number >= OLDEST:
                found.setdefault(number, path)
    return found


def tried(folder: Path, python: Path, wheel: Path) -> str:
    """What the installed program says of its version, and answers."""
    run(folder.parent, python, "-m", "venv", folder)
    run(folder, folder / "bin/pip", "install", "--quiet", wheel)
    compgraph = folder / "bin/compgraph"
    asked = run(folder, compgraph, "ask", "becomes", "--competency", "Thoroughness")
    return run(folder, compgraph, "--version") + asked


def run(folder: Path, *command: str | Path, at: Path | None = None) -> str:
    """Run a command that must succeed; what it prints."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "PIP_INDEX_URL", "PIP_CONFIG_FILE") if name in os.environ
    }
    environment = kept | {"XDG_CACHE_HOME": str(folder / "cache")}
    done = subprocess.run(command, cwd=at or folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
