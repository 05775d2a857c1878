"""What is in each framework: where it comes from, how much there is of what, and how not to misread it."""

from dataclasses import dataclass

from compgraph.store import Store

# What is counted, in the order in which a reader meets it.
_KINDS = (
    "Segment",
    "Cluster",
    "Competency",
    "Indicator",
    "RoleProfile",
    "Expectation",
    "Behaviour",
    "Passage",
    "Weighting",
)

_FRAMEWORKS = """
SELECT ?framework ?label ?issuer ?issued ?rights ?license ?source ?length ?sha256
WHERE {
  ?framework a cg:Framework ; skos:prefLabel ?label .
  OPTIONAL { ?framework dcterms:publisher/foaf:name ?issuer }
  OPTIONAL { ?framework dcterms:issued ?issued }
  OPTIONAL { ?framework dcterms:rights ?rights }
  OPTIONAL { ?framework dcterms:license ?license }
  OPTIONAL { ?framework dcterms:source ?source . ?source cg:length ?length ; schema:sha256 ?sha256 }
}
ORDER BY ?framework ?source
"""

_COUNTS = """
SELECT ?framework ?kind (COUNT(DISTINCT ?node) AS ?count)
WHERE { ?node skos:inScheme|dcterms:isPartOf ?framework . ?framework a cg:Framework . ?node a ?kind }
GROUP BY ?framework ?kind
ORDER BY ?framework ?kind
"""

_LEVELS = """
SELECT ?framework ?scale ?scale_label ?level_label
WHERE {
  ?level cg:inScale ?scale ; skos:inScheme ?framework ; skos:prefLabel ?level_label .
  ?framework a cg:Framework .
  ?scale skos:prefLabel ?scale_label .
  OPTIONAL { ?level cg:inFamily/cg:position ?family }
  OPTIONAL { ?level cg:rank ?rank }
}
ORDER BY ?framework ?family ?scale ?rank ?level_label
"""

_NOTES = """
SELECT ?framework ?kind ?note
WHERE {
  ?framework a cg:Framework ; ?property ?note .
  VALUES (?property ?kind) { (skos:editorialNote "known") (skos:scopeNote "misread") }
}
ORDER BY ?framework ?kind ?note
"""

_DAMAGE = """
SELECT ?framework (COUNT(DISTINCT ?node) AS ?count)
WHERE { ?node skos:inScheme|dcterms:isPartOf ?framework ; skos:editorialNote ?note . ?framework a cg:Framework }
GROUP BY ?framework
ORDER BY ?framework
"""

_LINKS = """
SELECT ?framework (COUNT(DISTINCT ?record) AS ?count)
WHERE {
  ?record a sssom:Mapping ; sssom:subject_id|sssom:object_id ?end .
  ?end skos:inScheme ?framework . ?framework a cg:Framework .
}
GROUP BY ?framework
ORDER BY ?framework
"""


@dataclass(frozen=True, slots=True)
class Framework:
    """One framework, summed up."""

    iri: str
    label: str
    issuer: str
    issued: str
    rights: str
    license: str
    source: str
    """The file of its source document, without the ending; empty if the graph describes none."""
    length: int
    """Unicode characters of the source document."""
    sha256: str
    counts: dict[str, int]
    """How many there are of each kind that occurs, by class name."""
    scales: dict[str, tuple[str, ...]]
    """The labels of the levels of each scale, by label of the scale."""
    links: int
    """How many mapping records begin or end in it."""
    noted: int
    """How many of its nodes carry a note on damage or doubt."""
    known: tuple[str, ...]
    """What is known to be wrong or missing in the whole."""
    misread: tuple[str, ...]
    """How not to misread it."""


def frameworks(store: Store) -> list[Framework]:
    """Every framework of the graph, by IRI."""
    counts = store.texts(_COUNTS)
    damage, links = ({row[0]: row[1] for row in store.texts(query)} for query in (_DAMAGE, _LINKS))
    levels, notes = store.texts(_LEVELS), store.texts(_NOTES)
    found = []
    for iri, label, issuer, issued, rights, license_, source, length, sha256 in store.texts(_FRAMEWORKS):
        numbers = {kind.rpartition("#")[2]: int(count) for owner, kind, count in counts if owner == iri}
        found.append(
            Framework(
                iri=iri,
                label=label,
                issuer=issuer,
                issued=issued,
                rights=rights,
                license=license_,
                source=source.rpartition("/")[2],
                length=int(length or 0),
                sha256=sha256,
                counts={kind: numbers[kind] for kind in _KINDS if kind in numbers},
                scales=_scales([row[1:] for row in levels if row[0] == iri]),
                links=int(links.get(iri, "0")),
                noted=int(damage.get(iri, "0")),
                known=tuple(note for owner, kind, note in notes if owner == iri and kind == "known"),
                misread=tuple(note for owner, kind, note in notes if owner == iri and kind == "misread"),
            )
        )
    return found


def _scales(rows: list[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    scales: dict[str, list[str]] = {}
    for _, scale, level in rows:
        scales.setdefault(scale, []).append(level)
    return {scale: tuple(levels) for scale, levels in scales.items()}
