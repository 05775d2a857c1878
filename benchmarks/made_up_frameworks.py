"""Frameworks that nobody wrote: of one shape, with words by chance."""

import random
from collections.abc import Iterable
from typing import NamedTuple

COMPETENCIES = 6
LEVELS = 4
RATINGS = 3
# fmt: off
WORDS = (
    "aims", "budgets", "colleagues", "conduct", "customers", "data", "deadlines", "decisions", "disputes", "errors",
    "evidence", "feedback", "goals", "growth", "ideas", "incidents", "knowledge", "meetings", "methods", "morale",
    "networks", "objections", "orders", "partners", "plans", "policies", "priorities", "procedures", "processes",
    "products", "quality", "records", "reports", "requests", "resources", "results", "reviews", "risks", "rules",
    "safety", "schedules", "services", "skills", "staff", "standards", "suppliers", "systems", "targets", "tasks",
    "teams", "tools", "training", "trends", "values",
)
# fmt: on
# fmt: off
VERBS = (
    "adapts", "aligns", "assesses", "builds", "checks", "clarifies", "coaches", "compares", "defends", "delivers",
    "develops", "explains", "improves", "leads", "manages", "measures", "monitors", "orders", "plans", "prepares",
    "presents", "questions", "reviews", "shares", "supports", "tests", "updates",
)
# fmt: on

