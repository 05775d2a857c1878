"""What names may mean, as columns beside them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from compgraph.reconcile import Candidate

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
