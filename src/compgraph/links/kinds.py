"""Which properties link two things, in words, read from either end."""

from typing import NamedTuple

from compgraph.relations import relation
from compgraph.terms import CG, DCTERMS, SKOS


class Kind(NamedTuple):
    """A property that links things."""

    forward: str
    """What its object is to its subject, in words."""
    backward: str
    up: int = 0
    """1 if its object is a container of its subject, -1 if the other way round, 0 if neither contains the other."""
    is_judgement: bool = False
    """Whether somebody judges so, with a confidence; if not, it is a matter of structure."""


def _judged(vocabulary: str, *names: str) -> dict[str, Kind]:
    iris = [vocabulary + name for name in names]
    return {iri: Kind(relation(iri, forward=True), relation(iri, forward=False), is_judgement=True) for iri in iris}


KINDS = {
    **_judged(SKOS, "exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
    **_judged(CG, "progressesTo"),
    CG + "demonstrates": Kind("demonstrates", "demonstrated by"),
    CG + "elaborates": Kind("elaborates", "elaborated by"),
    CG + "ofCompetency": Kind("of competency", "the competency of"),
    SKOS + "broader": Kind("under", "over"),
    SKOS + "narrower": Kind("over", "under"),
    SKOS + "related": Kind("related", "related"),
    CG + "about": Kind("about", "spoken of in", up=1),
    CG + "addressesLevel": Kind("for level", "the level of", up=1),
    CG + "atLevel": Kind("at level", "the level of", up=1),
    CG + "expectedProficiency": Kind("rated", "the rating of", up=1),
    CG + "forRole": Kind("for role", "the role of", up=1),
    CG + "inCluster": Kind("in cluster", "the cluster of", up=1),
    CG + "inFamily": Kind("in family", "the family of", up=1),
    CG + "inScale": Kind("in scale", "the scale of", up=1),
    CG + "passageKind": Kind("of kind", "the kind of", up=1),
    CG + "weighs": Kind("weighs", "weighed by", up=1),
    DCTERMS + "isPartOf": Kind("part of", "has part", up=1),
    SKOS + "hasTopConcept": Kind("has at its top", "at the top of", up=-1),
    SKOS + "inScheme": Kind("in framework", "has in it", up=1),
    SKOS + "member": Kind("has member", "member of", up=-1),
    SKOS + "topConceptOf": Kind("at the top of", "has at its top", up=1),
}
"""Every property that counts as a link: mappings, progression, and the structure of a framework."""
