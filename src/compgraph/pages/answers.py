"""The page of a question, and rows as a page shows them: names in place of identifiers, as links."""

from collections.abc import Sequence

from compgraph.pages.addresses import href
from compgraph.pages.forms import Form
from compgraph.pages.frames import framed
from compgraph.pages.site import Ref, Site
from compgraph.questions import Question
from compgraph.render.people import shown_columns
from compgraph.render.templates import filled
from compgraph.store import Table, Term

SHOWN = 50
"""How many rows of an answer stand on the page of its question."""
MOST_SHOWN = 500
"""How many of an answer that somebody asked for."""


def question_page(
    site: Site, question: Question, answer: Table | None, *, query: str = "", form: Form | None = None
) -> str:
    """What a question asks, its answer, how not to misread it, and its SPARQL.

    The answer is that for the example in its file, and none means that the example is not part of this data; with a
    ``form`` it is that for what was filled in, and ``query`` the SPARQL that found it.
    """
    path = f"questions/{question.name}"
    headings, rows = readable(site, answer or Table((), ()), path)
    shown = SHOWN if form is None else MOST_SHOWN
    content = filled(
        "pages/question.html",
        question=question,
        answered=answer is not None,
        headings=headings,
        rows=rows[:shown],
        as_records=len(headings) > 6 and len(rows) <= 3,
        more=max(0, len(rows) - shown),
        query=query or question.query,
        form=form,
        home=href("questions.html", path),
    )
    return framed(site, path=path, title=question.title, content=content)


def readable(site: Site, answer: Table, path: str) -> tuple[list[str], list[list[list[Ref]]]]:
    """The answer with names in place of identifiers that stand beside them, as links."""
    shown = shown_columns(answer.columns, answer.rows)
    return list(shown.values()), [[_cell(site, answer, row, place, path) for place in shown] for row in answer.rows]


def _cell(site: Site, answer: Table, row: Sequence[Term | None], place: int, path: str) -> list[Ref]:
    term, name = row[place], answer.columns[place]
    if term is None:
        return []
    if term.kind == "uri":
        return [site.ref(term.value, path)._replace(text=site.short(term.value))]
    if name.endswith("_label") and name.removesuffix("_label") in answer.columns:
        meant = row[answer.columns.index(name.removesuffix("_label"))]
        return [Ref(term.value, site.href(meant.value, path) if meant and meant.kind == "uri" else "")]
    if term.value.startswith(("http://", "https://")):
        parts = term.value.split(" ")
        return [Ref(site.short(each), site.href(each, path), external=True) for each in parts]
    return [Ref(term.value)]
