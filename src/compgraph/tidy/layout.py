"""Files laid out by hand (ontology, shapes, questions) keep their comments, so they are checked, never rewritten."""

import re
from collections.abc import Iterator

_PREFIX = re.compile(r"@prefix (\S*:) <")
_SECTION = re.compile(r"# \d+\.")
_SUBJECT = re.compile(r"(\S+)$")


def layout_faults(text: str, *, turtle: bool) -> Iterator[tuple[int, str]]:
    """The lines (from 1) of a hand-made file that break the house's layout, each with what to do."""
    yield from _white_space(text)
    if turtle:
        yield from _order(text, _PREFIX, "prefixes")
        yield from _full_stops(text)
        yield from _subjects(text)


def _white_space(text: str) -> Iterator[tuple[int, str]]:
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line != line.rstrip():
            yield number, "white space at the end of the line (or a CR LF line end): remove it"
        if "\t" in line:
            yield number, "a tab: use blanks"
    if lines[-1] != "" or text.endswith("\n\n"):
        yield len(lines), "the file should end in one line end"


def _order(text: str, pattern: re.Pattern[str], what: str) -> Iterator[tuple[int, str]]:
    last = ""
    for number, line in _outside_strings(text):
        if match := pattern.match(line):
            if match[1] < last:
                yield number, f"{match[1]} after {last}: put the {what} in alphabetical order"
            last = match[1]


def _full_stops(text: str) -> Iterator[tuple[int, str]]:
    for number, line in _outside_strings(text):
        if line.endswith(" .") and line.strip() != "." and not line.startswith(("@prefix", "#")):
            yield number, "a full stop behind a value: put it on a line of its own, so that adding a line changes one"


def _subjects(text: str) -> Iterator[tuple[int, str]]:
    """Subjects out of order; a numbered comment (``# 2. ...``) begins a new order."""
    last = ""
    for number, line in _outside_strings(text):
        if _SECTION.match(line):
            last = ""
        if line[:1] not in ("", " ", "#", "@", "[") and (match := _SUBJECT.match(line)):
            if match[1] < last:
                yield number, f"{match[1]} after {last}: put the subjects in alphabetical order"
            last = match[1]


def _outside_strings(text: str) -> Iterator[tuple[int, str]]:
    """The lines that do not begin inside a long string, as the SPARQL of a shape is one."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if not inside:
            yield number, line
        inside ^= line.count('"""') % 2 == 1
