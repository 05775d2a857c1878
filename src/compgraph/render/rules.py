"""Rules for people: a list, and a page for each."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from compgraph.render.people import Style, grid_text, shorten
from compgraph.terms import PREFIXES
from compgraph.validate import Rule

_UNVERIFIABLE = "Tells what cannot be verified: neither right nor wrong"
_MEANINGS = {
    "Violation": "Violation: what breaks it is not published",
    "Warning": "Warning: what breaks it is published, with a word that says so",
    "Info": "Info: advice",
}


class Example(NamedTuple):
    """A graph in Turtle that keeps a rule, or one that breaks it and what is said then."""

    name: str
    turtle: str


def rules_text(known: Mapping[str, Rule], *, width: int, style: Style = str) -> str:
    """The names of all rules with what each is about, those of one file of shapes together."""
    ordered = sorted(known.values(), key=lambda rule: (rule.file.stem, rule.name))
    rows = [[rule.file.stem, rule.name, rule.title or _first_sentence(rule.message)] for rule in ordered]
    return grid_text(["about", "rule", "what it finds"], rows, width=width, style=style)


def rule_page(rule: Rule, kept: Example | None = None, broken: Example | None = None) -> str:
    """What the rule says, why, of what, and an example of either kind, in Markdown."""
    parts = [f"# {rule.title or rule.name}", f"> {rule.message}"]
    if rule.reason:
        parts.append(rule.reason)
    parts.append("\n".join(f"- {fact}" for fact in _facts(rule)))
    parts += _example("Data that keeps it", kept)
    parts += _example("Data that breaks it", broken)
    return "\n\n".join(parts) + "\n"


def rules_index(known: Iterable[Rule]) -> str:
    """A page that leads to the pages of all rules, by the file of shapes that holds them."""
    ordered = sorted(known, key=lambda rule: (rule.file.stem, rule.name))
    parts = ["# Rules", "What `compgraph validate` holds data against. `compgraph rule NAME` prints a page."]
    for stem, group in groupby(ordered, key=lambda rule: rule.file.stem):
        lines = [f"- [{rule.name}]({rule.name}.md): {rule.title or _first_sentence(rule.message)}" for rule in group]
        parts += [f"## {stem.capitalize()}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _facts(rule: Rule) -> Iterable[str]:
    yield f"Rule: `{rule.name}`, in `shapes/{rule.file.name}`"
    yield _UNVERIFIABLE if rule.unverifiable else _MEANINGS[rule.severity]
    if rule.targets:
        yield "Held against: " + ", ".join(f"`{shorten(target, PREFIXES)}`" for target in rule.targets)


def _example(heading: str, example: Example | None) -> list[str]:
    return [f"## {heading}", f"```turtle\n{example.turtle.strip()}\n```"] if example else []


def _first_sentence(message: str) -> str:
    return message.partition(". ")[0].rstrip(".") + "."
