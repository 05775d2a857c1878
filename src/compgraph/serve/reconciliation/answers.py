"""What the reconciliation service says, as objects for JSON."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from compgraph.reconcile import Candidate, Property, Reconciler, Type, Value, properties
from compgraph.serve.problems import Problem
from compgraph.serve.reconciliation.requests import Extension
from compgraph.store.names import Node
from compgraph.terms import CG
from compgraph.version import __version__

_Object = dict[str, Any]
_WIDTH, _HEIGHT = 430, 320
_VALUES = 6  # of a property in a preview


class Place(NamedTuple):
    """Where the service is, and of what."""

    site: str
    path: str
    identifiers: str
    """What the IRIs of things begin with."""
    data_version: str


def manifest(reconciler: Reconciler, there: Place) -> _Object:
    """The service manifest (section 3)."""
    address = f"{there.site}/{there.path}"
    return {
        "versions": ["0.2"],
        "name": "compgraph",
        "identifierSpace": there.identifiers,
        "schemaSpace": CG,
        "documentation": f"{there.site}/openapi.json",
        "serviceVersion": f"{__version__}+data.{there.data_version}",
        "defaultTypes": [{"id": type_.identifier, "name": type_.name} for type_ in reconciler.types],
        "view": {"url": f"{address}/view?id={{{{id}}}}"},
        "preview": {"url": f"{address}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {
            kind: {
                "service_url": address,
                "service_path": f"/suggest/{kind}",
                "flyout_service_url": address,
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": address, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "At most",
                    "type": "number",
                    "default": 0,
                    "help_text": "How many values of a thing are wanted; 0 for all.",
                }
            ],
        },
    }


def result(found: Iterable[Candidate], reconciler: Reconciler) -> _Object:
    """The candidates of one query (section 4.4)."""
    return {
        "result": [
            {
                **entity(each.node, reconciler),
                "type": [_named(type_) for type_ in _types(each.node, reconciler)],
                "score": each.score,
                "match": each.match,
                "features": [{"id": feature.identifier, "value": feature.value} for feature in each.features],
            }
            for each in found
        ]
    }


def entity(node: Node, reconciler: Reconciler) -> _Object:
    """A thing, told apart from its namesakes by what it is and whose."""
    return {"id": node.iri, "name": node.label, "description": described(node, reconciler)}


def suggested(node: Node, reconciler: Reconciler) -> _Object:
    """A thing as the suggest service tells it (section 5.1)."""
    types = _types(node, reconciler)
    return {**entity(node, reconciler), "notable": [_named(type_) for type_ in types]}


def described(node: Node, reconciler: Reconciler) -> str:
    """What a thing is, and whose: *Competency, California Leadership Competency Model*."""
    kinds = [type_.name for type_ in _types(node, reconciler)][:1]
    homes = [value.text for value in reconciler.values("framework").get(node.iri, ())][:1]
    return ", ".join(kinds + homes)


def facts(node: Node, reconciler: Reconciler) -> list[tuple[str, list[str]]]:
    """What is known of a thing, by the names of the properties; a few values of each."""
    known = ((each.name, reconciler.values(each.identifier).get(node.iri, ())) for each in properties().values())
    return [(name, [value.text for value in values[:_VALUES]]) for name, values in known if values]


def type_(told: Type, reconciler: Reconciler) -> _Object:
    """A type, with the one that it is a kind of."""
    broader = [_named(each) for each in reconciler.types if each.iri == told.broader]
    return {**_named(told), "description": told.definition, **({"broader": broader} if broader else {})}


def property_(told: Property) -> _Object:
    """A property."""
    return {"id": told.identifier, "name": told.name, "description": told.about}


def extended(asked: Extension, reconciler: Reconciler) -> _Object:
    """What is known of some things (section 6.3). Raises Problem for a property that there is not."""
    known = properties()
    for identifier, _ in asked.properties:
        if identifier not in known:
            raise Problem(400, f"There is no property {identifier!r}. There are: {', '.join(known)}.")
    return {
        "meta": [_meta(known[identifier], reconciler) for identifier, _ in asked.properties],
        "rows": {
            iri: {
                identifier: _cells(known[identifier], reconciler.values(identifier).get(iri, ()), limit)
                for identifier, limit in asked.properties
            }
            for iri in asked.ids
        },
    }


def _meta(known: Property, reconciler: Reconciler) -> _Object:
    ranges = [_named(each) for each in reconciler.types if each.iri == known.range]
    return {"id": known.identifier, "name": known.name, **({"type": ranges[0]} if ranges else {})}


def _cells(known: Property, values: Sequence[Value], limit: int) -> list[Mapping[str, object]]:
    return [_cell(known, value) for value in values[: limit or None]]


def _cell(known: Property, value: Value) -> Mapping[str, object]:
    if value.iri:
        return {"id": value.iri, "name": value.text}
    return {"int": int(value.text)} if known.counts else {"str": value.text}


def _types(node: Node, reconciler: Reconciler) -> list[Type]:
    """The types of a thing, the narrowest first."""
    known = {each.iri: each for each in reconciler.types}
    return [known[kind] for kind in node.kinds if kind in known]


def _named(told: Type) -> _Object:
    return {"id": told.identifier, "name": told.name}
