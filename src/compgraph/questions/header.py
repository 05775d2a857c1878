"""A question's file: a ``#+`` header in YAML, then SPARQL that runs anywhere as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compgraph.errors import FileError
from compgraph.questions import values
from compgraph.terms import BEHAVIOUR, COMPETENCY, FRAMEWORK, INDICATOR, LEVEL, ROLE_PROFILE

if TYPE_CHECKING:
    from compgraph.questions.fields import Field

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
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_KEYS = ("title", "question", "description", "parameters", "columns", "tags", "misread")
_PARAMETER_KEYS = ("kind", "description", "default", "choices")


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

    def fault(self, value: str) -> str | None:
        """Why this value can't be given for it, if it can't: no number, or none of the choices."""
        if value == ANY == self.default:
            return None
        if self.kind == CHOICE and value not in self.choices:
            return f"{self.name} is one of {', '.join(self.choices)}, not {value!r}."
        if self.kind == NUMBER and not _NUMBER.fullmatch(value):
            return f"{self.name} is a number such as 3 or 0.5, not {value!r}."
        return None


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
        """The query with other values: ``terms`` are RDF terms as SPARQL writes them, by parameter.

        Told ``{"level": "<urn:a>"}``, a query with the line ``VALUES (?level) { (california:level.manager) }`` has
        ``VALUES (?level) { (<urn:a>) }`` there, wherever the line stands, and all else as it was.
        """
        return values.with_values(self.query, terms)


def read_question(path: Path) -> Question:
    """The question of a file. Raises FileError, with the line, for a header or a query that is not as it should be."""
    from compgraph.load.files import file_text
    from compgraph.questions.fields import MARK, header_of

    text = file_text(path)
    header = header_of(path, text)
    fields = header.fields()
    _check_keys(header, fields)
    query = re.sub(rf"^{re.escape(MARK)}.*\n?", "", text, flags=re.MULTILINE)
    declared = fields["parameters"].fields()
    # With empty lines for those of the header, so that what is wrong is told where it stands.
    examples = values.examples(path, re.sub(rf"^{re.escape(MARK)}.*$", "", text, flags=re.MULTILINE), declared)
    return Question(
        name=path.stem,
        title=fields["title"].text(),
        question=fields["question"].text(),
        description=fields["description"].text(),
        parameters=tuple(_parameters(path, declared, examples)),
        columns=_columns(fields["columns"], query),
        tags=fields["tags"].texts(),
        misread=fields["misread"].text(),
        query=query,
    )


def _check_keys(header: Field, fields: Mapping[str, Field]) -> None:
    for key in fields:
        if key not in _KEYS:
            raise fields[key].fault(f"the header has an unknown key {key!r}. Known are: {', '.join(_KEYS)}.")
    for key in _KEYS:
        if key not in fields:
            raise header.fault(f"the header lacks {key!r}: add a line '#+ {key}: ...'.")


def _parameters(path: Path, declared: Mapping[str, Field], examples: Mapping[str, str]) -> Iterator[Parameter]:
    if unknown := sorted(examples.keys() - declared.keys()):
        names = " and ".join(f"?{name}" for name in unknown)
        raise FileError(path, f"VALUES gives {names}, which the header doesn't declare under parameters. Add it there.")
    for name, entry in declared.items():
        _check_name(name, entry)
        if name not in examples:
            raise entry.fault(f"parameter {name!r} needs a line 'VALUES (?{name}) {{ (<example>) }}' in the query.")
        yield _parameter(name, entry, ANY if examples[name] == "UNDEF" else examples[name])


def _check_name(name: str, entry: Field) -> None:
    if not _NAME.fullmatch(name) or name in TAKEN:
        raise entry.fault(
            f"parameter {name!r} becomes an option of compgraph ask, which can't have that name. Rename it here and "
            "in the query: small letters, digits and underscores, and none of its own options."
        )


def _parameter(name: str, entry: Field, example: str) -> Parameter:
    fields = entry.fields()
    for key in fields:
        if key not in _PARAMETER_KEYS:
            known = ", ".join(_PARAMETER_KEYS)
            raise fields[key].fault(f"parameter {name!r} has an unknown key {key!r}. Known: {known}.")
    kinds = (*KINDS, TEXT, NUMBER, CHOICE)
    if not {"kind", "description"} <= fields.keys() or fields["kind"].text() not in kinds:
        raise entry.fault(f"parameter {name!r} needs a kind ({', '.join(kinds)}) and a description.")
    kind = fields["kind"].text()
    choices = fields["choices"].texts() if "choices" in fields else ()
    if (kind == CHOICE) != bool(choices):
        raise entry.fault(f"parameter {name!r} needs choices if it is a choice, and none if it is not.")
    default = fields["default"].text() if "default" in fields else None
    parameter = Parameter(name, kind, fields["description"].text(), example, default, choices)
    for what, value in (("default", default), ("example in VALUES", example)):
        if value is not None and (fault := parameter.fault(value)):
            raise entry.fault(f"the {what} can't be given: {fault} Correct it.")
    return parameter


def _columns(field: Field, query: str) -> dict[str, str]:
    columns = {name: meaning.text() for name, meaning in field.fields().items()}
    head = query[query.upper().find("SELECT") : query.upper().find("WHERE")]
    selected = re.findall(r"\?(\w+)", re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\bAS\s+(\?\w+)\s*\)", r"\1", head))
    if list(columns) != selected:
        raise field.fault(f"the header describes the columns {list(columns)}, the query selects {selected}.")
    return columns
