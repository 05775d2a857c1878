"""The header of a question's file: lines that begin with ``#+``, in YAML, to values that know their line."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import yaml
from yaml.reader import ReaderError

from compgraph.errors import FileError

MARK = "#+"


class Field(NamedTuple):
    """A value in a header, and where it stands."""

    path: Path
    name: str
    """What it is called in messages."""
    node: yaml.Node
    lines: tuple[int, ...]
    """The line of the file, from 1, that each line of the header is."""

    def fault(self, problem: str) -> FileError:
        """The error that says what is wrong with this value."""
        return FileError(self.path, problem, line=self.lines[min(self.node.start_mark.line, len(self.lines) - 1)])

    def text(self) -> str:
        """The value, as it is written, in one line. Raises FileError if it is empty, or more than a text."""
        words = self.node.value.split() if isinstance(self.node, yaml.ScalarNode) else []
        if not words:
            raise self.fault(f"{self.name} is empty, or no text. Write one after the colon; in quotes, if in doubt.")
        return " ".join(words)

    def texts(self) -> tuple[str, ...]:
        """The members of a list; a text alone is a list of one. Raises FileError if one is empty, or there is none."""
        if not isinstance(self.node, yaml.SequenceNode) or not self.node.value:
            return (self.text(),)
        return tuple(self._replace(node=node, name=f"a member of {self.name}").text() for node in self.node.value)

    def fields(self) -> Mapping[str, "Field"]:
        """The values by key. Raises FileError if it has no keys, or one of them twice."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault(f"{self.name} is to have keys with values. Write one a line, indented, or {{}} for none.")
        found: dict[str, Field] = {}
        for key_node, node in self.node.value:
            key = self._replace(node=key_node, name=f"a key in {self.name}").text()
            if key in found:
                raise self._replace(node=key_node).fault(f"{self.name} has the key {key!r} twice. Keep one of the two.")
            found[key] = self._replace(node=node, name=repr(key))
        return found


def header_of(path: Path, text: str) -> Field:
    """The header of a question's file. Raises FileError if there is none, or if it is no YAML."""
    marked = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.startswith(MARK)]
    lines = tuple(number for number, _ in marked)
    content = "\n".join(line.removeprefix(MARK).removeprefix(" ").rstrip() for _, line in marked)
    try:
        node = yaml.compose(content)
    except (yaml.YAMLError, RecursionError) as error:
        problem, line = _what_is_wrong(error, content)
        raise FileError(path, f"the header {problem} Mend it.", line=lines[line]) from error
    if not isinstance(node, yaml.MappingNode):
        raise FileError(path, f"has no header: begin with lines '{MARK} title: ...'.", line=1)
    return Field(path, "the header", node, lines)


def _what_is_wrong(error: yaml.YAMLError | RecursionError, content: str) -> tuple[str, int]:
    """Why this is no YAML, and in which of its lines, from 0."""
    if isinstance(error, ReaderError):
        line = content.count("\n", 0, error.position)
        return f"has the character U+{error.character:04X}, which is not for texts.", line
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"is no YAML: {error.problem}.", min(error.problem_mark.line, content.count("\n"))
    return "has too many brackets in each other.", 0
