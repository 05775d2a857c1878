"""The page ``docs/model.md``: the model as a diagram, and each class with one real node."""

from collections.abc import Mapping, Sequence

from compgraph.render.people import shorten
from compgraph.vocabulary import Class, Relation

_HEAD = """\
# The model

Made from `ontology/compgraph.ttl` and the data. Small on purpose: on top of SKOS, Dublin Core and SSSOM, within the
OWL 2 RL profile, and no term that those already have. Two things in it are easily taken for one: *who* is asked
(a role level) and *how well* (a proficiency level).

A solid arrow is a property whose two ends the ontology states. A dotted arrow is one that it leaves open at an end,
as the frameworks use it.

"""


def model_page(classes: Sequence[Class], relations: Sequence[Relation], *, prefixes: Mapping[str, str]) -> str:
    """The page, in Markdown with a Mermaid diagram."""
    return _HEAD + _diagram(classes, relations) + "".join(_section(each, prefixes) for each in classes)


def _diagram(classes: Sequence[Class], relations: Sequence[Relation]) -> str:
    labels = {each.iri: each.label for each in classes}
    lines = [f'    {_name(iri)}["{label}"]' for iri, label in labels.items()]
    lines += [
        f"    {_name(each.iri)} == is a ==> {_name(wider)}"
        for each in classes
        for wider in each.broader
        if wider in labels
    ]
    lines += [
        f"    {_name(each.start)} {'-.' if each.observed else '--'} {each.label} "
        f"{'.->' if each.observed else '-->'} {_name(each.end)}"
        for each in relations
        if each.start in labels and each.end in labels
    ]
    return "```mermaid\nflowchart LR\n" + "".join(f"{line}\n" for line in lines) + "```\n"


def _section(each: Class, prefixes: Mapping[str, str]) -> str:
    kinds = ", ".join(f"`{shorten(wider, prefixes)}`" for wider in each.broader)
    lines = [
        f"\n## {each.label}\n",
        f"`{shorten(each.iri, prefixes)}`" + (f", a kind of {kinds}" if kinds else "") + "\n",
    ]
    lines.append(each.definition + (f" {each.note}" if each.note else "") + "\n")
    if each.example:
        name = f": {each.example_name}" if each.example_name else ""
        lines.append(f"For example `{shorten(each.example, prefixes)}`{name}")
    else:
        lines.append("The five frameworks have none.")
    return "\n".join(lines) + "\n"


def _name(iri: str) -> str:
    return iri.rpartition("#")[2].replace("-", "_")
