"""The constructs of OWL and RDFS by what the reasoner makes of them.

The names of the rules are those of OWL 2 Profiles, section 4.3, tables 4 to 9.
"""

from collections.abc import Container, Mapping
from enum import Enum, auto
from typing import TypeAlias, TypeGuard

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from compgraph.terms import OWL, PREFIXES, RDF, RDF_TYPE, RDFS, XSD

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

TYPE = NamedNode(RDF_TYPE)
FIRST, REST, NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))

SUB_CLASS_OF = NamedNode(RDFS + "subClassOf")
SUB_PROPERTY_OF = NamedNode(RDFS + "subPropertyOf")
DOMAIN = NamedNode(RDFS + "domain")
RANGE = NamedNode(RDFS + "range")
EQUIVALENT_CLASS = NamedNode(OWL + "equivalentClass")
EQUIVALENT_PROPERTY = NamedNode(OWL + "equivalentProperty")
INVERSE_OF = NamedNode(OWL + "inverseOf")
SYMMETRIC = NamedNode(OWL + "SymmetricProperty")
TRANSITIVE = NamedNode(OWL + "TransitiveProperty")
CHAIN = NamedNode(OWL + "propertyChainAxiom")

DISJOINT_WITH = NamedNode(OWL + "disjointWith")
PROPERTY_DISJOINT_WITH = NamedNode(OWL + "propertyDisjointWith")
ALL_DISJOINT_CLASSES = NamedNode(OWL + "AllDisjointClasses")
ALL_DISJOINT_PROPERTIES = NamedNode(OWL + "AllDisjointProperties")
MEMBERS = NamedNode(OWL + "members")
ASYMMETRIC = NamedNode(OWL + "AsymmetricProperty")
IRREFLEXIVE = NamedNode(OWL + "IrreflexiveProperty")
FUNCTIONAL = NamedNode(OWL + "FunctionalProperty")

ONTOLOGY = NamedNode(OWL + "Ontology")
VERSION_IRI = NamedNode(OWL + "versionIRI")
IMPORTS = NamedNode(OWL + "imports")
THING = NamedNode(OWL + "Thing")
SAME_AS = NamedNode(OWL + "sameAs")

ENTAILING = frozenset(
    {
        SUB_CLASS_OF,  # cax-sco
        EQUIVALENT_CLASS,  # cax-eqc1, cax-eqc2
        DOMAIN,  # prp-dom
        RANGE,  # prp-rng
        SUB_PROPERTY_OF,  # prp-spo1
        EQUIVALENT_PROPERTY,  # prp-eqp1, prp-eqp2
        INVERSE_OF,  # prp-inv1, prp-inv2
        SYMMETRIC,  # prp-symp
        TRANSITIVE,  # prp-trp
        CHAIN,  # prp-spo2
    }
)
"""What gives new triples."""

CONTRADICTED_BY_TYPES = frozenset(
    {
        DISJOINT_WITH,  # cax-dw
        ALL_DISJOINT_CLASSES,  # cax-adc
    }
)
CONTRADICTED_BY_LINKS = frozenset(
    {
        PROPERTY_DISJOINT_WITH,  # prp-pdw
        ALL_DISJOINT_PROPERTIES,  # prp-adp
        ASYMMETRIC,  # prp-asyp
        IRREFLEXIVE,  # prp-irp
        FUNCTIONAL,  # prp-fp, where every identifier is a thing of its own: nothing here says owl:sameAs
    }
)
CONTRADICTING = CONTRADICTED_BY_TYPES | CONTRADICTED_BY_LINKS | {MEMBERS}
"""What gives no new triple and can only be contradicted."""

