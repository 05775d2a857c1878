"""What a client of the reconciliation service asks, read from JSON; whatever is wrong is told with its place."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from compgraph.reconcile import LONGEST, NAMED, TYPES, Constraint, Query
from compgraph.serve.problems import Problem
from compgraph.terms import CG

MOST_CANDIDATES = 50
"""How many candidates of a name are given, whatever the limit of the query."""
_MOST_PROPERTIES, _MOST_VALUES = 20, 100
_STRICTNESS = ("any", "should", "all")


class Extension(NamedTuple):
    """A data extension query (section 6.2)."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]
    """Identifiers of properties, each with how many of its values are wanted; 0 for all."""


def batch(text: str, *, most: int) -> dict[str, Query]:
    """The queries of a batch (section 4.3), by their keys. Raises Problem, also for more than ``most``."""
    told = _object(_json(text, "queries"), "queries")
    if len(told) > most:
        raise Problem(413, f"queries has {len(told)} members, and {most} are taken at a time. Send several batches.")
    return {key: _query(each, f"queries.{key}") for key, each in told.items()}


def single(given: Mapping[str, str]) -> Query:
    """The query of the parameter ``query``: an object as in a batch, or a name with ``type`` and ``limit`` beside it.

    Raises Problem.
    """
    text = given["query"]
    if text.lstrip().startswith("{"):
        return _query(_json(text, "query"), "query")
    beside = {name: given[name] for name in ("type", "type_strict") if name in given}
    limit = {"limit": number(given["limit"], "limit")} if "limit" in given else {}
    return _query({"query": text, **beside, **limit}, "query")


def extension(text: str, *, most: int) -> Extension:
    """What ``extend`` asks for. Raises Problem, also for more than ``most`` things."""
    told = _object(_json(text, "extend"), "extend")
    ids = _list(told.get("ids", []), "extend.ids")
    if len(ids) > most:
        raise Problem(413, f"extend.ids has {len(ids)} members, and {most} are taken at a time. Ask several times.")
    wanted = _several(told.get("properties", []), "extend.properties", _MOST_PROPERTIES)
    return Extension(
        tuple(_text(each, f"extend.ids[{number}]") for number, each in enumerate(ids)),
        tuple(_extended(each, f"extend.properties[{number}]") for number, each in enumerate(wanted)),
    )


def type_of(name: str, place: str) -> str:
    """The class of a type's identifier; its IRI will do as well. Raises Problem."""
    iri = CG + name.removeprefix(CG).removeprefix("cg:")
    if iri not in TYPES:
        known = ", ".join(each.removeprefix(CG) for each in TYPES)
        raise Problem(400, f"{place} is {name[:100]!r}, and there is no such type. There are: {known}.")
    return iri


def number(text: str, place: str) -> int:
    """A number that is written as a text. Raises Problem."""
    return _whole(int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None, place)


def _whole(told: object, place: str) -> int:
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told < 2**31 or told != int(told):
        raise Problem(400, f"{place} is a whole number from 0.")
    return int(told)


def _query(told: object, place: str) -> Query:
    fields = _object(told, place)
    if "query" not in fields and not fields.get("properties"):
        raise Problem(400, f"{place} asks for nothing. Give it query, properties, or both.")
    types, strictness = fields.get("type") or [], fields.get("type_strict", "any")
    if strictness not in _STRICTNESS:
        raise Problem(400, f"{place}.type_strict is one of {', '.join(_STRICTNESS)}.")
    named = _several(types if isinstance(types, list) else [types], f"{place}.type", len(TYPES))
    wanted = _several(fields.get("properties", []), f"{place}.properties", _MOST_PROPERTIES)
    return Query(
        _text(fields.get("query", ""), f"{place}.query"),
        tuple(dict.fromkeys(type_of(_text(each, f"{place}.type"), f"{place}.type") for each in named)) or NAMED,
        tuple(_constraint(each, f"{place}.properties[{number}]") for number, each in enumerate(wanted)),
        min(_whole(fields.get("limit", 5), f"{place}.limit"), MOST_CANDIDATES),
        of_all_types=strictness == "all",
    )


def _constraint(told: object, place: str) -> Constraint:
    fields = _object(told, place)
    values = fields.get("v")
    several = _several(values if isinstance(values, list) else [values], f"{place}.v", _MOST_VALUES)
    return Constraint(_text(fields.get("pid"), f"{place}.pid"), tuple(_value(each, f"{place}.v") for each in several))


def _value(told: object, place: str) -> str:
    """A value as a text; of a thing that was reconciled before, its identifier."""
    if isinstance(told, bool | int | float):
        return str(told)
    return _text(told.get("id") if isinstance(told, dict) else told, place)


def _extended(told: object, place: str) -> tuple[str, int]:
    fields = _object(told, place)
    settings = _object(fields.get("settings") or {}, f"{place}.settings")
    limit = settings.get("limit") or 0
    at_most = number(limit, f"{place}.settings.limit") if isinstance(limit, str) else limit
    return _text(fields.get("id"), f"{place}.id"), _whole(at_most, f"{place}.settings.limit")


def _json(text: str, place: str) -> object:
    try:
        told: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Problem(400, f"{place} is no JSON ({error}). Send it as the Reconciliation API 0.2 has it.") from error
    return told


def _object(told: object, place: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise Problem(400, f"{place} is a JSON object.")
    return told


def _list(told: object, place: str) -> list[Any]:
    if not isinstance(told, list):
        raise Problem(400, f"{place} is a JSON array.")
    return told


def _several(told: object, place: str, most: int) -> list[Any]:
    several = _list(told, place)
    if len(several) > most:
        raise Problem(400, f"{place} has {len(several)} members, and {most} are the most. Send fewer.")
    return several


def _text(told: object, place: str) -> str:
    if not isinstance(told, str):
        raise Problem(400, f"{place} is a text.")
    if len(told) > LONGEST:
        raise Problem(400, f"{place} has {len(told)} characters, and {LONGEST} are the most. Make it shorter.")
    return told
