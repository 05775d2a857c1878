"""The page to validate a document on: what is wrong with it stands beside its lines, and nothing of it is kept."""

import json

from starlette.requests import Request
from starlette.responses import Response

from compgraph import pages
from compgraph.pages import Excerpt
from compgraph.serve.bodies import FORM, media_type, parameters, text_of
from compgraph.serve.forms import page
from compgraph.serve.problems import Problem
from compgraph.serve.served import Served
from compgraph.serve.validation import SUFFIXES, Validator

KINDS = {
    "text/turtle": "Turtle",
    "text/tab-separated-values": "SSSOM (TSV)",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF/XML",
    "application/trig": "TriG",
    "application/n-triples": "N-Triples",
    "application/n-quads": "N-Quads",
}
"""The media types of ``SUFFIXES`` with their names."""
_AT_MOST_ENCODED = 3
"""Bytes that a form may need for one."""


class ValidationForm:
    """The page, which a validator answers."""

    def __init__(self, validator: Validator) -> None:
        self._validator = validator

    async def answer(self, asked: Request, served: Served) -> Response:
        """The form, or the findings on the document that was sent with it."""
        if asked.method != "POST":
            return page(asked, served, pages.validate_page(served.site, KINDS))
        kind, document = await _sent(asked, served)
        try:
            told = json.loads(await self._validator.findings(asked, document, kind))
        except Problem as problem:
            return _shown(asked, served, kind, document, problem=problem)
        lines = document.split("\n")
        excerpts = [
            Excerpt.of({name: value or "" for name, value in each.items()}, each["line"] or 0, lines)
            for each in sorted(told["findings"], key=lambda each: each["line"] or 0)
        ]
        return _shown(asked, served, kind, document, excerpts=excerpts)


async def _sent(asked: Request, served: Served) -> tuple[str, str]:
    if media_type(asked) != FORM:
        raise Problem(415, f"This page takes a form, as {FORM}. For programs there is /api/validate.", accepted=[FORM])
    limits = served.limits
    most = _AT_MOST_ENCODED * limits.document_bytes
    form = dict(parameters(await text_of(asked, most=most, seconds=limits.waiting_seconds)))
    kind, document = form.get("kind", ""), form.get("document", "")
    if kind not in SUFFIXES:
        raise Problem(400, f"Say what the document is: kind is one of {', '.join(SUFFIXES)}.")
    if len(document.encode()) > limits.document_bytes:
        raise Problem(413, f"The document is longer than {limits.document_bytes} bytes. Make it shorter.")
    return kind, document.replace("\r\n", "\n")


def _shown(
    asked: Request,
    served: Served,
    kind: str,
    document: str,
    *,
    excerpts: list[Excerpt] | None = None,
    problem: Problem | None = None,
) -> Response:
    text = pages.validate_page(
        served.site,
        KINDS,
        kind=kind,
        document=document,
        excerpts=excerpts,
        problem=problem.detail if problem else "",
    )
    sent = page(asked, served, text, problem)
    sent.headers["Cache-Control"] = "no-store"
    return sent
