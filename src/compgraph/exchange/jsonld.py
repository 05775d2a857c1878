"""JSON-LD 1.1 with the context that compgraph publishes, cut to the terms that a document uses.

The context stands inside each document, so that it can be read without a network; programs that look at the keys
alone find the same names everywhere.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from compgraph.exchange.contents import Contents, subject_key
from compgraph.exchange.contract import Exported
from compgraph.exchange.losses import exported
from compgraph.exchange.reader import Reader
from compgraph.terms import RDF_TYPE, XSD
from compgraph.tidy.turtle import PREDICATE_ORDER
from compgraph.workspace import own

CONTEXT = "ontology/context.json"
"""The published context, in compgraph's own folders."""

Json: TypeAlias = "str | int | list[Json] | dict[str, Json]"
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_RANK = {relation: rank for rank, relation in enumerate(PREDICATE_ORDER)}


def export(contents: Contents) -> Exported:
    """One file with everything that the framework's own file says; mappings are in sets of their own."""
    reader = Reader(contents)
    reader.carried.update(contents.triples)
    text = jsonld_text(contents.triples)
    return exported(reader, {f"{contents.name}.jsonld": text.encode()}, "jsonld")


@cache
def context() -> dict[str, Json]:
    """The published context: prefixes, and the terms of our vocabulary and of those beside it."""
    text = (own() / CONTEXT).read_text(encoding="utf-8")
    found: dict[str, Json] = json.loads(text)["@context"]
    return found


def jsonld_text(triples: Iterable[ox.Triple]) -> str:
    """The triples as a JSON-LD document, nodes by IRI; the same triples give the same bytes."""
    names = _Names()
    nodes: dict[str, dict[str, list[Json]]] = {}
    for triple in sorted(set(triples), key=_order):
        node = nodes.setdefault(subject_key(triple.subject), {})
        _add(node, triple.predicate.value, triple.object, names)
    graph = [{"@id": iri, **{key: _packed(values) for key, values in node.items()}} for iri, node in nodes.items()]
    return json.dumps({"@context": names.used(), "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


class _Terms(NamedTuple):
    """The context, by what its names stand for."""

    prefixes: dict[str, str]
    classes: dict[str, str]
    """Names by IRI."""
    properties: dict[tuple[str, str], str]
    """Names by IRI and shape (see ``_shape``)."""


@cache
def _terms() -> _Terms:
    full = context()
    prefixes = {name: value for name, value in full.items() if isinstance(value, str) and name[0] != "@"}
    return _Terms(
        prefixes,
        {_iri(value, prefixes): name for name, value in full.items() if _is_class(value)},
        {(_iri(value, prefixes), _shape(value)): name for name, value in full.items() if _is_property(value)},
    )


def _iri(value: Json, prefixes: Mapping[str, str]) -> str:
    assert isinstance(value, dict)  # noqa: S101  (only definitions come here)
    prefix, _, local = str(value["@id"]).partition(":")
    return f"{prefixes[prefix]}{local}"


class _Names:
    """Which names of the context a document takes."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def type(self, iri: str) -> str:
        return self._take(_terms().classes.get(iri)) or self.iri(iri)

    def term(self, relation: str, shape: str) -> str | None:
        """The term of a relation for values of a shape (see ``_shape``), if the context has one."""
        return self._take(_terms().properties.get((relation, shape)))

    def iri(self, iri: str) -> str:
        fits = [(len(str(start)), name) for name, start in _terms().prefixes.items() if iri.startswith(str(start))]
        length, name = max(fits, default=(0, ""))
        if not name or iri.startswith("//", length):  # JSON-LD 1.1, section 3.3: no compact IRI has // after its colon
            return iri
        self._take(name)
        return f"{name}:{iri[length:]}"

    def used(self) -> dict[str, Json]:
        return {name: value for name, value in context().items() if name in self._taken or name.startswith("@")}

    def _take(self, name: str | None) -> str | None:
        if name:
            self._taken.add(name)
            value = context()[name]
            for part in value.values() if isinstance(value, dict) else ():
                prefix = str(part).partition(":")[0]
                self._taken |= {prefix} & _terms().prefixes.keys()
        return name


def _is_class(value: Json) -> bool:
    """A definition that only names something: the context has such for classes."""
    return isinstance(value, dict) and value.keys() == {"@id"} and str(value["@id"]).rpartition(":")[2][:1].isupper()


def _is_property(value: Json) -> bool:
    return isinstance(value, dict) and not _is_class(value)


def _shape(value: Json) -> str:
    """What values a term is for: ``@id``, ``@language``, the CURIE of a datatype, or plain strings (empty)."""
    assert isinstance(value, dict)  # noqa: S101
    return str(value.get("@container") or value.get("@type") or "")


def _add(node: dict[str, list[Json]], relation: str, value: Term, names: _Names) -> None:
    if relation == RDF_TYPE and isinstance(value, ox.NamedNode):
        node.setdefault("@type", []).append(names.type(value.value))
        return
    shape = _shape_of(value, names)
    if term := names.term(relation, shape):
        node.setdefault(term, []).append(_short(value, shape))
    else:
        node.setdefault(names.iri(relation), []).append(_long(value, names))


def _shape_of(value: Term, names: _Names) -> str:
    if not isinstance(value, ox.Literal):
        return "@id"
    if value.language:
        return "@language"
    return "" if value.datatype.value == XSD + "string" else names.iri(value.datatype.value)


def _short(value: Term, shape: str) -> Json:
    """A value whose kind its term says."""
    if not isinstance(value, ox.Literal):
        return subject_key(value)
    if value.language:
        return {value.language: value.value}
    is_number = shape == "xsd:integer" and value.value.isascii() and value.value.isdecimal()
    return int(value.value) if is_number and str(int(value.value)) == value.value else value.value


def _long(value: Term, names: _Names) -> Json:
    """A value that says its own kind."""
    if not isinstance(value, ox.Literal):
        return {"@id": subject_key(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype.value == XSD + "string":
        return value.value
    return {"@value": value.value, "@type": names.iri(value.datatype.value)}


def _packed(values: list[Json]) -> Json:
    """One value alone, several as a list; texts of a language map by language."""
    maps = [value for value in values if isinstance(value, dict) and not any(key[0] == "@" for key in value)]
    if not maps:
        return values[0] if len(values) == 1 else values
    texts: dict[str, list[Json]] = {}
    for each in maps:
        for language, text in each.items():
            texts.setdefault(language, []).append(text)
    return {language: found[0] if len(found) == 1 else found for language, found in sorted(texts.items())}


def _order(triple: ox.Triple) -> tuple[str, int, str, str]:
    relation = triple.predicate.value
    return subject_key(triple.subject), _RANK.get(relation, len(_RANK)), relation, str(triple.object)