DECLARING = frozenset(
    {
        *(NamedNode(OWL + name) for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")),
        *(NamedNode(OWL + name) for name in ("DeprecatedClass", "DeprecatedProperty")),
        *(NamedNode(RDFS + name) for name in ("Class", "Datatype")),
        NamedNode(RDF + "Property"),
    }
)
"""What says of a term only that it is a class or a property."""

ANNOTATING = frozenset(
    {
        *(NamedNode(OWL + name) for name in ("NamedIndividual", "Axiom", "Annotation", "deprecated", "versionInfo")),
        *(NamedNode(OWL + name) for name in ("priorVersion", "backwardCompatibleWith", "incompatibleWith")),
        *(NamedNode(OWL + name) for name in ("annotatedSource", "annotatedProperty", "annotatedTarget")),
        *(NamedNode(RDFS + name) for name in ("Resource", "label", "comment", "seeAlso", "isDefinedBy", "member")),
        ONTOLOGY,
        VERSION_IRI,
        THING,
    }
)
"""What may be said of anything, in the data as in an ontology, and states no axiom."""

SUPPORTED = ENTAILING | CONTRADICTING | DECLARING | ANNOTATING | {IMPORTS}
"""Every construct that the reasoner takes. Any other term of OWL or RDFS in the place of one is an error."""


class End(Enum):
    """What the reasoner takes at an end of an axiom."""

    CLASS = auto()
    WIDER_CLASS = auto()
    """A class, also one that is built in: what something is also a kind of."""
    PROPERTY = auto()
    LIST = auto()
    ANY = auto()


WIDEST_CLASSES = frozenset({THING, NamedNode(RDFS + "Resource"), NamedNode(RDFS + "Literal")})
ENDS: Mapping[NamedNode, tuple[End, End]] = {
    SUB_CLASS_OF: (End.CLASS, End.WIDER_CLASS),
    EQUIVALENT_CLASS: (End.CLASS, End.CLASS),
    DISJOINT_WITH: (End.CLASS, End.CLASS),
    DOMAIN: (End.PROPERTY, End.WIDER_CLASS),
    RANGE: (End.PROPERTY, End.WIDER_CLASS),
    SUB_PROPERTY_OF: (End.PROPERTY, End.PROPERTY),
    EQUIVALENT_PROPERTY: (End.PROPERTY, End.PROPERTY),
    INVERSE_OF: (End.PROPERTY, End.PROPERTY),
    PROPERTY_DISJOINT_WITH: (End.PROPERTY, End.PROPERTY),
    CHAIN: (End.PROPERTY, End.LIST),
    MEMBERS: (End.ANY, End.LIST),
    **dict.fromkeys((SYMMETRIC, TRANSITIVE, ASYMMETRIC, IRREFLEXIVE, FUNCTIONAL), (End.PROPERTY, End.ANY)),
}
"""What stands before and after each construct that relates terms."""


def construct(triple: Triple) -> NamedNode | None:
    """The construct by which a triple states an axiom or declares something; None if it states a plain fact."""
    if triple.predicate != TYPE:
        return triple.predicate if states_by_predicate(triple.predicate) else None
    return triple.object if isinstance(triple.object, NamedNode) and states_by_type(triple.object) else None


def states_by_predicate(term: Term) -> bool:
    """Whether triples with this predicate state axioms."""
    return isinstance(term, NamedNode) and term.value.startswith((OWL, RDFS)) and term not in ANNOTATING


def states_by_type(term: Term) -> bool:
    """Whether to be of this type is to be declared, or to fall under an axiom."""
    reserved = isinstance(term, NamedNode) and term.value.startswith((OWL, RDFS))
    return (reserved and term not in ANNOTATING) or term in DECLARING


def is_taken(term: NamedNode, end: End) -> bool:
    """Whether the reasoner takes axioms with this term at such an end: our own terms, and few that are built in."""
    if not is_built_in(term):
        return True
    if end is End.PROPERTY:
        return term in ANNOTATING and term.value.startswith(RDFS)
    open_ = term in WIDEST_CLASSES or term.value.startswith((RDF, XSD))
    return end is End.WIDER_CLASS and open_ and term not in DECLARING


def is_built_in(term: NamedNode) -> bool:
    """Whether a term is of the vocabularies of RDF, RDFS, OWL or XSD."""
    return term.value.startswith((RDF, RDFS, OWL, XSD))


def is_data(term: Term, schema_terms: Container[Term]) -> TypeGuard[NamedNode]:
    """Whether triples about a term are given back: it has a name, and is no class or property."""
    return isinstance(term, NamedNode) and term not in schema_terms and not is_built_in(term)


def readable(term: Term) -> str:
    """A term as a person would write it: a CURIE where the prefix is known."""
    if isinstance(term, Literal) and str(term).endswith(">"):  # with a datatype that is told
        return f"{Literal(term.value)}^^{readable(term.datatype)}"
    if not isinstance(term, NamedNode):
        return "a blank node" if isinstance(term, BlankNode) else str(term)
    name = max((name for name in PREFIXES if term.value.startswith(PREFIXES[name])), key=len, default=None)
    return f"{name}:{term.value.removeprefix(PREFIXES[name])}" if name else str(term)
