"""What a form asks for: names of things, texts and choices, with what was given and what was wrong with it."""

from collections.abc import Mapping
from typing import NamedTuple

from compgraph.questions import Question
from compgraph.questions.header import ANY, KINDS


class Field(NamedTuple):
    """One thing that a form asks for."""

    name: str
    label: str
    value: str
    described: str = ""
    kind: str = ""
    """Of what kind the thing is that it names, so that names can be offered; empty if it names none."""
    choices: tuple[str, ...] = ()
    is_required: bool = True


class Form(NamedTuple):
    """A form on a page, and what came of it."""

    fields: tuple[Field, ...]
    problem: str = ""
    """What was wrong with what was given."""
    is_asserted: bool = False
    """Whether what was only inferred is left out."""
    downloads: tuple[tuple[str, str], ...] = ()
    """The answer for programs: name of the format, address."""
    permalink: str = ""
    """The address of this very answer, of this state of the data."""


def question_fields(question: Question, values: Mapping[str, str]) -> tuple[Field, ...]:
    """What a question must be told, with the values that were given, or else those of its example."""
    return tuple(
        Field(
            each.name,
            each.name.replace("_", " "),
            values.get(each.name, each.default or "") if values else each.example,
            f"{each.description} “{ANY}” leaves it open." if each.default == ANY else each.description,
            each.kind if each.kind in KINDS else "",
            each.choices,
            each.default is None,
        )
        for each in question.parameters
    )


def pair_fields(one: str, other: str) -> tuple[Field, ...]:
    """Two things."""
    return Field("one", "one", one, kind="thing"), Field("other", "other", other, kind="thing")
