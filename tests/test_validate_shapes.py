"""A user's shapes are looked at before they are run, and told with file and line as data are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import SH, SKOS, XSD

from compgraph.errors import ShapeError
from compgraph.terms import CG
from compgraph.validate import Engine, Severity, available, check, check_documents
from compgraph.validate.findings import CGSH
from compgraph.workspace import Workspace
from tests.conftest import ROOT

SHAPE_TERM = CGSH + "Shape-term"
MISSPELT = """
ex:A
    a sh:NodeShape ;
    sh:targetClass cg:Competencey ;
    sh:property [ sh:path cg:positoin ; sh:datatype xsd:strin ] ;
    sh:or ( [ sh:dataType xsd:string ] [ sh:path ( skos:brooder [ sh:inversePath cg:abot ] ) ; sh:minCount 1 ] ) ;
    sh:severity sh:Warning ;
    sh:message "It is wrong. Mend it."@en ;
    .
"""


class WithoutData(Workspace):
    """pyshacl would take minutes for all our data."""

    def data(self) -> Iterator[Path]:
        return iter(())

    def mappings(self) -> Iterator[Path]:
        return iter(())


def with_shapes(folder: Path, **shapes: str) -> Workspace:
    """A workspace that has these files of shapes, the prefixes on the first line of each."""
    names = {"cg": CG, "ex": "https://example.org/", "sh": SH, "skos": SKOS, "xsd": XSD}
    prefixes = " ".join(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in names.items())
    (folder / "shapes").mkdir()
    for name, text in shapes.items():
        (folder / f"shapes/{name}.ttl").write_text(prefixes + text, encoding="utf-8")
    return WithoutData((ROOT, folder))


@pytest.mark.parametrize("engine", available())
def test_misspelt_shapes_are_told_before_they_are_run(engine: Engine, tmp_path: Path) -> None:
    """Where an engine would stop, or find nothing and be content."""
    found = check(with_shapes(tmp_path, own=MISSPELT), engine=engine).findings
    told = {(each.rule.partition("#")[2], each.place and each.place.line, each.nearest) for each in found}
    assert told == {
        ("Vocabulary-term", 4, CG + "Competency"),
        ("Vocabulary-term", 5, CG + "position"),
        ("Vocabulary-standard", 5, f"{XSD}string"),
        ("Shape-term", 6, f"{SH}datatype"),
        ("Vocabulary-standard", 6, f"{SKOS}broader"),
        ("Vocabulary-term", 6, CG + "about"),
        ("Shape-unnamed", 5, None),
        ("Shape-unnamed", 6, None),
    }
    assert {each.file for each in found} == {tmp_path / "shapes/own.ttl"}


SOUND = """
ex:B
    a sh:NodeShape ;
    sh:targetNode cg:Cluster ;
    sh:nodeKind sh:Literal ;
    sh:severity sh:Info ;
    sh:message "It is wrong. Mend it."@en ;
    .
"""


def test_all_but_the_misspelt_shapes_are_run(tmp_path: Path) -> None:
    files = with_shapes(tmp_path, own=MISSPELT, sound=SOUND)
    rules = {finding.rule for finding in check(files).findings}
    assert {"https://example.org/B", SHAPE_TERM} <= rules and "https://example.org/A" not in rules
    assert SHAPE_TERM in {finding.rule for finding in check(files, only=["https://example.org/B"]).findings}


def test_of_the_shapes_only_what_is_misspelt_is_told_beside_named_files(tmp_path: Path) -> None:
    files = with_shapes(tmp_path, own=MISSPELT)
    found = check(files, [ROOT / "data/it-services.ttl"]).findings
    assert SHAPE_TERM in {finding.rule for finding in found}
    assert {finding.severity for finding in found} == {Severity.VIOLATION}
    with pytest.raises(ShapeError, match=r"own\.ttl:6:27: SHACL has no such term"):
        check_documents(files, [])


def test_a_rule_that_is_left_out_bars_no_shape(tmp_path: Path) -> None:
    """Whoever leaves it out gets what the engine makes of the shape as it is."""
    files = with_shapes(tmp_path, own=SOUND.replace("It is wrong.", "It is no cg:Custer."))
    (barred,) = check(files).findings
    assert barred.rule.endswith("#Shape-message-term")
    asked = check(files, without=["Shape-message-term"]).findings
    assert {finding.rule for finding in asked} == {"https://example.org/B"}


def test_shapes_as_others_write_them_are_run_with_advice(tmp_path: Path) -> None:
    """Neither severity nor message nor names for all parts: legal, and told as a warning."""
    plain = SOUND.replace("    sh:severity sh:Info ;\n", "").replace(
        '    sh:message "It is wrong. Mend it."@en ;\n', ""
    )
    found = check(with_shapes(tmp_path, own=plain + "ex:C a sh:NodeShape ; sh:not [ sh:nodeKind sh:IRI ] .")).findings
    told = {(finding.severity, finding.rule.rpartition("#")[2]) for finding in found}
    advice = {(Severity.WARNING, f"Shape-{name}") for name in ("message", "severity-stated", "unnamed")}
    assert told == {(Severity.VIOLATION, "https://example.org/B"), *advice}
