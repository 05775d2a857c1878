"""The header of an SSSOM TSV file: YAML in lines that begin with ``#`` (SSSOM 1.1, https://w3id.org/sssom/)."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from compgraph.errors import FileError
from compgraph.load.files import DEEPEST

# All values are texts, as they are written. In C where PyYAML was built so, which is ten times faster.
_YAML = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_REQUIRED = ("mapping_set_id", "license")
_KEY = re.compile(r"#(\s*)([^\s#:-][^:]*?)\s*:(?:\s|$)")


class Header(NamedTuple):
    """What the header of a mapping set says, and the line of each slot, from 1."""

    slots: Mapping[str, object]
    lines: Mapping[str, int]


def read_header(path: Path, lines: Sequence[str]) -> Header:
    """The slots of a header that have a value. Raises FileError, with the line, for what is no header of a set."""
    places = _lines(path, lines)
    header = _yaml(path, "\n".join(line[1:].rstrip("\r") for line in lines))
    if not isinstance(header, dict):
        raise FileError(path, "has no header: begin with lines '#mapping_set_id: ...' and '#license: ...'.", line=1)
    slots = {str(key): value for key, value in header.items() if value}
    for key in _REQUIRED:
        if key not in slots:
            raise FileError(path, f"the header lacks {key}: add a line '#{key}: ...'.", line=places.get(key, 1))
    for key, value in slots.items():
        if problem := _misused(key, value):
            raise FileError(path, problem, line=places.get(key, 1))
    return Header(slots, places)


def _lines(path: Path, lines: Sequence[str]) -> dict[str, int]:
    """The line of each slot of the header: of each key that is indented as the first one is."""
    found: dict[str, int] = {}
    keys = [(key, number) for number, line in enumerate(lines, 1) if (key := _KEY.match(line))]
    for key, number in keys:
        if key[1] == keys[0][0][1] and found.setdefault(key[2], number) != number:
            raise FileError(path, f"the header has {key[2]} a second time: keep one.", line=number)
    return found


def _yaml(path: Path, text: str) -> object:
    """What a header says. Raises FileError also for what would grow without end, or is too deep for the parser."""
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_YAML):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST or isinstance(event, yaml.AliasEvent):
                problem = "the header repeats a value by an alias (*), or nests too deep. Write each value out."
                raise FileError(path, problem, line=_line(event.start_mark))
        return yaml.load(text, Loader=_YAML)  # noqa: S506 - it makes nothing but texts, lists and mappings
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise FileError(path, f"the header is no YAML: {error.reason}. Remove the sign.", line=line) from error
    except yaml.MarkedYAMLError as error:
        problem = f"the header is no YAML: {error.problem}. Mend it."
        raise FileError(path, problem, line=_line(error.problem_mark)) from error


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1


def _misused(key: str, value: object) -> str:
    """What is wrong with a slot of the header; empty if nothing is."""
    if not key.isidentifier():
        return f"{key!r} is no name of a slot: correct or remove it."
    if key == "curie_map" and not isinstance(value, dict):
        return "curie_map is no list of prefixes. Write each below it, as '#  prefix: https://...'."
    return ""
