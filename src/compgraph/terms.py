"""Our IRIs, the prefixes we write, and the terms of other vocabularies that the program itself speaks of.

Plain strings, so that a short answer loads no RDF library.
"""

import re

BASE = "https://w3id.org/compgraph/"
ID = BASE + "id/"
SOURCE = BASE + "source/"
ONTOLOGY = BASE + "ns"
CG = ONTOLOGY + "#"
SPARQL_ENDPOINT = BASE + "sparql"
"""Where the graph can be asked, once the redirect of our identifiers is registered."""

ASSERTED_GRAPH = BASE + "graph/asserted"
"""The graph that holds every asserted triple once."""
INFERRED_GRAPH = BASE + "graph/inferred"
"""The graph that holds every triple that only the reasoner gave."""
QUESTIONS_GRAPH = BASE + "graph/questions"
"""The graph that describes the canned questions."""

DCTERMS = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SEMAPV = "https://w3id.org/semapv/vocab/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SSSOM = "https://w3id.org/sssom/"
XSD = "http://www.w3.org/2001/XMLSchema#"

FOAF = "http://xmlns.com/foaf/0.1/"

PREFIXES = {
    "cg": CG,
    "csvw": "http://www.w3.org/ns/csvw#",
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "id": ID,
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "question": ID + "question/",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "semapv": SEMAPV,
    "sh": SH,
    "skos": SKOS,
    "source": SOURCE,
    "sssom": SSSOM,
    "xsd": XSD,
}
"""The prefixes that are known everywhere. Each framework adds its own, named by the last part of its IRI."""

FRAMEWORK = CG + "Framework"
SEGMENT = CG + "Segment"
CLUSTER = CG + "Cluster"
COMPETENCY = CG + "Competency"
INDICATOR = CG + "Indicator"
EXPECTATION = CG + "Expectation"
ROLE_FAMILY = CG + "RoleFamily"
ROLE_PROFILE = CG + "RoleProfile"
LEVEL = CG + "Level"
LEVEL_SCALE = CG + "LevelScale"
ROLE_LEVEL = CG + "RoleLevel"
PROFICIENCY_LEVEL = CG + "ProficiencyLevel"
BEHAVIOUR = CG + "Behaviour"
PASSAGE = CG + "Passage"
SOURCE_DOCUMENT = CG + "SourceDocument"

ABOUT = CG + "about"
ADDRESSES_LEVEL = CG + "addressesLevel"
AT_LEVEL = CG + "atLevel"
DEMONSTRATES = CG + "demonstrates"
DESCRIPTOR = CG + "descriptor"
ELABORATES = CG + "elaborates"
EXPECTED_PROFICIENCY = CG + "expectedProficiency"
FOR_ROLE = CG + "forRole"
IN_CLUSTER = CG + "inCluster"
IN_FAMILY = CG + "inFamily"
IN_SCALE = CG + "inScale"
OF_COMPETENCY = CG + "ofCompetency"
PASSAGE_KIND = CG + "passageKind"
POSITION = CG + "position"
PROGRESSES_TO = CG + "progressesTo"
PUBLICATION = CG + "publication"
RANK = CG + "rank"
RESTRICTED = CG + "Restricted"

DEFINITION_SOURCE = CG + "definitionSource"
DESCRIPTOR_SOURCE = CG + "descriptorSource"
LABEL_SOURCE = CG + "labelSource"
LENGTH = CG + "length"
LOCATOR = CG + "locator"
RATING_SOURCE = CG + "ratingSource"

RDF_TYPE = RDF + "type"
DCTERMS_SOURCE = DCTERMS + "source"
IS_PART_OF = DCTERMS + "isPartOf"
TITLE = DCTERMS + "title"
IN_SCHEME = SKOS + "inScheme"
MEMBER = SKOS + "member"
NOTATION = SKOS + "notation"
DEFINITION = SKOS + "definition"
PREF_LABEL = SKOS + "prefLabel"
SHA256 = "https://schema.org/sha256"
NO_TERM_FOUND = SSSOM + "NoTermFound"


def words(iri: str) -> str:
    """The last part of an IRI as words: ``cg:RoleLevel`` is a role level."""
    local = iri.replace("#", "/").rstrip("/").rpartition("/")[2]
    apart = re.sub("(?<=[a-z])(?=[A-Z])", " ", local).replace("_", " ")
    return " ".join(word if word.isupper() else word.lower() for word in apart.split())


def plural(noun: str) -> str:
    """The plural of a kind of thing in words."""
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
