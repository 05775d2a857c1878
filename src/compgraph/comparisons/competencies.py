"""Two competencies side by side: definitions, indicators, what is asked level by level, and what links them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from compgraph.comparisons.links import Link, Links, links_between
from compgraph.store import Store
from compgraph.store.names import Node

_FACTS = """
SELECT ?framework_label ?definition ?locator ?cluster
WHERE {{
  OPTIONAL {{ <{iri}> skos:inScheme ?framework . ?framework a cg:Framework ; skos:prefLabel ?framework_label }}
  OPTIONAL {{ <{iri}> skos:definition ?definition }}
  OPTIONAL {{ <{iri}> cg:locator ?locator }}
  OPTIONAL {{ <{iri}> cg:inCluster/skos:prefLabel ?cluster }}
}}
ORDER BY DESC(LANGMATCHES(LANG(?definition), "en")) ?definition ?framework_label ?locator ?cluster
"""

_STATEMENTS = """
SELECT ?kind ?statement ?text ?locator ?indicator
WHERE {{
  {{ ?statement a cg:Indicator ; cg:ofCompetency <{iri}> . BIND ("indicator" AS ?kind) }}
  UNION
  {{ ?statement a cg:Behaviour ; cg:demonstrates <{iri}> . BIND ("behaviour" AS ?kind) }}
  ?statement skos:prefLabel ?text .
  OPTIONAL {{ ?statement cg:locator ?locator }}
  OPTIONAL {{ ?statement cg:position ?position }}
  OPTIONAL {{ ?statement cg:elaborates ?indicator }}
}}
ORDER BY ?kind ?position ?statement DESC(LANGMATCHES(LANG(?text), "en")) ?text ?locator ?indicator
"""

_CELLS = """
SELECT ?level ?level_label ?proficiency ?descriptor ?cell_locator ?statement ?text ?locator ?indicator
WHERE {{
  ?cell cg:ofCompetency <{iri}> ; cg:atLevel|cg:forRole ?level .
  ?level skos:prefLabel ?level_label .
  OPTIONAL {{ ?level cg:inFamily/cg:position ?family }}
  OPTIONAL {{ ?level cg:rank ?rank }}
  OPTIONAL {{ ?cell cg:expectedProficiency/skos:prefLabel ?proficiency }}
  OPTIONAL {{ ?cell cg:descriptor ?descriptor }}
  OPTIONAL {{ ?cell cg:locator ?cell_locator }}
  OPTIONAL {{
    ?statement cg:demonstrates ?cell ; skos:prefLabel ?text .
    OPTIONAL {{ ?statement cg:locator ?locator }}
    OPTIONAL {{ ?statement cg:position ?position }}
    OPTIONAL {{ ?statement cg:elaborates ?indicator . OPTIONAL {{ ?indicator cg:position ?indicator_position }} }}
  }}
}}
ORDER BY ?family ?rank ?level_label ?level ?indicator_position ?position ?statement ?text ?descriptor ?proficiency
         ?cell_locator ?locator ?indicator
