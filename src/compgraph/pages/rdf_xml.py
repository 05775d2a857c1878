"""RDF/XML (RDF 1.1 XML Syntax, W3C Recommendation of 25 February 2014), plain: a description for each subject."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from compgraph.terms import RDF, XSD

# A cautious part of NCName (Namespaces in XML 1.0, section 3), at the end of an IRI.
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*$")
# What no XML 1.0 document can hold (section 2.2), also not by reference.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AS_WRITTEN = {"\r": "&#13;", "\t": "&#9;", "\n": "&#10;"}


def can_hold(triples: Iterable[ox.Triple]) -> bool:
    """Whether RDF/XML can say all this: no control character, relations whose IRIs end in a name."""
    return all(
        _LOCAL.search(triple.predicate.value)
        and not (isinstance(triple.object, ox.Literal) and _UNPRINTABLE.search(triple.object.value))
        for triple in triples
    )


def rdf_xml_text(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> str:
    """The triples as RDF/XML: the same triples, in the same order, give the same bytes. See ``can_hold``."""
    held = list(triples)
    names = _namespaces(held, prefixes)
    heads = "".join(f"\n    xmlns:{name}={quoteattr(start)}" for start, name in sorted(names.items(), key=_by_name))
    body = "".join(_descriptions(held, names))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{heads}>\n{body}</rdf:RDF>\n'


def _by_name(item: tuple[str, str]) -> str:
    return item[1]


def _namespaces(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """A name for each namespace that a relation is from."""
    known = {start: name for name, start in sorted(prefixes.items(), reverse=True)}
    found = {RDF: "rdf"}
    for start in sorted({_split(triple.predicate.value)[0] for triple in triples}):
        found.setdefault(start, known.get(start) or f"ns{len(found)}")
    return found


def _split(iri: str) -> tuple[str, str]:
    found = _LOCAL.search(iri)
    return (iri, "") if found is None else (iri[: found.start()], found[0])


def _descriptions(triples: Iterable[ox.Triple], names: Mapping[str, str]) -> Iterator[str]:
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        yield f"  <rdf:Description {_reference(subject, 'about')}>\n"
        for triple in group:
            start, local = _split(triple.predicate.value)
            yield f"    {_property(f'{names[start]}:{local}', triple.object)}\n"
        yield "  </rdf:Description>\n"


def _property(name: str, value: object) -> str:
    if not isinstance(value, ox.Literal):
        return f"<{name} {_reference(value, 'resource')}/>"
    kind = ""
    if value.language:
        kind = f" xml:lang={quoteattr(value.language)}"
    elif value.datatype.value != XSD + "string":
        kind = f" rdf:datatype={quoteattr(value.datatype.value)}"
    return f"<{name}{kind}>{escape(value.value, _AS_WRITTEN)}</{name}>"


def _reference(term: object, word: str) -> str:
    if isinstance(term, ox.NamedNode):
        return f"rdf:{word}={quoteattr(term.value)}"
    if isinstance(term, ox.BlankNode):
        return f"rdf:nodeID={quoteattr(term.value)}"
    raise TypeError(term)
