"""Exit 1 unless sssom-py gives back every row of each file, without a warning: ``sssom_rows.py FILE...``.

Runs in an environment of its own: sssom-py brings old plugins of rdflib with it.
"""

import logging
import sys
import warnings
from pathlib import Path

from sssom.parsers import parse_sssom_table


class Counting(logging.Handler):
    """Remembers what was logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


# What is said of the code of sssom-py and pandas, not of our files.
OLD_STYLE = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)

handler = Counting()
logging.getLogger().addHandler(handler)
failed = False
for name in sys.argv[1:]:
    rows = sum(not line.startswith("#") for line in Path(name).read_text(encoding="utf-8").splitlines()) - 1
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = len(parse_sssom_table(name).df)
    own = [str(warning.message) for warning in caught if not issubclass(warning.category, OLD_STYLE)]
    faults = [*handler.said, *own, *([f"{found} rows of {rows}"] if found != rows else [])]
    print(f"{name}: {found} rows", *faults, sep="\n  ")
    failed |= bool(faults)
    handler.said.clear()
sys.exit(failed)
