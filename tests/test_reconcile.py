"""reconcile: what a name is taken for, what is left to a person, and what is never matched."""

from collections.abc import Iterator

import pytest
from benchmarks.column import KINDS, column
from benchmarks.reconcile import ours, tally

from compgraph.cli.commands import reconcile as command
from compgraph.errors import ResolveError
from compgraph.graph import Graph, open_graph
from compgraph.reconcile import Candidate, Constraint, Query, Reconciler, properties
from compgraph.reconcile.entries import TYPES
from compgraph.reconcile.words import plain, stems
from compgraph.terms import BEHAVIOUR, CG, COMPETENCY, FRAMEWORK, LEVEL, ROLE_LEVEL, ROLE_PROFILE

IN_CALIFORNIA = (Constraint("framework", ("California",)),)


@pytest.fixture(scope="module")
def reconciler(graph: Graph) -> Reconciler:
    return Reconciler(graph.store)


def _told(found: tuple[Candidate, ...]) -> list[tuple[str, float, bool]]:
    return [(each.node.curie, each.score, each.match) for each in found]


SAFE = [
    ("Thoroughness", "california:thoroughness", 100),
    ("  thoroughness ", "california:thoroughness", 100),
    ("15. Thoroughness", "california:thoroughness", 100),
    ("california:thoroughness", "california:thoroughness", 100),
    ("https://w3id.org/compgraph/id/california/thoroughness", "california:thoroughness", 100),
    ("Organisational awareness", "california:organizational-awareness", 100),
    ("Ethics & Integrity", "california:ethics-and-integrity", 100),
    ("Décision Making", "california:decision-making", 100),
    ("Relationship Building", "california:relationship-building", 100),
    ("Flexibility", "california:flexibility", 100),
    ("Leadership", "michigan:leadership", 100),
    ("Thoroughnes", "california:thoroughness", 91.7),
    ("Decisionmaking", "california:decision-making", 93.3),
    ("Advancing the iMssion", "michigan:advancing-the-mission", 95.2),
    ("Organizatoinal Awarness", "california:organizational-awareness", 91.7),
]


@pytest.mark.parametrize(("name", "curie", "score"), SAFE)
def test_a_name_that_is_safe_matches(reconciler: Reconciler, name: str, curie: str, score: float) -> None:
    assert _told(reconciler.candidates(Query(name)))[0] == (curie, score, True)


UNSURE = [
    ("Communication", {"california:communication", "michigan:communication"}),
    ("Comunication", {"california:communication", "michigan:communication"}),
    ("Customer Focus", {"california:customer-focus", "washington-ofm:customer-focus"}),
    ("Building Relationships", {"client-service-manager:building-relationships", "michigan:building-relationships"}),
    ("Intrapersonal Skills", {"california:interpersonal-skills"}),
    ("Team Readership", {"california:team-leadership"}),
    ("Influence of Others", {"california:influencing-others"}),
    ("15", {"california:thoroughness"}),
    ("Solving Problems", {"client-service-manager:problem-solving"}),
]


@pytest.mark.parametrize(("name", "curies"), UNSURE)
def test_what_is_not_safe_is_left_to_a_person(reconciler: Reconciler, name: str, curies: set[str]) -> None:
    found = _told(reconciler.candidates(Query(name)))
    assert {curie for curie, _, _ in found[: len(curies)]} == curies
    assert not any(match for _, _, match in found)


