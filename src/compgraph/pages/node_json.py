"""What a page says of its own node to programs that read pages: SKOS and schema.org as JSON-LD."""

import json
from collections.abc import Iterator, Mapping

from compgraph.pages.catalogue import Catalogue, Value
from compgraph.pages.site import Site
from compgraph.terms import (
    BEHAVIOUR,
    CG,
    CLUSTER,
    COMPETENCY,
    DEFINITION,
    DESCRIPTOR,
    FRAMEWORK,
    IN_SCHEME,
    INDICATOR,
    LEVEL_SCALE,
    NOTATION,
    PREF_LABEL,
    PROFICIENCY_LEVEL,
    RDF_TYPE,
    ROLE_LEVEL,
    SEGMENT,
    SKOS,
)

_CONTEXT = {"schema": "https://schema.org/", "skos": SKOS, "cg": CG}
_SETS = {FRAMEWORK, LEVEL_SCALE}
_TERMS = {COMPETENCY, INDICATOR, BEHAVIOUR, CLUSTER, ROLE_LEVEL, PROFICIENCY_LEVEL, CG + "Level"}
_KINDS = {
    **{key: ["schema:DefinedTermSet", "skos:ConceptScheme"] for key in _SETS},
    **{key: ["schema:DefinedTerm", "skos:Concept"] for key in _TERMS},
    SEGMENT: ["skos:Collection"],
}


def node_json(site: Site, iri: str) -> str:
    """The node as JSON-LD that can stand in a ``script`` element: nothing in it can end the element."""
    said = site.catalogue
    node = {
        "@context": _CONTEXT,
        "@id": iri,
        "@type": _KINDS.get(said.kind(iri), []) + [_short(kind) for kind in said.links(iri, RDF_TYPE)],
        "schema:name": site.label(iri).text,
        **dict(_schema(said, iri)),
        **dict(_skos(said.facts(iri))),
    }
    text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _schema(said: Catalogue, iri: str) -> Iterator[tuple[str, object]]:
    if text := said.text(iri, DEFINITION) or said.text(iri, DESCRIPTOR):
        yield "schema:description", text
    if number := said.text(iri, NOTATION):
        yield "schema:termCode", number
    if home := said.link(iri, IN_SCHEME):
        yield "schema:inDefinedTermSet", {"@id": home}


def _skos(facts: Mapping[str, list[Value]]) -> Iterator[tuple[str, object]]:
    """Everything that SKOS has a word for."""
    for relation in sorted(facts):
        if relation.startswith(SKOS) or relation == PREF_LABEL:
            values = [_json(value) for value in facts[relation]]
            yield f"skos:{relation.removeprefix(SKOS)}", values[0] if len(values) == 1 else values


def _json(value: Value) -> object:
    if value.is_iri:
        return {"@id": value.text}
    return {"@value": value.text, "@language": value.language} if value.language else value.text


def _short(iri: str) -> str:
    for name, start in (("skos", SKOS), ("cg", CG)):
        if iri.startswith(start):
            return f"{name}:{iri.removeprefix(start)}"
    return iri
