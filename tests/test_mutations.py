"""Damage is noticed: whatever is done to a framework or a mapping set, a rule names the right node at the right line.

Cuts of the five frameworks, and of mappings between them, are damaged in the ways of tests/mutants/, each on its own:
a damaged cut stands in a graph as a framework of its own, beside the undamaged ones, which others may wrongly point to.
"""

import sys
from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SH, Graph
from rdflib.term import Node

from compgraph.errors import FileError
from compgraph.load import Document, document, to_rdflib
from compgraph.terms import CG, DCTERMS, RDF_TYPE, SKOS
from compgraph.validate import Engine, Finding, validate
from compgraph.validate.clashes import contradictions
from compgraph.validate.located import Locator
from compgraph.workspace import Workspace
from tests.conftest import ROOT
from tests.mutants import of_frameworks, of_mappings
from tests.mutants.cuts import NAMES, SETS, Cut, cut, mappings
from tests.mutants.edits import Damage, Mutation

MUTATIONS = (*of_frameworks.MUTATIONS, *of_mappings.MUTATIONS)
UNREADABLE = "File-readable"
CUTS = [*map(cut, NAMES), *(mappings(*pair) for pair in SETS)]
AT_ONCE = 50
FEW = 10
"""How many mutants pyshacl is given at once: what it does for each takes longer in a larger graph."""


class Mutant(NamedTuple):
    """A damaged cut, and what was done to it."""

    mutation: Mutation
    damage: Damage

    def __str__(self) -> str:
        return f"{self.mutation.name} in {self.damage.cut.framework}"


@cache
def mutants() -> list[Mutant]:
    found = ((mutation, mutation.edit(whole)) for mutation in MUTATIONS for whole in CUTS)
    return [Mutant(mutation, damage) for mutation, damage in found if damage is not None]


READABLE = [each for each in mutants() if each.mutation.rule != UNREADABLE]


def batches(size: int) -> list[Sequence[Mutant]]:
    return [READABLE[start : start + size] for start in range(0, len(READABLE), size)]


@cache
def shapes() -> Graph:
    files = Workspace((ROOT,)).shapes()
    return to_rdflib(triple for path in files for each in document(path) for triple in each.triples)


@cache
def ontology() -> list[Document]:
    return [each for path in Workspace((ROOT,)).ontology() for each in document(path)]


class World:
    """Damaged cuts with all that they point to, as files in a folder."""

    def __init__(self, folder: Path, damaged: Sequence[Mutant]) -> None:
        self._folder = folder
        whole = [self._written(each, 0) for each in CUTS]
        beside = (self._written(each, place) for place, mutant in enumerate(damaged, 1) for each in _ends(mutant))
        own = (self._written(mutant.damage.cut, place) for place, mutant in enumerate(damaged, 1))
        self.documents = [*ontology(), *(each for path in [*whole, *beside, *own] for each in document(path))]
        self.triples: list[ox.Triple] = [*dict.fromkeys(triple for each in self.documents for triple in each.triples)]

    def _written(self, whole: Cut, place: int) -> Path:
        path = self.path(whole, place)
        path.write_text((whole.moved(place) if place else whole).text, encoding="utf-8")
        return path

    def undamaged(self, whole: Cut, place: int) -> Path:
        """The same cut as it was, in a file that is no part of the world."""
        path = self.path(whole, place).with_name(f"before-{self.path(whole, place).name}")
        path.write_text(whole.moved(place).text, encoding="utf-8")
        return path

    def path(self, whole: Cut, place: int) -> Path:
        return self._folder / f"{place}-{whole.framework}{'.sssom.tsv' if whole.is_table else '.ttl'}"

    @cached_property
    def broken(self) -> tuple[Finding, ...]:
        return validate(self.triples, shapes())

    def findings(self) -> Iterator[Finding]:
        locator = Locator(self.documents)
        schema = [triple for each in ontology() for triple in each.triples]
        for finding in (*self.broken, *contradictions(schema, self.triples)):
            yield locator.place(finding)


def _ends(mutant: Mutant) -> list[Cut]:
    """The frameworks that a mapping set is about."""
    names = dict.fromkeys(mutant.damage.cut.framework.split("--"))
    return [cut(name) for name in names] if mutant.damage.cut.is_table else []


def test_cuts_are_small_and_in_order(tmp_path: Path) -> None:
    world = World(tmp_path, [])
    assert all(len(each.triples) < 300 for each in world.documents if each.path.is_relative_to(tmp_path))
    assert [*world.findings()] == []


@pytest.mark.parametrize("batch", batches(AT_ONCE), ids=lambda batch: str(batch[0]))
def test_mutants_are_caught(batch: Sequence[Mutant], tmp_path: Path) -> None:
    world = World(tmp_path, batch)
    told = {(each.rule.partition("#")[2], str(each.node), each.file, each.place) for each in world.findings()}
    at = {(rule, node, file, place.line) for rule, node, file, place in told if place}
    missed = [
        f"{mutant}: {mutant.mutation.rule} not told of {damage.node} at line {damage.line}"
        for place, mutant in enumerate(batch, 1)
        for damage in [mutant.damage]
        for node in [damage.cut.moved(place).iri(damage.node)]
        if (mutant.mutation.rule, node, world.path(damage.cut, place), damage.line) not in at
    ]
    assert not missed, "\n".join(missed)
    assert_told_alone(
        world, {world.path(mutant.damage.cut, place) for place, mutant in enumerate(batch, 1) if place % 2}
    )