def test_what_exists_nowhere_is_never_matched(graph: Graph, reconciler: Reconciler) -> None:
    unknown = [name.name for seed in range(3) for name in column(graph, seed) if name.kind == "unknown"]
    assert len(unknown) == 120
    for name in unknown:
        for types in ((COMPETENCY,), TYPES):
            assert not any(each.match for each in reconciler.candidates(Query(name, types))), name


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_two_hundred_names(graph: Graph, reconciler: Reconciler, seed: int) -> None:
    """Nothing is ever wrong; what is exact is right but for namesakes, and of the reworded most are first."""
    names = column(graph, seed)
    assert [sum(name.kind == kind for name in names) for kind in KINDS] == [60, 50, 50, 40]
    for with_framework in (False, True):
        told = tally(names, ours(reconciler, with_framework=with_framework)(names))
        assert sum(each["wrong"] for each in told.values()) == 0
        assert told["unknown"]["open"] == 40
        assert told["exact"]["right"] >= (60 if with_framework else 50)
        assert told["misspelt"]["right"] >= 30
        assert told["reworded"]["first"] >= 45


def test_the_limit_does_not_make_a_name_safe(reconciler: Reconciler) -> None:
    assert _told(reconciler.candidates(Query("Communication", limit=1))) == [("california:communication", 100.0, False)]


def test_a_framework_settles_which_of_the_namesakes(reconciler: Reconciler) -> None:
    for told in (
        "California",
        "california",
        "California Leadership Competency Model",
        CG.replace("ns#", "id/california"),
    ):
        found = reconciler.candidates(Query("Communication", constraints=(Constraint("framework", (told,)),)))
        assert _told(found)[:2] == [("california:communication", 100.0, True), ("michigan:communication", 50.0, False)]
        assert found[0].features[-1] == ("framework", True) and found[1].features[-1] == ("framework", False)


def test_a_bare_number_means_something_in_a_framework_alone(reconciler: Reconciler) -> None:
    assert _told(reconciler.candidates(Query("15", constraints=IN_CALIFORNIA)))[0] == (
        "california:thoroughness",
        100.0,
        True,
    )


def test_no_name_matches_against_its_properties(reconciler: Reconciler) -> None:
    for wrong in ("Michigan", "nowhere"):
        found = reconciler.candidates(Query("Thoroughness", constraints=(Constraint("framework", (wrong,)),)))
        assert ("california:thoroughness", 50.0, False) in _told(found)
        assert not any(each.match for each in found)


def test_several_properties(reconciler: Reconciler) -> None:
    cluster = Constraint("cluster", ("Maximizing Performance Results",))
    found = reconciler.candidates(Query("Thoroughness", constraints=(*IN_CALIFORNIA, cluster)))
    assert _told(found)[0] == ("california:thoroughness", 100.0, True)
    one_is_wrong = (*IN_CALIFORNIA, Constraint("cluster", ("Building Coalitions",)))
    assert _told(reconciler.candidates(Query("Thoroughness", constraints=one_is_wrong)))[0][1:] == (75.0, False)


def test_properties_without_a_name_match_nothing(reconciler: Reconciler) -> None:
    found = reconciler.candidates(Query("", constraints=(*IN_CALIFORNIA, Constraint("number", ("15",)))))
    assert _told(found)[0] == ("california:thoroughness", 89.0, False)


@pytest.mark.parametrize(
    ("name", "type_", "curie"),
    [
        ("Second-Level Supervisor", LEVEL, "california:level.second-level-supervisor"),
        ("Management Level 3", ROLE_LEVEL, "michigan:level.management-3"),
        ("Michigan Organizational Competencies", FRAMEWORK, "id:michigan"),
        ("Senior Client Service Manager", ROLE_PROFILE, "client-service-manager:role"),
        (
            "Breaks down significantly complex problems affecting several teams; delegates work to other supervisors",
            BEHAVIOUR,
            "california:analytical-thinking.manager.2",
        ),
    ],
)
def test_other_types(reconciler: Reconciler, name: str, type_: str, curie: str) -> None:
    assert _told(reconciler.candidates(Query(name, (type_,))))[0] == (curie, 100.0, True)


def test_a_digit_is_never_a_slip(reconciler: Reconciler) -> None:
    assert not any(each.match for each in reconciler.candidates(Query("Management Level 6", (LEVEL,))))


