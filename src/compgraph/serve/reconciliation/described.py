"""The reconciliation service as OpenAPI tells it."""

from compgraph.reconcile import LONGEST, TYPES, properties
from compgraph.serve.bodies import FORM
from compgraph.serve.operations import TEXT, Described, given_in_query, json_object, operation
from compgraph.serve.reconciliation.service import PATH
from compgraph.terms import CG

_ASKED = {
    "queries": "A batch of queries, as JSON (Reconciliation Service API 0.2, section 4.3).",
    "query": "One query: a name, or JSON.",
    "extend": "Things and properties, as JSON (section 6.2).",
}
_TYPE: Described = {"enum": [type_.removeprefix(CG) for type_ in TYPES]}


def paths() -> Described:
    """What is at each address of the service."""
    return {
        f"/{PATH}": {"get": _get(), "post": _post()},
        f"/{PATH}/preview": {"get": _about("preview", "A small page about a thing", "An IRI.", html=True)},
        f"/{PATH}/view": {"get": _view()},
        f"/{PATH}/properties": {
            "get": _operation("proposals", "What things can be extended with", _of_type(), _limit())
        },
        f"/{PATH}/suggest/entity": {"get": _suggestion("entity", _of_type())},
        f"/{PATH}/suggest/type": {"get": _suggestion("type")},
        f"/{PATH}/suggest/property": {"get": _suggestion("property", _of_type())},
        f"/{PATH}/flyout/entity": {"get": _about("flyoutEntity", "A few words about a thing", "An IRI.")},
        f"/{PATH}/flyout/type": {"get": _about("flyoutType", "A few words about a type", "A type.", _TYPE)},
        f"/{PATH}/flyout/property": {
            "get": _about("flyoutProperty", "A few words about a property", "A property.", {"enum": list(properties())})
        },
    }


def _operation(name: str, summary: str, *given: Described) -> Described:
    return operation(name, summary, list(given), json_object(), "400", "503")


def _get() -> Described:
    given = [
        given_in_query(name, f"{described} Without any, the manifest.", TEXT) for name, described in _ASKED.items()
    ]
    failures = ("400", "413", "503")
    return operation("reconcile", "What names may mean", [*given, _of_type(), _limit()], json_object(), *failures)


def _post() -> Described:
    form = {"type": "object", "properties": {name: TEXT | {"description": told} for name, told in _ASKED.items()}}
    failures = ("400", "408", "413", "415", "503")
    told = operation("reconcilePost", "What names may mean, of any number", [], json_object(), *failures)
    return told | {"requestBody": {"content": {FORM: {"schema": form}}}}


def _suggestion(kind: str, *given: Described) -> Described:
    start = given_in_query("prefix", "How the name begins.", {**TEXT, "maxLength": LONGEST})
    cursor = given_in_query("cursor", "The first one that is wanted, from 0.", {"type": "integer", "minimum": 0})
    name = f"suggest{kind.title()}"
    return _operation(name, f"Each {kind} whose name begins so", start, cursor, *given)


def _about(name: str, summary: str, of: str, schema: Described = TEXT, *, html: bool = False) -> Described:
    given = [given_in_query("id", of, schema, required=True)]
    content = {"text/html": {"schema": TEXT}} if html else json_object()
    return operation(name, summary, given, content, "400", "404", "503")


def _view() -> Described:
    told = _about("view", "Sends on to the page of a thing", "An IRI.")
    failures = {status: each for status, each in told["responses"].items() if status != "200"}
    return told | {"responses": {"303": {"description": "The page is there."}, **failures}}


def _of_type() -> Described:
    return given_in_query("type", "Only of this type.", _TYPE)


def _limit() -> Described:
    return given_in_query("limit", "At most so many.", {"type": "integer", "minimum": 0, "maximum": 999_999_999})
