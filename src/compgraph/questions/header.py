"""A question's file: a ``#+`` header in YAML, then SPARQL that runs anywhere as it stands."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from compgraph.errors import FileError
from compgraph.terms import BEHAVIOUR, COMPETENCY, FRAMEWORK, INDICATOR, LEVEL, ROLE_PROFILE

KINDS: Mapping[str, str | None] = {
    "competency": COMPETENCY,
    "framework": FRAMEWORK,
    "indicator": INDICATOR,
    "behaviour": BEHAVIOUR,
    "level": LEVEL,
    "role": ROLE_PROFILE,
    "thing": None,
}
"""What a parameter can name, and the class whose members it takes; ``thing`` is of any class."""
TEXT, NUMBER, CHOICE = "text", "number", "choice"
ANY = "any"
"""The default of a parameter that may be left open."""

TAKEN = frozenset(
    ("asserted", "cite", "format", "format_", "help", "ids", "reasoner", "sparql", "timeout", "version", "workspace")
)
"""What no parameter can be called: its option of ``compgraph ask`` would be another's."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = ("title", "question", "description", "parameters", "columns", "tags", "misread")
_PARAMETER_KEYS = ("kind", "description", "default", "choices")
_MARK = "#+"
_VALUES = re.compile(r"VALUES\s*\(\s*\?(\w+)\s*\)\s*\{\s*\(\s*(\"(?:[^\"\\\n]|\\.)*\"|[^\s()\"]+)\s*\)\s*\}")


class Parameter(NamedTuple):
    """What a question must be told."""

    name: str
    kind: str
    description: str
    example: str
    """The value that stands in the file, as a user would give it."""
    default: str | None = None
    """What holds if nothing is given; ``any`` leaves it open. None: it must be given."""
    choices: tuple[str, ...] = ()


class Question(NamedTuple):
    """A canned question."""

    name: str
    title: str
    question: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str]
    tags: tuple[str, ...]
    misread: str
    query: str
    """The SPARQL below the header, with the example in place."""

    @property
    def family(self) -> str:
        """The first of its tags, under which it is listed."""
        return self.tags[0]

    def with_values(self, terms: Mapping[str, str]) -> str:
        """The query with other values: ``terms`` are RDF terms as SPARQL writes them, by parameter."""

        def put(match: re.Match[str]) -> str:
            return f"VALUES (?{match[1]}) {{ ({terms[match[1]]}) }}" if match[1] in terms else match[0]

        return _VALUES.sub(put, self.query)


def read_question(path: Path) -> Question:
    """The question of a file. Raises FileError, with the line, for a header or a query that is not as it should be."""
    text = _read(path)
    header, line = _header(path, text)
    _check_keys(path, header, line)
    query = "".join(part for part in text.splitlines(keepends=True) if not part.startswith(_MARK))
    return Question(
        name=path.stem,
        title=_text(header["title"]),
        question=_text(header["question"]),
        description=_text(header["description"]),
        parameters=tuple(_parameters(path, header, query)),
        columns=_columns(path, header, query),
        tags=tuple(str(tag) for tag in _list(header["tags"])),
        misread=_text(header["misread"]),
        query=query,
    )


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(path, f"can't be read as UTF-8 ({error}). Check the file.") from error


def _header(path: Path, text: str) -> tuple[dict[str, object], int]:
    import yaml

    lines = [line.removeprefix(_MARK).removeprefix(" ") for line in text.splitlines() if line.startswith(_MARK)]
    try:
        header = yaml.safe_load("\n".join(lines))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FileError(path, f"the header is no YAML: {error.problem}. Mend it.", line=line) from error
    if not isinstance(header, dict):
        raise FileError(path, f"has no header: begin with lines '{_MARK} title: ...'.", line=1)
    return header, len(lines)


def _check_keys(path: Path, header: Mapping[str, object], lines: int) -> None:
    for key in header:
        if key not in _KEYS:
            raise FileError(path, f"the header has an unknown key {key!r}. Known are: {', '.join(_KEYS)}.", line=1)
    for key in _KEYS:
        if key not in header:
            raise FileError(path, f"the header lacks {key!r}: add a line '{_MARK} {key}: ...'.", line=lines)
    if not _list(header["tags"]):
        raise FileError(path, "the header has no tag: name at least one, under which the question is listed.", line=1)


def _parameters(path: Path, header: Mapping[str, object], query: str) -> Iterator[Parameter]:
    examples = {match[1]: match[2] for match in _VALUES.finditer(query)}
    declared = _mapping(header["parameters"])
    for name in examples.keys() - declared.keys():
        raise FileError(path, f"VALUES gives ?{name}, which the header doesn't declare under parameters.")
    for name, entry in declared.items():
        if name not in examples:
            raise FileError(path, f"parameter {name!r} needs a line 'VALUES (?{name}) {{ (<example>) }}' in the query.")
        yield _parameter(path, name, _mapping(entry), examples[name])


def _parameter(path: Path, name: str, fields: Mapping[str, object], example: str) -> Parameter:
    if not _NAME.fullmatch(name) or name in TAKEN:
        problem = (
            f"parameter {name!r} becomes an option of compgraph ask, which can't have that name. Rename it here and"
        )
        raise FileError(
            path, f"{problem} in the query: small letters, digits and underscores, and none of its own options."
        )
    kind = fields.get("kind")
    if kind not in (*KINDS, TEXT, NUMBER, CHOICE) or not fields.get("description"):
        kinds = ", ".join((*KINDS, TEXT, NUMBER, CHOICE))
        raise FileError(path, f"parameter {name!r} needs a kind ({kinds}) and a description.")
    for key in fields:
        if key not in _PARAMETER_KEYS:
            raise FileError(
                path, f"parameter {name!r} has an unknown key {key!r}. Known: {', '.join(_PARAMETER_KEYS)}."
            )
    choices = tuple(str(choice) for choice in _list(fields.get("choices", [])))
    if (kind == CHOICE) != bool(choices):
        raise FileError(path, f"parameter {name!r} needs choices if it is a choice, and none if it is not.")
    default = None if fields.get("default") is None else str(fields["default"])
    given = json.loads(example) if example.startswith('"') else ANY if example == "UNDEF" else example
    return Parameter(name, str(kind), _text(fields["description"]), given, default, choices)


def _columns(path: Path, header: Mapping[str, object], query: str) -> dict[str, str]:
    columns = {name: _text(meaning) for name, meaning in _mapping(header["columns"]).items()}
    head = query[query.upper().find("SELECT") : query.upper().find("WHERE")]
    selected = re.findall(r"\?(\w+)", re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\bAS\s+(\?\w+)\s*\)", r"\1", head))
    if list(columns) != selected:
        raise FileError(path, f"the header describes the columns {list(columns)}, the query selects {selected}.")
    return columns


def _mapping(value: object) -> dict[str, object]:
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    return " ".join(str(value).split())
