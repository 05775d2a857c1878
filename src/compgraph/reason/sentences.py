"""An axiom as a sentence that a person reads."""

from compgraph.reason import constructs as owl
from compgraph.reason.axioms import Axiom

_BETWEEN = {
    owl.SUB_CLASS_OF: "is a subclass of",
    owl.EQUIVALENT_CLASS: "is the same class as",
    owl.DOMAIN: "has the domain",
    owl.RANGE: "has the range",
    owl.SUB_PROPERTY_OF: "is a subproperty of",
    owl.EQUIVALENT_PROPERTY: "is the same property as",
    owl.INVERSE_OF: "is the inverse of",
    owl.DISJOINT_WITH: "shares no member with",
    owl.PROPERTY_DISJOINT_WITH: "shares no pair with",
}
_AFTER = {
    owl.SYMMETRIC: "is symmetric",
    owl.TRANSITIVE: "is transitive",
    owl.ASYMMETRIC: "is asymmetric",
    owl.IRREFLEXIVE: "is irreflexive",
    owl.FUNCTIONAL: "has one value at most",
    owl.ALL_DISJOINT_CLASSES: "share no member",
    owl.ALL_DISJOINT_PROPERTIES: "share no pair",
}


def sentence(axiom: Axiom) -> str:
    """An axiom in words, with its terms as CURIEs: ``cg:ofCompetency has the property chain cg:demonstrates / ...``."""
    first, *rest = map(owl.readable, axiom.terms)
    if axiom.construct == owl.CHAIN:
        return f"{first} has the property chain {' / '.join(rest)}"
    if axiom.construct in _BETWEEN:
        return f"{first} {_BETWEEN[axiom.construct]} {rest[0]}"
    return f"{' and '.join(part for part in (', '.join([first, *rest[:-1]]), *rest[-1:]))} {_AFTER[axiom.construct]}"
