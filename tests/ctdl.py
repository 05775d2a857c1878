"""A validator of CTDL-ASN documents by the published schema (ctdlasn-schema.json): a tool of the tests.

It checks what the schema states: terms that exist, domains, ranges, declared inverses, and the form of a CTID; and what
CTDL's handbook asks of a competency: a text, a framework, a place in its tree.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

CTID = re.compile(r"ce-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
Node: TypeAlias = dict[str, Any]
_TEXTS = {"rdf:langString"}
_REQUIRED = {
    "ceasn:CompetencyFramework": ("ceterms:ctid", "ceasn:name", "ceasn:inLanguage"),
    "ceasn:Competency": ("ceterms:ctid", "ceasn:competencyText", "ceasn:isPartOf"),
}
# The schema does not declare this pair, and leaves frameworks out of one range (known faults of the published file).
_INVERSES = {"ceasn:hasTopChild": "ceasn:isTopChildOf"}


class Validator:
    """Holds documents against the schema in a folder."""

    def __init__(self, folder: Path) -> None:
        terms = json.loads((folder / "ctdlasn-schema.json").read_text())["@graph"]
        self._terms: dict[str, Any] = {term["@id"]: term for term in terms}
        pairs = [(term["@id"], inverse) for term in terms for inverse in term.get("owl:inverseOf", [])]
        declared = {term: inverse for term, inverse in pairs if inverse in self._terms}
        self._inverses = declared | _INVERSES

    def faults(self, document: dict[str, Any]) -> list[str]:
        """What is wrong, one line each."""
        nodes = {node["@id"]: node for node in document["@graph"]}
        found = [f"two nodes are {iri}" for iri in nodes if sum(n["@id"] == iri for n in document["@graph"]) > 1]
        for iri, node in nodes.items():
            found += [f"{iri}: {fault}" for fault in self._node(node, nodes)]
        ctids = [node["ceterms:ctid"] for node in nodes.values() if "ceterms:ctid" in node]
        return found + ["a CTID is used twice"] * (len(ctids) != len(set(ctids)))

    def _node(self, node: Node, nodes: dict[str, Node]) -> Iterator[str]:
        kind = node.get("@type", "")
        if self._terms.get(kind, {}).get("@type") != "rdfs:Class":
            yield f"{kind!r} is no class"
            return
        for relation in _REQUIRED.get(kind, ()):
            if relation not in node:
                yield f"{relation} is missing"
        if "ceterms:ctid" in node and not CTID.fullmatch(node["ceterms:ctid"]):
            yield f"{node['ceterms:ctid']} is no CTID"
        if kind == "ceasn:Competency" and not {"ceasn:isTopChildOf", "ceasn:isChildOf"} & node.keys():
            yield "it has no place in the tree"
        for relation, value in node.items():
            if not relation.startswith("@"):
                yield from self._statement(node, kind, relation, value, nodes)

    def _statement(
        self, node: dict[str, Any], kind: str, relation: str, value: Any, nodes: dict[str, Any]
    ) -> Iterator[str]:
        term = self._terms.get(relation, {})
        if term.get("@type") != "rdf:Property":
            yield f"{relation} is no property"
            return
        if not self._above(kind) & set(term["schema:domainIncludes"]):
            yield f"{relation} is not for {kind}"
        ranges = set(term["schema:rangeIncludes"])
        if isinstance(value, dict) != bool(ranges & _TEXTS):
            yield f"{relation} has {value!r}, which is {'no ' if ranges & _TEXTS else 'a '}map of languages"
            return
        for each in value if isinstance(value, list) else [value]:
            other = nodes.get(each) if isinstance(each, str) else None
            if other and not self._above(other["@type"]) & ranges:
                yield f"{relation} points to a {other['@type']}"
            inverse = self._inverses.get(relation)
            if other and inverse and node["@id"] not in _listed(other.get(inverse)):
                yield f"{relation} {each} is not answered by {inverse}"

    def _above(self, kind: str) -> set[str]:
        return {kind, *self._terms.get(kind, {}).get("rdfs:subClassOf", [])}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