def test_of_all_types_or_of_any(reconciler: Reconciler) -> None:
    both = (LEVEL, ROLE_LEVEL)
    assert reconciler.candidates(Query("Manager", both, of_all_types=True))[0].node.curie == "california:level.manager"
    found = reconciler.candidates(Query("Manager", (COMPETENCY, LEVEL), of_all_types=True))
    assert found == ()


def test_what_there_is_not_is_told(reconciler: Reconciler) -> None:
    with pytest.raises(ResolveError, match=r"no property 'colour'\. There are: framework"):
        reconciler.candidates(Query("Thoroughness", constraints=(Constraint("colour", ("red",)),)))
    with pytest.raises(ResolveError, match=r"'Passage' can't be reconciled\. What can: Competency"):
        reconciler.candidates(Query("Thoroughness", (CG + "Passage",)))


@pytest.mark.parametrize("name", ["", " ", "!?", "the of and", "%" * 500, "\0\ud800", "字" * 30])
def test_odd_names_are_like_nothing(reconciler: Reconciler, name: str) -> None:
    assert not any(each.match for each in reconciler.candidates(Query(name)))


def test_every_property_has_values_and_every_type_a_name(reconciler: Reconciler) -> None:
    for identifier, property_ in properties().items():
        known = reconciler.values(identifier)
        assert known, identifier
        of = {entry.node.iri for type_ in property_.of for entry in reconciler.index(type_).entries}
        assert known.keys() <= of, identifier
    assert [type_.iri for type_ in reconciler.types] == list(TYPES)
    assert [type_.broader for type_ in reconciler.types if type_.broader] == [LEVEL, LEVEL]


def test_the_command_takes_every_type() -> None:
    assert [CG + "".join(map(str.title, name.split("-"))) for name in command.TYPES] == list(TYPES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Planning & Organizing", "planning and organising"),
        ("Behavioural Programmes", "behavioral programs"),
        ("Analysing", "analyzing"),
        ("Customer's focus", "customer focus"),
        ("Résumé-writing", "resume writing"),
    ],
)
def test_what_does_not_count_in_a_name(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("prise", "price"), ("हिन्दी", "हनद"), ("four", "for"), ("é", "ë́x")])
def test_what_does_count(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_stems_are_those_of_the_language() -> None:
    assert stems("managing", ["en"]) == stems("management", ["en-GB"])
    assert stems("führungen", ["de"]) == stems("führung", ["de"])
    assert stems("managing", ["xx"]) == {"managing"}


GERMAN = """
@prefix cg: <https://w3id.org/compgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix id: <https://w3id.org/compgraph/id/> .
@prefix one: <https://w3id.org/compgraph/id/one/> .
id:one a cg:Framework ; skos:prefLabel "Eins"@de .
one:a a cg:Competency ; skos:inScheme id:one ; skos:prefLabel "Führung von Mitarbeitern"@de, "Leading people"@en .
one:b a cg:Competency ; skos:inScheme id:one ; skos:prefLabel "Planung"@de ; skos:notation "K-7" .
"""


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reconciler]:
    folder = tmp_path_factory.mktemp("german")
    (folder / "data").mkdir()
    (folder / "data/one.ttl").write_text(GERMAN)
    with open_graph(folder) as graph:
        yield Reconciler(graph.store)


@pytest.mark.parametrize(
    ("name", "curie", "match"),
    [
        ("führung von mitarbeitern", "one:a", True),
        ("Leading People", "one:a", True),
        ("Mitarbeiter führen", "one:a", False),
        ("K-7", "one:b", True),
        ("k 7 planung", "one:b", True),
    ],
)
def test_names_in_several_languages(german: Reconciler, name: str, curie: str, match: bool) -> None:
    assert _told(german.candidates(Query(name)))[0][::2] == (curie, match)


def test_the_same_thing_gives_the_same(graph: Graph, reconciler: Reconciler) -> None:
    names = [name.name for name in column(graph)]
    again = Reconciler(graph.store)
    assert [again.candidates(Query(name)) for name in names] == [reconciler.candidates(Query(name)) for name in names]
