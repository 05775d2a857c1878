"""The pages that only a server can have: search, explanations, SPARQL, validation, and what went wrong."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from compgraph.pages.answers import MOST_SHOWN, readable
from compgraph.pages.forms import Form
from compgraph.pages.frames import framed
from compgraph.pages.sheets import kind_words
from compgraph.pages.site import Ref, Site
from compgraph.questions import Question
from compgraph.render.links import Line
from compgraph.render.templates import filled
from compgraph.store import Answer, Table, Triples
from compgraph.terms import BASE

_ABOUT = 2
"""Lines of a document that are shown before and after one that is at fault."""


class Excerpt(NamedTuple):
    """A finding on a document, with the lines that it is about."""

    severity: str
    rule: str
    subject: str
    wrong: str
    cure: str
    nearest: str
    line: int
    """From 1; 0 where it is about no line."""
    lines: tuple[tuple[int, str], ...]
    """Numbers and texts of that line and of those around it."""

    @classmethod
    def of(cls, finding: Mapping[str, str], line: int, document: Sequence[str]) -> "Excerpt":
        """A finding as ``compgraph validate --format json`` gives it, on a document of these lines."""
        around = range(max(1, line - _ABOUT), min(len(document), line + _ABOUT) + 1) if line else ()
        return cls(
            severity=finding["severity"],
            rule=finding["rule"].removeprefix(f"{BASE}shapes#"),
            subject=finding["node"],
            wrong=finding["wrong"],
            cure=finding["cure"],
            nearest=finding["nearest"],
            line=line,
            lines=tuple((number, document[number - 1][:200]) for number in around),
        )


def search_page(site: Site, words: str, found: Iterable[str], near: Iterable[str]) -> str:
    """What has these words in its name, and what is spelt like them; both as IRIs, the best first."""
    content = filled(
        "pages/search.html", words=words, found=_hits(site, found), near=_hits(site, near), home="index.html"
    )
    return framed(site, path="search", title=f"{words}, search" if words else "Search", content=content)


def _hits(site: Site, iris: Iterable[str]) -> list[tuple[Ref, str, str]]:
    hits = [(site.ref(iri, "search"), kind_words(site, iri), site.home(iri)) for iri in iris]
    return [hit for hit in hits if hit[0].href]


def explain_page(site: Site, form: Form, sides: Iterable[str] = (), lines: Iterable[Line] = ()) -> str:
    """Why two things, as IRIs, are linked; without any the form alone."""
    content = filled("pages/explain.html", form=form, sides=site.refs(sides, "explain"), lines=list(lines))
    return framed(site, path="explain", title="Explain", content=content)


def sparql_page(
    site: Site,
    query: str,
    *,
    questions: Iterable[Question],
    answer: Answer | None = None,
    problem: str = "",
    place: tuple[int, int] | None = None,
    csv: str = "",
) -> str:
    """A text area for SPARQL, with the answer to what is in it, or what is wrong with it and where.

    ``place`` is line and column, from 1; ``csv`` the address of the answer for programs. Of a table at most
    ``MOST_SHOWN`` rows are shown.
    """
    table = answer if isinstance(answer, Table) else Table((), ())
    headings, rows = readable(site, table, "sparql")
    content = filled(
        "pages/sparql.html",
        query=query,
        questions=list(questions),
        prefixes=sorted(site.prefixes.items()),
        answered=answer is not None,
        headings=headings,
        rows=rows[:MOST_SHOWN],
        count=len(table.rows),
        is_table=isinstance(answer, Table),
        text=answer.text if isinstance(answer, Triples) else {True: "Yes.", False: "No."}.get(answer is True),
        problem=problem,
        place=place,
        line=_line(query, place),
        csv=csv,
    )
    return framed(site, path="sparql", title="SPARQL", content=content)


def _line(query: str, place: tuple[int, int] | None) -> tuple[str, str] | None:
    """The line that is at fault, cut at the column."""
    lines = query.split("\n")
    if place is None or not 0 < place[0] <= len(lines):
        return None
    line = lines[place[0] - 1]
    return line[: place[1] - 1], line[place[1] - 1 :]


def validate_page(
    site: Site,
    kinds: Mapping[str, str],
    *,
    kind: str = "",
    document: str = "",
    excerpts: Sequence[Excerpt] | None = None,
    problem: str = "",
) -> str:
    """A place for a document, whose ``kinds`` are media types with their names; and the findings on one."""
    content = filled(
        "pages/validate.html", kinds=kinds, kind=kind, document=document, excerpts=excerpts, problem=problem
    )
    return framed(site, path="validate", title="Validate", content=content)


def problem_page(site: Site, path: str, *, title: str, detail: str, listed: Iterable[str] = ()) -> str:
    """What went wrong at an address, and what to do."""
    content = filled("pages/problem.html", title=title, detail=detail, listed=list(listed))
    return framed(site, path=path, title=title, content=content)
