"""Every shape is proven: by a case that breaks it, and by none that should not.

tests/shapes/<file of shapes>/ holds valid-<what>.ttl and invalid-<why>.ttl, each with one cause, as small as can be.
Beside an invalid one stands what its reader is told, by every rule of the file that the cause breaks: line and column,
severity, rule, node, path, value, what was probably meant, and message.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pyshacl.entrypoints
import pytest
from rdflib import OWL, RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from compgraph.errors import ShapeError
from compgraph.load import read_rdf
from compgraph.terms import CG
from compgraph.validate import Engine, Finding, available, check, validate
from compgraph.workspace import Workspace

ROOT = Path(__file__).parents[1]
CGSH = "https://w3id.org/compgraph/shapes#"
PREFIXES = ROOT / "shapes/prefixes.ttl"
SHAPES = sorted(set((ROOT / "shapes").glob("*.ttl")) - {PREFIXES})
CASES = sorted((ROOT / "tests/shapes").glob("*/*.ttl"))
VALID = [case for case in CASES if case.stem.startswith("valid-")]
INVALID = [case for case in CASES if case.stem.startswith("invalid-")]
REPORTS = sorted((ROOT / "tests/shapes").glob("*/*.report.tsv"))

Part = tuple[Node, Node, Node]


def by_folder(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def by_stem(path: Path) -> str:
    return path.stem


def cases_of(file: Path) -> list[Path]:
    return [case for case in CASES if case.parent.name == file.stem]


@cache
def graph(*paths: Path) -> Graph:
    merged = Graph(store="SimpleMemory")  # the quickest
    for path in paths:
        merged.parse(path)
    return merged


@cache
def data(*cases: Path) -> list[ox.Triple]:
    return [quad.triple for path in (ROOT / "ontology/compgraph.ttl", *cases) for quad in read_rdf(path).quads]


@cache
def all_shapes() -> Graph:
    shapes = graph(*SHAPES, PREFIXES)
    shapes.bind("ex", "https://example.org/")
    return shapes


# 1. The cases.


def short(iri: str) -> str:
    """An IRI as people write it, and a property path IRI by IRI."""
    iris = iri if "<" in iri else f"<{iri}>"
    return re.sub("<([^>]*)>", lambda match: all_shapes().namespace_manager.normalizeUri(match[1]), iris)


def cell(term: object) -> str:
    if isinstance(term, Literal):
        return term.n3(all_shapes().namespace_manager)
    return "" if term is None else short(str(term))


def line(finding: Finding) -> str:
    terms = finding.rule, finding.node, finding.path, finding.value
    place = f"{finding.place.line}:{finding.place.column}" if finding.place else "?"
    severity = "Unverifiable" if finding.unverifiable else finding.severity
    return "\t".join([place, severity, *map(cell, terms), cell(finding.nearest), finding.message]) + "\n"


@cache
def space(case: Path) -> Workspace:
    """A workspace of the ontology, one case, and the shapes it is a case of; a case may hold waivers."""

    class OfOneCase(Workspace):
        def ontology(self) -> Iterator[Path]:
            own = [case] if case.parent.name == "ontology" else []
            return iter([*super().ontology(), *own])

        def data(self) -> Iterator[Path]:
            return iter([] if case.parent.name == "ontology" else [case])

        def mappings(self) -> Iterator[Path]:
            return iter(())

        def shapes(self) -> Iterator[Path]:
            own = [case] if "cgsh:Waiver" in case.read_text(encoding="utf-8") else []
            return iter([ROOT / "shapes" / f"{case.parent.name}.ttl", PREFIXES, *own])

    return OfOneCase((ROOT,))


def report(case: Path, engine: Engine | None = None) -> str:
    found = check(space(case), engine=engine, today=date(2026, 11, 21)).findings
    return "".join(line(finding) for finding in found)


def test_every_case_is_claimed() -> None:
    assert VALID and INVALID
    assert set(VALID) | set(INVALID) == set(CASES)
    assert {case.parent.name for case in CASES} == {shapes.stem for shapes in SHAPES}
    assert {case.with_suffix(".report.tsv") for case in INVALID} == set(REPORTS)


@pytest.mark.parametrize("case", VALID, ids=by_folder)
def test_valid_case_is_left_alone(case: Path) -> None:
    assert report(case) == ""


@pytest.mark.parametrize("case", INVALID, ids=by_folder)
def test_invalid_case_is_explained(case: Path, golden: Callable[[str, Path], None]) -> None:
    explained = report(case)
    assert explained
    golden(explained, case.with_suffix(".report.tsv"))


def in_place_of_its_own(case: Path, text: str) -> str:
    """A text in which whatever the case describes is named apart from what other cases describe."""
    return re.sub(r"(?<=https://example\.)(org|com)/", rf"\1/{case.stem}/", text)


def side_by_side(file: Path) -> list[ox.Triple]:
    """All cases of a file of shapes in one graph, which is much quicker to look at than each by itself."""
    texts = {case: in_place_of_its_own(case, case.read_text(encoding="utf-8")) for case in cases_of(file)}
    read = (quad.triple for text in texts.values() for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
    return [*dict.fromkeys([*data(), *read])]


def found_in(case: Path, shapes: Graph) -> Iterator[Finding]:
    """What is found in a case by itself, told as of the case in its own place."""
    for finding in validate(data(case), shapes):
        node, message = renamed(case, finding.node), in_place_of_its_own(case, finding.message)
        value = None if finding.value is None else renamed(case, finding.value)
        path = finding.path and in_place_of_its_own(case, finding.path)
        yield replace(finding, node=node, path=path, value=value, message=message)


def renamed(case: Path, term: Node) -> Node:
    return URIRef(in_place_of_its_own(case, term)) if isinstance(term, URIRef) else term


@pytest.mark.parametrize("file", SHAPES, ids=by_stem)
def test_both_engines_find_the_same_in_all_cases(file: Path) -> None:
    shapes, whole = graph(file, PREFIXES), side_by_side(file)
    told_apart = {finding for case in cases_of(file) for finding in found_in(case, shapes)}
    assert told_apart
    for engine in available():
        assert set(validate(whole, shapes, engine=engine)) == told_apart


@pytest.mark.parametrize("case", [cases_of(file)[0] for file in SHAPES], ids=by_folder)
def test_either_engine_may_be_asked_for(case: Path) -> None:
    assert report(case, Engine.PYSHACL) == report(case, Engine.TURBO) != ""


def test_cases_name_all_their_nodes() -> None:
    """A list has no name, and a case about parts without a name has such parts."""
    unnamed = {case.stem for case in CASES for node, predicate, _ in graph(case) if is_unnamed(node, predicate)}
    assert unnamed == {"invalid-member-of-a-list-without-a-name", "invalid-part-without-a-name"}


def is_unnamed(node: Node, predicate: Node) -> bool:
    return isinstance(node, BNode) and predicate not in (RDF.first, RDF.rest)


def test_both_engines_were_asked() -> None:
    if Engine.TURBO not in available():
        pytest.skip("compgraph[fast] is not installed: only pyshacl has been asked")
    assert available() == tuple(Engine)


@pytest.mark.parametrize("engine", available())
def test_the_ontology_keeps_to_all_shapes(engine: Engine) -> None:
    assert validate(data(), all_shapes(), engine=engine) == ()


# 2. No part of a shape can be lost unnoticed.


@cache
def vocabulary() -> Graph:
    """SHACL's own description of its terms."""
    return Graph().parse(data=(files("pyshacl") / "assets/shacl.ttl").read_text(encoding="utf-8"))


