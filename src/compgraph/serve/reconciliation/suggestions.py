"""Types, properties and things for whoever is still writing, and a few words about each (section 5)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from compgraph.reconcile import LONGEST, STATEMENTS, TYPES, Property, Reconciler, properties
from compgraph.reconcile.words import plain
from compgraph.render.reconciled import flyout_text
from compgraph.serve.problems import Problem
from compgraph.serve.reconciliation import answers
from compgraph.serve.reconciliation.requests import number, type_of
from compgraph.store.names import Names, Node

_SHOWN = 20
Given = Mapping[str, str]
"""The parameters of a request."""
Made = Callable[[Given, Names, Reconciler], Mapping[str, Any]]
_Each = TypeVar("_Each")


def thing(given: Given, names: Names) -> Node:
    """The thing whose IRI, or CURIE, is given as ``id``. Raises Problem."""
    node = names.node(names.expand(_text(given, "id")))
    if node is None:
        raise Problem(
            404, f"There is nothing with the identifier {given.get('id', '')!r}. It is an IRI, as in answers."
        )
    return node


def _things(given: Given, names: Names, reconciler: Reconciler) -> Mapping[str, Any]:
    """Things by the beginning of a name, statements last; else those that are spelt most alike."""
    start, wanted = _text(given, "prefix"), _types(given)
    begun = names.beginning_with(start).values() if start else ()
    fits = sorted((node for node in begun if wanted & set(node.kinds)), key=lambda node: node.kinds[0] in STATEMENTS)
    near = [node for node in names.nearest(start) if wanted & set(node.kinds)] if start and not fits else []
    return {"result": [answers.suggested(node, reconciler) for node in _page(given, [*fits, *near])]}


def _suggested_types(given: Given, _names: Names, reconciler: Reconciler) -> Mapping[str, Any]:
    fits = [each for each in reconciler.types if _is_begun(given, each.name)]
    return {"result": [answers.type_(each, reconciler) for each in _page(given, fits)]}


def _suggested_properties(given: Given, _names: Names, _reconciler: Reconciler) -> Mapping[str, Any]:
    fits = [each for each in _properties(given) if _is_begun(given, each.name)]
    return {"result": [answers.property_(each) for each in _page(given, fits)]}


def _proposed(given: Given, _names: Names, _reconciler: Reconciler) -> Mapping[str, Any]:
    """What things of a type can be extended with (section 6.1)."""
    fits = list(_properties(given))
    limit = number(given["limit"], "limit") if "limit" in given else len(fits)
    told = {"type": given["type"]} if given.get("type") else {}
    return {"properties": [answers.property_(each) for each in fits[:limit]], "limit": limit, **told}


def _thing_flyout(given: Given, names: Names, reconciler: Reconciler) -> Mapping[str, Any]:
    node = thing(given, names)
    definitions = [value.text for value in reconciler.values("definition").get(node.iri, ())]
    return _flyout(given, node.label, answers.described(node, reconciler), *definitions)


def _type_flyout(given: Given, _names: Names, reconciler: Reconciler) -> Mapping[str, Any]:
    iri = type_of(_text(given, "id"), "id")
    told = next(each for each in reconciler.types if each.iri == iri)
    return _flyout(given, told.name, told.definition)


def _property_flyout(given: Given, _names: Names, _reconciler: Reconciler) -> Mapping[str, Any]:
    told = properties().get(_text(given, "id"))
    if told is None:
        raise Problem(404, f"There is no property {given.get('id', '')!r}. There are: {', '.join(properties())}.")
    return _flyout(given, told.name, told.about)


MADE: Mapping[str, Made] = {
    "properties": _proposed,
    "suggest/entity": _things,
    "suggest/type": _suggested_types,
    "suggest/property": _suggested_properties,
    "flyout/entity": _thing_flyout,
    "flyout/type": _type_flyout,
    "flyout/property": _property_flyout,
}
"""What is answered at each address."""


def _flyout(given: Given, name: str, *texts: str) -> Mapping[str, Any]:
    return {"id": given["id"], "html": flyout_text(name, texts)}


def _properties(given: Given) -> Iterable[Property]:
    wanted = _types(given)
    return (each for each in properties().values() if not wanted.isdisjoint(each.of))


def _types(given: Given) -> set[str]:
    """The type that is asked for, or all."""
    return {type_of(given["type"], "type")} if given.get("type") else set(TYPES)


def _is_begun(given: Given, name: str) -> bool:
    """Whether a word of a name, or the name from there on, begins with what has been written."""
    return f" {plain(_text(given, 'prefix'))}" in f" {plain(name)}"


def _page(given: Given, fits: Sequence[_Each]) -> Sequence[_Each]:
    """The part of a list that is asked for: from the place ``cursor``, counted from 0."""
    start = number(given.get("cursor") or "0", "cursor")
    return fits[start : start + _SHOWN]


def _text(given: Given, name: str) -> str:
    told = given.get(name, "")
    if len(told) > LONGEST:
        raise Problem(400, f"{name} has {len(told)} characters, and {LONGEST} are the most. Make it shorter.")
    return told
