"""Exit 1 if a test that needs ../shared/ was skipped although that is there: ``no_skips.py JUNIT.xml``."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

skips = [
    f"{case.get('classname')}::{case.get('name')}: {skip.get('message')}"
    for case in ElementTree.parse(sys.argv[1]).iter("testcase")  # noqa: S314  (pytest's own report)
    for skip in case.iter("skipped")
    if "shared" in (skip.get("message") or "")
]
print("\n".join(skips) or "No test that needs ../shared/ was skipped.")  # noqa: T201
sys.exit(bool(skips) and Path("../shared").is_dir())