def parts(shapes: Graph) -> Iterator[Part]:
    """The triples by which a shape finds its nodes or asks something of them, and the cells of its lists."""
    parameters = set(vocabulary().objects(None, SH.parameter / SH.path)) - {SH.flags}
    targets = {SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf}
    return (part for part in sorted(shapes) if part[1] in parameters | targets | {RDF.first})


def without(part: Part, shapes: Graph) -> Graph:
    cell, predicate, _ = part
    rest = shapes.value(cell, RDF.rest) if predicate == RDF.first else None
    reduced = Graph(store="SimpleMemory")
    for triple in shapes:
        subject, link, value = triple
        if rest is None and triple != part:
            reduced.add(triple)
        elif rest is not None and subject != cell:
            reduced.add((subject, link, rest if value == cell else value))
    return reduced


def outcome(cases: list[ox.Triple], shapes: Graph) -> object:
    try:
        return validate(cases, shapes)
    except ShapeError:
        return None


@pytest.mark.parametrize("file", SHAPES, ids=by_stem)
def test_every_part_is_proven(file: Path) -> None:
    shapes, cases = graph(file, PREFIXES), side_by_side(file)
    whole = outcome(cases, shapes)
    unproven = [part for part in parts(shapes) if outcome(cases, without(part, shapes)) == whole]
    named = [" ".join(short(str(term)) for term in part) for part in unproven]
    assert not named, "Without these, no case would change:\n" + "\n".join(named)


