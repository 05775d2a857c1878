"""What names may mean, as columns beside them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from compgraph.reconcile import Candidate
from compgraph.render.templates import filled
from compgraph.store.names import Node

_COLUMNS = ("match", "identifier", "label", "framework", "score", "candidates")
MATCHED, UNSURE, NONE = "matched", "unsure", "none"


def headings(column: str) -> tuple[str, ...]:
    """The headings of what is told of a column."""
    return tuple(f"{column} {told}" for told in _COLUMNS)


def cells(name: str, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """What is told of a name: its identifier if that is safe, else the candidates; nothing where there is no name."""
    if not name:
        return ("",) * len(_COLUMNS)
    if not candidates:
        return (NONE, *[""] * (len(_COLUMNS) - 1))
    best = candidates[0]
    if best.match:
        return (MATCHED, best.node.iri, best.node.label, best.node.framework, f"{best.score:g}", "")
    listed = "; ".join(f"{each.node.curie} {each.node.label} ({each.score:g})" for each in candidates)
    return (UNSURE, "", "", "", f"{best.score:g}", listed)


def summary(column: str, rows: Iterable[Sequence[str]]) -> str:
    """How many names were matched and how many were not, as a sentence."""
    told = Counter(row[0] for row in rows if row[0])
    return (
        f"{told.total()} names in {column!r}: {told[MATCHED]} matched, {told[UNSURE]} unsure (their candidates are "
        f"listed), {told[NONE]} like nothing.\n"
    )


def preview_page(node: Node, described: str, facts: Iterable[tuple[str, Sequence[str]]]) -> str:
    """A small page about a thing, to be shown beside its name."""
    return filled("reconciled.html", label=node.label, iri=node.iri, described=described, facts=facts)


def flyout_text(name: str, texts: Sequence[str]) -> str:
    """A few words about something, as a piece of HTML."""
    return filled("reconciled-flyout.html", name=name, texts=texts)
