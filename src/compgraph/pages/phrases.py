"""The words of the pages: what relations are called, either way, and the order in which they are told."""

import re

from compgraph.terms import (
    ABOUT,
    ADDRESSES_LEVEL,
    AT_LEVEL,
    CG,
    DCTERMS,
    DCTERMS_SOURCE,
    DEFINITION,
    DEFINITION_SOURCE,
    DEMONSTRATES,
    DESCRIPTOR,
    DESCRIPTOR_SOURCE,
    ELABORATES,
    EXPECTED_PROFICIENCY,
    FOR_ROLE,
    IN_CLUSTER,
    IN_FAMILY,
    IN_SCALE,
    IN_SCHEME,
    IS_PART_OF,
    LABEL_SOURCE,
    LENGTH,
    LOCATOR,
    MEMBER,
    NOTATION,
    OF_COMPETENCY,
    OWL,
    PREF_LABEL,
    RATING_SOURCE,
    RDF_TYPE,
    SHA256,
    SKOS,
    SSSOM,
    TITLE,
)

_LICENCE = re.compile(r"https?://creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)/?")

REPLACED = DCTERMS + "isReplacedBy"
"""From what is out of use to what has taken its place."""

WORDS = {
    SKOS + "altLabel": "also called",
    DEFINITION: "definition",
    IN_SCHEME: "framework",
    MEMBER: "holds",
    IS_PART_OF: "part of",
    TITLE: "title of the document",
    DCTERMS + "license": "licence",
    LENGTH: "length in characters",
    SHA256: "SHA-256",
    SSSOM + "license": "licence",
    SSSOM + "mapping_set_description": "how it was made",
    SSSOM + "mapping_date": "date",
    SSSOM + "subject_source": "from",
    SSSOM + "object_source": "to",
    SSSOM + "mapping_justification": "justification",
    SSSOM + "author_label": "author",
    SSSOM + "see_also": "see also",
}
"""Relations of other vocabularies in the words of this field; ours have labels of their own."""

SOURCES = {
    DCTERMS_SOURCE: "Text",
    LABEL_SOURCE: "Name",
    DEFINITION_SOURCE: "Definition",
    DESCRIPTOR_SOURCE: "Descriptor",
    RATING_SOURCE: "Rating",
}
"""What stands in a source, by the relation that points there."""

HIDDEN = (
    *(
        RDF_TYPE,
        PREF_LABEL,
        LOCATOR,
        NOTATION,
        SKOS + "scopeNote",
        SKOS + "editorialNote",
        CG + "position",
        CG + "rank",
    ),
    *(SSSOM + "mapping_set_title", SSSOM + "sssom_version", OWL + "deprecated", REPLACED),
)
"""What the heading, the order or another part of a page tells."""

WHOLES = (IN_SCHEME, IS_PART_OF)
"""The relations to what a thing is in, which the way to its page tells too."""

ORDER = (
    *(DEFINITION, DESCRIPTOR, SKOS + "altLabel", TITLE, OF_COMPETENCY, AT_LEVEL, FOR_ROLE),
    *(SSSOM + "subject_source", SSSOM + "object_source"),
)
"""The relations that are told first."""

POINTING = {
    REPLACED: "Out of use: it has taken their place",
    ABOUT: "What the source says about it",
    ADDRESSES_LEVEL: "Parts of the framework for this level",
    AT_LEVEL: "Expected at this level",
    DCTERMS_SOURCE: "",
    DCTERMS + "publisher": "Issued by it",
    DEMONSTRATES: "Behaviours that show it",
    ELABORATES: "Behaviours that elaborate it",
    EXPECTED_PROFICIENCY: "Where this proficiency is expected",
    FOR_ROLE: "What is expected of this role",
    IN_CLUSTER: "",
    IN_FAMILY: "",
    IN_SCALE: "Levels",
    IN_SCHEME: "",
    IS_PART_OF: "",
    OF_COMPETENCY: "",
    CG + "weighs": "What it weighs in a review",
    SKOS + "broader": "Narrower",
    SKOS + "narrower": "Broader",
}
"""What points to a thing, as a heading; empty: the kind of what points, in the plural."""


def licence_name(iri: str) -> str:
    """A Creative Commons licence by its name; empty for any other IRI."""
    found = _LICENCE.fullmatch(iri)
    return f"CC {found[1].upper()} {found[2]}" if found else ""