# 3. How shapes are written.


def shapes_of(*kinds: URIRef) -> list[Node]:
    return sorted((shape for kind in kinds for shape in all_shapes().subjects(RDF.type, kind)), key=str)


def test_every_shape_is_named_weighed_and_explained() -> None:
    shapes = all_shapes()
    nodes, properties = shapes_of(SH.NodeShape), shapes_of(SH.PropertyShape)
    assert all(str(shape).startswith(CGSH) for shape in nodes + properties)
    assert set(shapes.subjects(SH.path)) == set(properties)
    severities = {SH.Violation, SH.Warning, SH.Info}
    weighed = [(shape, [*shapes.objects(shape, SH.severity)]) for shape in nodes + properties]
    assert all(set(found) < severities and len(found) == (shape in told()) for shape, found in weighed)


KINDS = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)


@cache
def told() -> list[Node]:
    """The shapes whose message a reader may meet; the others are building blocks of these."""
    shapes, links = all_shapes(), {SH.property, SH.sparql}
    aims = {SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf, SH.deactivated}
    return [
        one for one in shapes_of(*KINDS) if aims & {*shapes.predicates(one)} or links & {*shapes.predicates(None, one)}
    ]


def test_only_what_is_told_has_a_message() -> None:
    assert [one for one in shapes_of(*KINDS) if (one, SH.message, None) in all_shapes()] == told()


@pytest.mark.parametrize("shape", told(), ids=short)
def test_message_says_what_is_wrong_and_what_to_do(shape: Node) -> None:
    (message,) = all_shapes().objects(shape, SH.message)
    assert isinstance(message, Literal) and message.language == "en"
    assert re.fullmatch(r"\S+( \S+)*\.", message)
    assert len(re.findall(r"[.!?](?= [A-Z]|$)", message)) == 2


def test_every_rule_has_a_name_and_a_reason() -> None:
    """What can be broken has a page, and the page says what for; building blocks of other shapes have none."""
    shapes = all_shapes()
    for rule in told():
        names, reasons = [*shapes.objects(rule, SH.name)], [*shapes.objects(rule, SH.description)]
        assert len(names) == len(reasons) == 1, rule
        assert re.fullmatch(r"\S+( \S+)*[^.]", str(names[0])), rule
        assert re.fullmatch(r"\S+( \S+)*[.]", str(reasons[0])), rule


