"""How OpenAPI tells an operation: what it is given, what it answers, and how it may fail."""

from typing import Any

from compgraph.serve.problems import MEDIA_TYPE

Described = dict[str, Any]
"""A piece of a description."""
_FAILURES = {
    "400": "The request is wrong; the detail says what, and what to do.",
    "403": "The endpoint only reads.",
    "404": "There is no such thing.",
    "406": "None of the formats that were asked for; the list of those that there are.",
    "408": "The request came too slowly.",
    "410": "The permalink was made of other data than what is here now.",
    "413": "More was sent than is taken.",
    "415": "What was sent is of a kind that is not taken.",
    "421": "The server does not answer for that host.",
    "503": "It takes too much time or memory, or too much is going on; Retry-After says when to try again.",
}
TEXT: Described = {"type": "string"}
"""The schema of any text."""


def operation(name: str, summary: str, given: list[Described], content: Described, *failures: str) -> Described:
    """An operation; ``failures`` are the statuses with which it may fail."""
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    told = {status: {"description": _FAILURES[status], "content": problem} for status in sorted((*failures, "421"))}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": given,
        "responses": {"200": {"description": "The answer.", "content": content}, **told},
    }


def given_in_query(name: str, described: str, schema: Described, *, required: bool = False) -> Described:
    """A parameter of the query string."""
    return {"name": name, "in": "query", "description": described, "required": required, "schema": schema}


def json_object() -> Described:
    """The content of an answer that is a JSON object."""
    return {"application/json": {"schema": {"type": "object"}}}
