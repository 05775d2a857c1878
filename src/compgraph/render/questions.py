"""A canned question as a page: what it asks, its answer on this data, what not to misread, and the SPARQL."""

from collections.abc import Iterable, Mapping

from compgraph.questions import Parameter, Question, by_family
from compgraph.render.documents import markdown_text
from compgraph.store import Table

SHOWN = 12
"""How many rows of the example's answer stand on the page."""


def question_page(question: Question, answer: Table, *, prefixes: Mapping[str, str]) -> str:
    """The page of a question, in Markdown, with its example's answer."""
    given = " ".join(f"--{parameter.name} '{parameter.example}'" for parameter in question.parameters)
    shown = Table(answer.columns, answer.rows[:SHOWN])
    more = len(answer.rows) - len(shown.rows)
    parts = [
        f"# {question.title}\n\n**{question.question}**\n\n{question.description}\n",
        f"**Not to be misread**: {question.misread}\n",
        "## Parameters\n\n" + "".join(map(_parameter, question.parameters)) if question.parameters else "",
        "## Columns\n\n" + "".join(f"- `{name}`: {meaning}\n" for name, meaning in question.columns.items()),
        f"## Example\n\n```sh\ncompgraph ask {question.name} {given}".rstrip() + "\n```\n",
        markdown_text(shown, prefixes=prefixes) + (f"\nand {more} more rows.\n" if more else ""),
        f"## SPARQL\n\n```sparql\n{question.query}```\n",
    ]
    return "\n".join(part for part in parts if part)


def questions_page(questions: Iterable[Question]) -> str:
    """The list of all questions by family, in Markdown."""
    sections = [
        f"\n## {family.capitalize()}\n\n"
        + "".join(f"- [{each.name}]({each.name}.md): {each.question}\n" for each in found)
        for family, found in by_family(questions)
    ]
    return "# The questions\n\nMade from the files in `queries/`; ask them with `compgraph ask NAME`.\n" + "".join(
        sections
    )


def _parameter(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f", {parameter.default} if not given"
    choices = f" ({', '.join(parameter.choices)})" if parameter.choices else ""
    return f"- `{parameter.name}`, a {parameter.kind}{default}: {parameter.description}{choices}\n"