def test_what_cannot_be_verified_is_no_violation() -> None:
    shapes = all_shapes()
    told_apart = set(shapes.subjects(URIRef(CGSH + "verdict"), URIRef(CGSH + "CannotBeVerified")))
    for rule in told_apart:
        holders = [rule, *shapes.subjects(SH.sparql, rule)]
        assert {severity for one in holders for severity in shapes.objects(one, SH.severity)} == {SH.Info}
        assert told_apart.issuperset(holders)


def test_blank_nodes_are_only_lists_and_paths() -> None:
    allowed = {RDF.first, RDF.rest, SH.alternativePath, SH.inversePath}
    assert {predicate for node, predicate, _ in all_shapes() if isinstance(node, BNode)} <= allowed


def vocabulary_of_waivers() -> set[URIRef]:
    """Terms of ours that are no shapes: what is said of waivers, and of shapes."""
    terms = ["node", "rule", "reason", "until", "verdict", "CannotBeVerified", "together"]
    return {URIRef(CGSH + term) for term in terms}


def test_every_shape_is_defined_once_and_used() -> None:
    shapes = all_shapes()
    defined = [node for file in [*SHAPES, PREFIXES] for node in set(graph(file).subjects()) if isinstance(node, URIRef)]
    assert len(defined) == len(set(defined))
    named = {node for triple in shapes for node in triple if str(node).startswith(CGSH)}
    assert named - vocabulary_of_waivers() <= set(defined)
    aims = {SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf, SH.deactivated}
    used = {node for _, predicate, value in shapes for node in (predicate, value)}
    assert all(node in used or aims & set(shapes.predicates(node)) for node in named - vocabulary_of_waivers())


def test_shapes_keep_to_the_shapes_of_shacl() -> None:
    conforms, _, text = pyshacl.entrypoints.meta_validate(all_shapes() + Graph(), max_validation_depth=30)
    assert conforms, text


def test_every_term_of_shacl_exists() -> None:
    nodes = {node for triple in all_shapes() for node in triple if isinstance(node, URIRef)}
    used = {node for node in nodes if node.startswith(str(SH))}
    assert used - set(vocabulary().subjects()) == set()


def test_every_term_of_ours_exists() -> None:
    """Also inside messages and SPARQL."""
    ontology = ROOT / "ontology/compgraph.ttl"
    known = {str(term).removeprefix(CG) for term in graph(ontology).subjects()}
    misspelt_on_purpose = {case for case in INVALID if "unknown" in case.stem}
    for file in {ontology, *SHAPES, *CASES} - misspelt_on_purpose:
        assert set(re.findall(r"(?<![\w-])cg:([\w-]+)", file.read_text(encoding="utf-8"))) <= known, file


def test_sparql_takes_its_prefixes_from_one_place() -> None:
    constraints = shapes_of(SH.SPARQLConstraint)
    assert constraints and shapes_of(OWL.Ontology)
    assert all([*all_shapes().objects(one, SH.prefixes)] == shapes_of(OWL.Ontology) for one in constraints)


@pytest.mark.parametrize("file", [PREFIXES, *SHAPES, *CASES], ids=by_folder)
def test_file_diffs_well(file: Path) -> None:
    """Prefixes sorted and only those used, subjects by IRI, the full stop alone on its line, LF."""
    text = file.read_bytes().decode()
    names = dict(re.findall(r"^@prefix (\w+): <(.*)> \.$", text, re.MULTILINE))
    body = re.sub("^(@prefix|#).*\n", "", text, flags=re.MULTILINE)
    assert list(names) == sorted(name for name in names if re.search(rf"(?<![\w-]){name}:", body))
    subjects = [block.split("\n")[0] for block in body.strip().split("\n\n")]
    iris = [iri.strip("<>") if "<" in iri else names[iri.split(":")[0]] + iri.split(":")[1] for iri in subjects]
    assert iris == sorted(set(iris))
    assert all(block.endswith("\n    .") for block in body.strip().split("\n\n"))
    assert text.endswith("    .\n") and not re.search(r"[\r\t]| $", text, re.MULTILINE)
