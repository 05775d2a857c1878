"""The pages with forms: questions, comparisons, explanations, search. What was filled in wrongly is said there."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from compgraph import pages
from compgraph.errors import CompgraphError, ResolveError
from compgraph.pages import Form
from compgraph.questions import ASSERTED, VERSION, query_text
from compgraph.render.links import links_lines
from compgraph.serve.answers import answer
from compgraph.serve.bodies import query_parameters
from compgraph.serve.problems import Problem, of_error
from compgraph.serve.questions import found_question, rows, told_by
from compgraph.serve.served import Served
from compgraph.serve.site import PAGE_HEADERS, document_at

_HTML = "text/html; charset=utf-8"
_DOWNLOADS = ("csv", "tsv", "json", "rq")


def page(asked: Request, served: Served, text: str, problem: Problem | None = None) -> Response:
    """The answer with a page; with the status of what is wrong with what was filled in."""
    headers = PAGE_HEADERS | {"Data-Version": served.version}
    sent = answer(asked, text.encode(), _HTML, changed=served.made if problem is None else None, headers=headers)
    if problem is not None:
        sent.status_code = problem.status
        sent.headers.update({"Cache-Control": "no-store", **problem.headers})
    return sent


async def question_form(asked: Request, served: Served) -> Response:
    """A question with a form, and the answer to what was filled in, at first that of its example."""
    question = found_question(served, asked.path_params["name"])
    told = told_by(asked, served)
    form = Form(pages.question_fields(question, told.values), is_asserted=told.is_asserted)
    query, table, problem = "", None, None
    asked_of = told.values or {each.name: each.example for each in question.parameters}
    try:
        query = query_text(served.graph.store, question, asked_of)
        table = await rows(asked, served, query, told)
        form = _with_links(form, question.name, asked_of, served)
    except CompgraphError as error:
        if told.values or not isinstance(error, ResolveError):
            problem = of_error(error)
            form = form._replace(problem=problem.detail)
    return page(asked, served, pages.question_page(served.site, question, table, query=query, form=form), problem)


def _with_links(form: Form, name: str, values: Mapping[str, str], served: Served) -> Form:
    kept = {**values, **({ASSERTED: "true"} if form.is_asserted else {})}
    downloads = tuple(
        (ending.upper() if ending != "rq" else "SPARQL", f"../api/questions/{name}.{ending}?{urlencode(kept)}")
        for ending in _DOWNLOADS
    )
    return form._replace(downloads=downloads, permalink=f"?{urlencode({**kept, VERSION: served.version})}")


async def compare_form(asked: Request, served: Served) -> Response:
    """Any two things side by side, once both are named."""
    one, other, problem = _pair(asked, served)
    if not one and not other:
        return await document_at(asked, served, "compare.html")
    form = Form(pages.pair_fields(one, other))
    if problem is None:
        try:
            async with served.turn():
                comparison = await asyncio.to_thread(served.graph.compare, one, other)
                told = await asyncio.to_thread(pages.comparison_page, served.site, comparison, "compare")
            return page(asked, served, told)
        except CompgraphError as error:
            problem = of_error(error)
    return page(asked, served, pages.compare_page(served.site, form._replace(problem=problem.detail)), problem)


async def explain_form(asked: Request, served: Served) -> Response:
    """Why two things are linked, once both are named."""
    one, other, problem = _pair(asked, served)
    form = Form(pages.pair_fields(one, other))
    if not one and not other:
        return page(asked, served, pages.explain_page(served.site, form))
    if problem is None:
        try:
            async with served.turn():
                found = await asyncio.to_thread(served.graph.explain, one, other)
            lines = list(links_lines(found, served.graph.store.prefixes))
            return page(asked, served, pages.explain_page(served.site, form, (found.start.iri, found.end.iri), lines))
        except CompgraphError as error:
            problem = of_error(error)
    return page(asked, served, pages.explain_page(served.site, form._replace(problem=problem.detail)), problem)


def _pair(asked: Request, served: Served) -> tuple[str, str, Problem | None]:
    given = dict(query_parameters(asked))
    one, other = (given.get(name, "").strip() for name in ("one", "other"))
    most = served.limits.value_length
    if len(one) > most or len(other) > most:
        return one[:most], other[:most], Problem(400, f"A name has at most {most} characters. Make it shorter.")
    if bool(one) != bool(other):
        return one, other, Problem(400, "Name two things.")
    return one, other, None


async def search_form(asked: Request, served: Served) -> Response:
    """What has the words in its name, and what is spelt like them."""
    words = dict(query_parameters(asked)).get("q", "").strip()[: served.limits.value_length]
    names = served.graph.names
    found = names.holding(words) if words else []
    alike = dict.fromkeys([*names.holding(names.respelt(words)), *names.nearest(words)]) if words else {}
    near = [each for each in alike if each not in found]
    text = pages.search_page(served.site, words, (each.iri for each in found), (each.iri for each in near))
    return page(asked, served, text)
