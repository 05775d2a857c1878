"""The frameworks side by side for people, and as the page that lies beside the data."""

from collections.abc import Sequence

from compgraph.frameworks import Framework
from compgraph.mappings import PREDICATES, Pair
from compgraph.render.people import Style, grid_text
from compgraph.terms import plural, words


def frameworks_text(frameworks: Sequence[Framework], *, width: int, style: Style = str) -> str:
    """One column a framework, one line a fact."""
    names = {"issued by": "issuer", "issued": "issued", "rights": "rights", "source": "source"}
    rows = [[name, *(str(getattr(each, field)) for each in frameworks)] for name, field in names.items()]
    kinds = list(dict.fromkeys(kind for each in frameworks for kind in each.counts))
    rows += [[_plural(kind), *(str(each.counts.get(kind, "")) for each in frameworks)] for kind in kinds]
    rows.append(["levels", *("; ".join(map(", ".join, each.scales.values())) for each in frameworks)])
    rows.append(["links", *(str(each.links or "") for each in frameworks)])
    rows.append(["nodes with a note", *(str(each.noted or "") for each in frameworks)])
    return grid_text(["", *(each.label for each in frameworks)], rows, width=width, style=style)


def pairs_text(pairs: Sequence[Pair], *, width: int, style: Style = str) -> str:
    """A line for each pair: links by predicate, then competencies of both sides that have none, and that wait."""
    names = [predicate.removesuffix("Match") for predicate in PREDICATES]
    headings = ["frameworks", *names, "none found", "not looked at"]
    rows = []
    for pair in pairs:
        one, other = pair.sides
        counts = [str(pair.links.get(predicate, "")) for predicate in PREDICATES]
        none, waiting = f"{one.none_found} + {other.none_found}", f"{one.not_looked_at} + {other.not_looked_at}"
        rows.append([f"{one.framework} / {other.framework}", *counts, none, waiting])
    return grid_text(headings, rows, width=width, style=style)


def frameworks_page(frameworks: Sequence[Framework]) -> str:
    """The page ``data/README.md``, in Markdown."""
    head = (
        "# The frameworks\n\nWhere each came from, what it covers, what is damaged or missing, and how not to misread "
        "it. Statements are\nrestatements in our words; each points to its place in its source document, which is not "
        "part of this repository.\nMade from the data itself: `compgraph frameworks --format md`.\n"
    )
    return head + "".join(map(_section, frameworks))


def _section(each: Framework) -> str:
    covers = ", ".join(f"{count} {_plural(kind, count)}" for kind, count in each.counts.items())
    lines = [
        f"\n## {each.label}\n",
        f"- **From**: {each.issuer or 'issuer not stated'}, {each.issued or 'date not stated'}. "
        f"Document `{each.source}.txt`, {each.length} characters, SHA-256 `{each.sha256}`.",
        f"- **Rights**: of the document: {each.rights or 'not stated'}; of this restatement: <{each.license}>.",
        f"- **Covers**: {covers}.",
        *(f"- **{scale}**: {', '.join(levels)}." for scale, levels in each.scales.items()),
        f"- **Links**: {each.links} mapping records begin or end here.",
        f"- **Known damage and gaps**: {each.noted} nodes carry a note of their own. Of the whole:",
        *(f"  - {note}" for note in each.known),
        "- **Not to be misread**:",
        *(f"  - {note}" for note in each.misread),
    ]
    return "\n".join(lines) + "\n"


def _plural(kind: str, count: int = 2) -> str:
    noun = words(kind)
    return noun if count == 1 else plural(noun)
