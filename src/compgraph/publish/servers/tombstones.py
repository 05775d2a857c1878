"""What is said of withdrawn identifiers to programs: that they are, when, and why, in each format of a page."""

from urllib.parse import quote

import pyoxigraph as ox

from compgraph.pages import FORMATS, data_text, formats
from compgraph.publish.bases import rebased_iri
from compgraph.publish.servers.site_rules import SiteRules
from compgraph.terms import OWL, PREFIXES, SKOS, XSD

_IN_AN_IRI = ":/?#[]@!$&'()*+,;=%~"
_TRUE = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))


def tombstones(rules: SiteRules) -> dict[str, bytes]:
    """The body of 410 in every format of data that can hold it, by path; nothing if nothing was withdrawn."""
    triples = [
        triple
        for each in rules.withdrawn
        for node in [ox.NamedNode(quote(rebased_iri(each.iri, rules.base), safe=_IN_AN_IRI))]
        for triple in (
            ox.Triple(node, ox.NamedNode(OWL + "deprecated"), _TRUE),
            ox.Triple(
                node,
                ox.NamedNode(SKOS + "changeNote"),
                ox.Literal(f"Withdrawn on {each.date}: {each.reason}", language="en"),
            ),
        )
    ]
    if not triples:
        return {}
    held = formats(triples)
    return {
        f"410.{each.ending}": data_text(triples, each.ending, PREFIXES).encode()
        for each in FORMATS.values()
        if each in held
    }
