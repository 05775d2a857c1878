"""Names completed while somebody writes them, and the nearest ones to a name that there is not."""

from starlette.requests import Request
from starlette.responses import Response

from compgraph.questions.header import KINDS
from compgraph.serve.bodies import query_parameters
from compgraph.serve.problems import Problem
from compgraph.serve.served import Served, json_answer
from compgraph.store.names import Node

_SHOWN = 20


async def names(asked: Request, served: Served) -> Response:
    """What ``start`` may be the beginning of, and what is spelt like it; of one ``kind``, if that is given."""
    given = dict(query_parameters(asked))
    start, kind = given.get("start", ""), given.get("kind", "thing")
    if kind not in KINDS:
        raise Problem(400, f"kind is one of {', '.join(KINDS)}, not {kind!r}.")
    if not start.strip() or len(start) > served.limits.value_length:
        raise Problem(
            400, f"Say what the name begins with: start=..., at most {served.limits.value_length} characters."
        )
    known = served.graph.names
    fits = known.beginning_with(start, kind=KINDS[kind])
    near = [] if fits else known.nearest(start, kind=KINDS[kind])
    first = list(fits.items())[:_SHOWN]
    told = {
        "fits": [_entry(name, node) for name, node in first],
        "more": len(fits) > _SHOWN,
        "near": [_entry(node.curie, node) for node in near],
    }
    return json_answer(asked, told, served)


def _entry(name: str, node: Node) -> dict[str, str]:
    return {
        "name": name,
        "label": node.label,
        "framework": node.framework,
        "kind": node.kinds[0] if node.kinds else "",
        "curie": node.curie,
        "iri": node.iri,
    }