_FRAMEWORK_PREFIXES = """\
@prefix cg: <https://w3id.org/compgraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix id: <https://w3id.org/compgraph/id/> .
@prefix {name}: <https://w3id.org/compgraph/id/{name}/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/compgraph/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


class File(NamedTuple):
    """A file of the workspace, and how many triples it makes."""

    path: str
    text: str
    triples: int


class Framework:
    """Collects the Turtle of one framework."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.name = f"f{number:05}"
        self._chance = chance
        self._nodes: list[str] = []
        self._triples = 0
        self._character = 0
        self._scheme, self._part = f"skos:inScheme id:{self.name}", f"dcterms:isPartOf id:{self.name}"

    def file(self) -> File:
        """The framework, whole."""
        self._levels()
        for place in range(1, COMPETENCIES + 1):
            self._competency(place)
        self._groupings()
        self._role()
        self._beside()
        self._itself()  # last, when the length of its document is known
        text = _FRAMEWORK_PREFIXES.replace("{name}", self.name) + "".join(self._nodes)
        return File(f"data/{self.name}.ttl", text, self._triples)

    def _add(self, name: str, kind: str, *facts: str) -> None:
        self._nodes.append("\n" + " ;\n    ".join((f"{name}\n    a {kind}", *facts)) + " ;\n    .\n")
        self._triples += 1 + len(facts)

    def _own(self, local: str) -> str:
        return f"{self.name}:{local}"

    def _source(self, predicate: str = "dcterms:source") -> str:
        start = self._character
        self._character += 80
        return f"{predicate} <https://w3id.org/compgraph/source/{self.name}#char={start},{start + 60}>"

    def _text(self) -> str:
        chance = self._chance
        things = chance.sample(WORDS, 4)
        one, other = chance.choice(VERBS), chance.choice(VERBS)
        return f"{one.title()} {things[0]} and {things[1]}, {other} {things[2]} and {things[3]}"

    def _said(self, text: str, place: str) -> tuple[str, ...]:
        note = ('skos:editorialNote "The end of the line is lost."@en',) if self._chance.random() < 0.1 else ()
        return f'skos:prefLabel "{text}"@en', self._source(), f'cg:locator "{place}"@en', *note

    def _named(self, name: str) -> tuple[str, ...]:
        return f'skos:prefLabel "{name}"@en', self._source("cg:labelSource"), f'cg:locator "{name}"@en'

    def _theme(self) -> str:
        return self._chance.choice(WORDS).title()

    def _defined(self) -> tuple[str, ...]:
        return f'skos:definition "{self._text()}"@en', self._source("cg:definitionSource")

    def _summed_up(self, place: str, rating: int) -> tuple[str, ...]:
        rated = f"cg:expectedProficiency {self._own(f'level.proficiency-{rating}')}"
        sources = (self._source("cg:descriptorSource"), self._source("cg:ratingSource"))
        return f'cg:descriptor "{self._text()}"@en', f'cg:locator "{place}"@en', rated, *sources

    def _levels(self) -> None:
        in_family = f"cg:inFamily {self._own('family.1')}"
        self._add(self._own("family.1"), "cg:RoleFamily", *self._named("Line"), self._scheme, "cg:position 1")
        for kind, scale, steps in (("Role", "role", LEVELS), ("Proficiency", "proficiency", RATINGS)):
            self._add(self._own(f"scale.{scale}"), "cg:LevelScale", *self._named(f"{kind} levels"), self._part)
            for rank in range(1, steps + 1):
                said = (*self._named(f"{kind} {rank}"), *self._defined(), self._scheme)
                place = (f"cg:inScale {self._own(f'scale.{scale}')}", f"cg:rank {rank}")
                family = (in_family,) if kind == "Role" else ()
                self._add(self._own(f"level.{scale}-{rank}"), f"cg:{kind}Level", *said, *place, *family)

    def _competency(self, place: int) -> None:
        own = self._own(f"c{place}")
        definition = () if self._chance.random() < 0.1 else self._defined()
        cluster = f"cg:inCluster {self._own(f'cluster.{1 + place % 2}')}"
        named = (*self._named(f"{self._theme()} {place}"), f'skos:notation "{place}"')
        self._add(own, "cg:Competency", *named, *definition, self._scheme, cluster)
        for number in (1, 2):
            facts = (self._scheme, f"cg:ofCompetency {own}", f"cg:position {number}")
            self._add(f"{own}.indicator.{number}", "cg:Indicator", *self._said(self._text(), f"{place}"), *facts)
        asked = range(1, LEVELS + 1) if place > 1 else (LEVELS,)  # the first is asked at the highest level only
        for level in asked:
            self._cell(place, level)

    def _cell(self, place: int, level: int) -> None:
        own, cell = self._own(f"c{place}"), self._own(f"c{place}.l{level}")
        rating = min(RATINGS, (level + self._chance.randrange(2)) // 2 + 1)
        facts = (self._part, f"cg:ofCompetency {own}", f"cg:atLevel {self._own(f'level.role-{level}')}")
        self._add(cell, "cg:Expectation", *facts, *self._summed_up(f"{place}, level {level}", rating))
        texts = [self._text()] * 2 if self._chance.random() < 0.04 else [self._text(), self._text()]
        for position, text in enumerate(texts, 1):
            facts = (self._scheme, f"cg:demonstrates {cell}", f"cg:position {position}")
            said = self._said(text, f"{place}, level {level}, row {position}")
            self._add(f"{cell}.{position}", "cg:Behaviour", *facts, *said, f"cg:elaborates {own}.indicator.{position}")

    def _groupings(self) -> None:
        for number in (1, 2):
            label = self._named(f"{self._theme()} theme {number}")
            self._add(self._own(f"cluster.{number}"), "cg:Cluster", *label, self._scheme)
        everyone = range(1, LEVELS + 1)
        self._segment(1, range(3, COMPETENCIES + 1, 2), everyone)
        self._segment(2, range(2, COMPETENCIES + 1, 2), everyone)
        self._segment(3, (1,), (LEVELS,))

    def _segment(self, number: int, places: Iterable[int], addressed: Iterable[int]) -> None:
        members = [f"skos:member {self._own(f'c{place}')}" for place in places]
        levels = [f"cg:addressesLevel {self._own(f'level.role-{level}')}" for level in addressed]
        facts = (*self._named(f"Part {number}"), self._part, *members, *levels)
        self._add(self._own(f"segment.{number}"), "cg:Segment", *facts)

    def _role(self) -> None:
        self._add(self._own("role"), "cg:RoleProfile", *self._named(f"Officer for {self.name}"), self._part)
        for place in (2, 3, 4):
            facts = (self._part, f"cg:ofCompetency {self._own(f'c{place}')}", f"cg:forRole {self._own('role')}")
            self._add(
                self._own(f"c{place}.role"), "cg:Expectation", *facts, *self._summed_up(f"Role, {place}", RATINGS)
            )

    def _beside(self) -> None:
        subjects = {"history": f"id:{self.name}", "placeholder": self._own("c1"), "guidance": self._own("c2")}
        for kind, about in subjects.items():
            facts = (self._part, f"cg:about {about}", f"cg:passageKind cg:{kind}", "cg:position 1")
            self._add(self._own(f"passage.{kind}.1"), "cg:Passage", *self._said(self._text(), kind), *facts)
        shares = (("review", 100, None, None), ("goals", 80, "review", None), ("c1", 20, "review", "c1"))
        for name, share, whole, weighed in shares:
            within = (f"dcterms:isPartOf {self._own(f'weighting.{whole}')}",) if whole else ()
            what = (f"cg:weighs {self._own(weighed)}",) if weighed else ()
            facts = (*self._named(name.title()), self._part, f"cg:share {share}.0", *within, *what, self._source())
            date = 'dcterms:date "2020-07"^^xsd:gYearMonth'
            self._add(self._own(f"weighting.{name}"), "cg:Weighting", *facts, date)

    def _itself(self) -> None:
        named = (*self._named(f"Framework {self.name}"), f'dcterms:title "Made-up framework {self.name}"@en')
        issue = (
            'dcterms:issued "2020"^^xsd:gYear',
            'dcterms:language "en"',
            'dcterms:modified "2026-11-21"^^xsd:date',
            f"dcterms:publisher {self._own('issuer')}",
        )
        licence = "dcterms:license <https://creativecommons.org/licenses/by/4.0/>"
        rights = (licence, 'dcterms:rights "not stated"@en', f"dcterms:source source:{self.name}")
        note = 'skos:editorialNote "Nothing of this is real."@en'
        self._add(f"id:{self.name}", "cg:Framework", *named, *issue, *rights, note)
        self._add(self._own("issuer"), "foaf:Organization", f'foaf:name "Issuer of {self.name}"@en')
        checksum = f'schema:sha256 "{self._chance.randbytes(32).hex()}"'
        length = f"cg:length {self._character}"
        self._add(f"source:{self.name}", "cg:SourceDocument", 'dcterms:title "Made up"@en', checksum, length)