"""


class Statement(NamedTuple):
    """An indicator or a behaviour, in our words."""

    iri: str
    text: str
    locator: str
    indicator: str = ""
    """The IRI of the indicator that a behaviour elaborates; empty if none."""


class Level(NamedTuple):
    """What is expected at one level, or of one role."""

    iri: str
    label: str
    proficiency: str
    descriptor: str
    locator: str
    behaviours: tuple[Statement, ...]


_Levels: TypeAlias = tuple[Level, ...]


class Competency(NamedTuple):
    """One of the two that are compared."""

    iri: str
    curie: str
    label: str
    framework: str
    clusters: tuple[str, ...]
    locator: str
    definition: str
    indicators: tuple[Statement, ...]
    behaviours: tuple[Statement, ...]
    """Those that the source ties to no level."""
    levels: tuple[Level, ...]


class Alignment(NamedTuple):
    """Levels of the two sides that correspond: by links between them, or because they are the same."""

    left: tuple[Level, ...]
    right: tuple[Level, ...]
    links: tuple[tuple[str, str, Link], ...]
    """Labels of the two levels, and the link; none where both sides have the same level."""


class StatementLink(NamedTuple):
    """A statement of the left side that is linked to one of the right."""

    left: Statement
    right: Statement
    link: Link


class CompetencyComparison(NamedTuple):
    """Two competencies side by side, everything as seen from the left."""

    left: Competency
    right: Competency
    links: tuple[Link, ...]
    """Between the two competencies."""
    aligned: tuple[Alignment, ...]
    """The levels that correspond, in the order of the left side."""
    apart: Alignment
    """The levels of which no correspondence is on record."""
    statement_links: tuple[StatementLink, ...]
    """In the order of the statements of the left side."""


def compare_competencies(store: Store, one: Node, other: Node) -> CompetencyComparison:
    """The comparison of two competencies."""
    left, right = _competency(store, one), _competency(store, other)
    links = links_between(store, _ends("one", left), _ends("other", right))
    aligned, apart = _alignments(left.levels, right.levels, links)
    return CompetencyComparison(
        left, right, links.get((one.iri, other.iri), ()), aligned, apart, _statement_links(left, right, links)
    )


def statements(competency: Competency) -> list[Statement]:
    """All statements of a competency, in the order in which they are shown."""
    levelled = [behaviour for level in competency.levels for behaviour in level.behaviours]
    return [*competency.indicators, *competency.behaviours, *levelled]


def _ends(variable: str, competency: Competency) -> str:
    """A graph pattern for what may be linked to the other side: the competency, its statements and its levels."""
    things = [competency.iri, *(level.iri for level in competency.levels)]
    things += [statement.iri for statement in statements(competency)]
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in things)} }}"


def _competency(store: Store, node: Node) -> Competency:
    facts = store.texts(_FACTS.format(iri=node.iri))
    framework, definition, locator, _ = facts[0]
    clusters = tuple(dict.fromkeys(cluster for *_, cluster in facts if cluster))
    said: dict[str, dict[str, Statement]] = {"indicator": {}, "behaviour": {}}
    for kind, iri, *rest in store.texts(_STATEMENTS.format(iri=node.iri)):
        said[kind].setdefault(iri, Statement(iri, *rest))
    return Competency(
        iri=node.iri,
        curie=node.curie,
        label=node.label,
        framework=framework,
        clusters=clusters,
        locator=locator,
        definition=definition,
        indicators=tuple(said["indicator"].values()),
        behaviours=tuple(said["behaviour"].values()),
        levels=_levels(store, node),
    )


def _levels(store: Store, node: Node) -> tuple[Level, ...]:
    said: dict[str, tuple[str, str, str, str]] = {}
    behaviours: dict[str, dict[str, Statement]] = defaultdict(dict)
    for level, label, proficiency, descriptor, locator, *statement in store.texts(_CELLS.format(iri=node.iri)):
        said.setdefault(level, (label, proficiency, descriptor, locator))
        if statement[0]:
            behaviours[level].setdefault(statement[0], Statement(*statement))
    return tuple(Level(level, *rest, tuple(behaviours[level].values())) for level, rest in said.items())


def _alignments(left: _Levels, right: _Levels, links: Links) -> tuple[tuple[Alignment, ...], Alignment]:
    """The groups of levels that correspond, each level in one group, and those that are left over."""
    groups: list[list[tuple[Level, Level]]] = []
    for one in left:
        for other in right:
            if one.iri == other.iri or (one.iri, other.iri) in links:
                joined = [group for group in groups if any(one in pair or other in pair for pair in group)]
                merged = [*(pair for group in joined for pair in group), (one, other)]
                groups = [group for group in groups if group not in joined] + [merged]
    aligned = [_alignment(left, right, group, links) for group in groups]
    matched = {level.iri for group in aligned for level in (*group.left, *group.right)}
    apart = [tuple(level for level in levels if level.iri not in matched) for levels in (left, right)]
    in_order = sorted(aligned, key=lambda group: left.index(group.left[0]))
    return tuple(in_order), Alignment(apart[0], apart[1], ())


def _alignment(left: _Levels, right: _Levels, pairs: Iterable[tuple[Level, Level]], links: Links) -> Alignment:
    matched = {level.iri for pair in pairs for level in pair}
    return Alignment(
        tuple(level for level in left if level.iri in matched),
        tuple(level for level in right if level.iri in matched),
        tuple((one.label, other.label, link) for one, other in pairs for link in links.get((one.iri, other.iri), ())),
    )


def _statement_links(left: Competency, right: Competency, links: Links) -> tuple[StatementLink, ...]:
    return tuple(
        StatementLink(one, other, link)
        for one in statements(left)
        for other in statements(right)
        for link in links.get((one.iri, other.iri), ())
    )
