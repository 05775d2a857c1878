"""Exit 1 if a test was skipped for want of ../shared/ or a program that is there: ``no_skips.py JUNIT.xml``."""

import shutil
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

# What the machine has must be used; what it lacks may be skipped. CI installs the programs first (.ci/run).
THERE = {
    "shared": Path("../shared").is_dir(),
    "soffice": shutil.which("soffice"),
    **{program: shutil.which(program) for program in ("nginx", "apache2", "rapper", "openrefine", "fish", "zsh")},
    "comunica": Path(".venv/node_modules/@comunica").is_dir() and shutil.which("node"),
    "browser": Path(".venv/node_modules/axe-core").is_dir() and shutil.which("chromium"),
}
NEEDS = [name for name, there in THERE.items() if there]
skips = [
    f"{case.get('classname')}::{case.get('name')}: {skip.get('message')}"
    for case in ElementTree.parse(sys.argv[1]).iter("testcase")
    for skip in case.iter("skipped")
    if any(need in (skip.get("message") or "") for need in NEEDS)
]
print("\n".join(skips) or "No test was skipped for want of what is there.")
sys.exit(bool(skips))