def assert_told_alone(world: World, files: Collection[Path]) -> None:
    """What is found if only some files are asked about is what is found on their nodes if all are."""
    own = {triple.subject for each in world.documents if each.path in files for triple in each.triples}
    nodes = {node.value for node in own if isinstance(node, ox.NamedNode)}
    told = tuple(each for each in world.broken if str(each.node) in nodes)
    assert told and told == validate(world.triples, shapes(), focus=nodes)


@pytest.mark.parametrize("mutant", [each for each in mutants() if each.mutation.rule == UNREADABLE], ids=str)
def test_unreadable_mutants_are_placed(mutant: Mutant, tmp_path: Path) -> None:
    path = tmp_path / "damaged.sssom.tsv"
    path.write_text(mutant.damage.cut.text, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        [*document(path)]
    assert caught.value.line == mutant.damage.line


def test_there_are_many_mutations(capsys: pytest.CaptureFixture[str]) -> None:
    done = {(mutant.mutation.name, mutant.damage.cut.framework) for mutant in mutants()}
    names = {mutation.name for mutation in MUTATIONS}
    assert len(names) == len(MUTATIONS) >= 60
    assert {name for name, _ in done} == names
    assert {framework for _, framework in done} == {each.framework for each in CUTS}
    rules = {mutation.rule for mutation in MUTATIONS}
    told = [f"\n{len(names)} mutations make {len(mutants())} mutants, which {len(rules)} rules catch:"]
    told += [f"{sum(framework == each.framework for _, framework in done):6} of {each.framework}" for each in CUTS]
    with capsys.disabled():
        sys.stdout.write("\n".join(told))


HUBS = frozenset({DCTERMS + "isPartOf", SKOS + "inScheme", RDF_TYPE})
"""What leads from each node of a framework to the same few."""


def touched(world: World, mutant: Mutant, place: int) -> set[str]:
    """The nodes of which something else is said than before, and what is linked to them."""
    (whole,) = (each for each in CUTS if each.framework == mutant.damage.cut.framework)
    after = {triple for each in document(world.path(whole, place)) for triple in each.triples}
    before = {triple for each in document(world.undamaged(whole, place)) for triple in each.triples}
    links = [{triple.subject, triple.object} for triple in after | before if triple.predicate.value not in HUBS]
    near: set[object] = {end for triple in after ^ before for end in (triple.subject, triple.object)}
    near |= {end for link in links if link & near for end in link}
    return {term.value for term in near if isinstance(term, ox.NamedNode)}


def narrowed(triples: Sequence[ox.Triple], focus: set[str]) -> Graph:
    """The shapes, aimed at single nodes: those of the focus that they were aimed at before.

    (pyshacl can be told of a focus, but then passes over the values of properties.)
    """
    data, aimed = to_rdflib(triples), to_rdflib(()) + shapes()
    for kind in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf):
        for shape, aim in shapes().subject_objects(kind):
            aimed.remove((shape, kind, aim))
            for node in _aims(data, kind, aim):
                if str(node) in focus:
                    aimed.add((shape, SH.targetNode, node))
    return aimed


def _aims(data: Graph, kind: Node, aim: Node) -> Iterator[Node]:
    """The nodes of a target (SHACL, section 2.1.3)."""
    if kind == SH.targetClass:
        classes = data.transitive_subjects(RDFS.subClassOf, aim)
        return (node for each in classes for node in data.subjects(RDF.type, each))
    return data.subjects(aim) if kind == SH.targetSubjectsOf else data.objects(None, aim)


def both_agree(batch: Sequence[Mutant], folder: Path) -> None:
    world = World(folder, batch)
    focus = {node for place, mutant in enumerate(batch, 1) for node in touched(world, mutant, place)}
    focus |= {str(finding.node) for finding in world.broken}
    aimed = narrowed(world.triples, focus)
    found = [validate(world.triples, aimed, engine=engine) for engine in Engine]
    assert found[0] == found[1] == validate(world.triples, shapes(), focus=focus)
    assert found[0]


def test_both_engines_find_the_same_in_a_sample(tmp_path: Path) -> None:
    both_agree(READABLE[:: len(READABLE) // FEW], tmp_path)


@pytest.mark.engines
@pytest.mark.parametrize("batch", batches(FEW), ids=lambda batch: str(batch[0]))
def test_both_engines_find_the_same(batch: Sequence[Mutant], tmp_path: Path) -> None:
    both_agree(batch, tmp_path)


@pytest.mark.engines
def test_both_engines_find_the_same_in_the_whole_graph() -> None:
    """That is nothing but what is waived; so two of its statements are taken away, that something be found."""
    files = Workspace((ROOT,))
    paths = [*files.ontology(), *files.data(), *files.mappings()]
    whole = [triple for path in paths for each in document(path) for triple in each.triples]
    damaged = [triple for triple in whole if triple.predicate.value not in (CG + "rank", CG + "about")]
    found = [validate(damaged, shapes(), engine=engine) for engine in Engine]
    assert found[0] and found[0] == found[1]
