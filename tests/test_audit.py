"""quote, locate, audit: between the graph and the documents it restates."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from compgraph.audit import (
    Claim,
    Document,
    Pointer,
    SourceText,
    audit,
    audit_all,
    locate,
    parse,
    quote,
    read_source,
    read_sources,
    undescribed,
)
from compgraph.cli import main
from compgraph.errors import SourceError
from compgraph.frameworks import frameworks
from compgraph.graph import Graph, open_graph
from compgraph.terms import CG, ID, LABEL_SOURCE, RATING_SOURCE, SOURCE
from tests.conftest import ROOT, SEEDS

TEXT = "Title\n• Checks\ttwice – café\n• Rates: Good\n"
DOCUMENT = Document(SOURCE + "doc", len(TEXT), hashlib.sha256(TEXT.encode()).hexdigest())
TEXTS = SourceText(DOCUMENT, TEXT)


def _pointer(words: str) -> Pointer:
    start = TEXT.index(words)
    return Pointer(DOCUMENT.iri, start, start + len(words))


def _claim(node: str, words: str, property_: str = "p") -> Claim:
    return Claim(node, property_, (_pointer(words),))


def test_pointers_are_read_and_written() -> None:
    pointer = Pointer(SOURCE + "doc", 3, 14)
    assert parse(str(pointer)) == pointer
    for other in (SOURCE + "doc", SOURCE + "doc#page=12", SOURCE + "doc#char=3", SOURCE + "doc#char=a,b"):
        assert parse(other) is None


def test_everything_claimed_or_named_as_left() -> None:
    report = audit(TEXTS, [_claim("a", "Title"), _claim("b", "Checks\ttwice – café")], [])
    assert report.faults == ()
    assert [(stretch.line, stretch.text) for stretch in report.left] == [(2, "•"), (3, "• Rates: Good")]
    assert (report.claimed, report.length) == (len("TitleCheckstwice–café"), len("".join(TEXT.split())))


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ([Claim("a", "p", (Pointer(DOCUMENT.iri, 40, 99),))], "a: .* is no stretch of a document of 42 characters"),
        ([Claim("a", "p", (Pointer(DOCUMENT.iri, 5, 5),))], "a: .* is no stretch"),
        ([_claim("a", "• Checks")], "a: .* begins or ends with white space or a bullet"),
        ([_claim("a", "Title\n")], "a: .* begins or ends with white space or a bullet"),
        ([_claim("a", "Checks\ttwice"), _claim("b", "twice – café")], "a .* and b .* claim the same characters"),
        ([_claim("a", "Checks\ttwice"), _claim("b", "Checks\ttwice")], "a .* and b .* claim the same characters"),
        ([_claim("a", "Checks\ttwice – café"), _claim("b", "Checks"), _claim("c", "twice")], "a .* and c .* claim"),
    ],
)
def test_faults(claims: list[Claim], fault: str) -> None:
    assert re.search(fault, "\n".join(audit(TEXTS, claims, []).faults))


def test_a_word_may_be_shared_by_what_it_names_and_what_says_it() -> None:
    claims = [_claim("rated", "Good", RATING_SOURCE), _claim("good", "Good", LABEL_SOURCE)]
    assert audit(TEXTS, claims, [("rated", "good")]).faults == ()
    assert audit(TEXTS, claims, []).faults != ()
    assert audit(TEXTS, [_claim("rated", "Good", RATING_SOURCE), _claim("good", "Good")], [("rated", "good")]).faults


def test_a_phrase_is_located_whatever_its_white_space() -> None:
    (place,) = locate("Checks twice", [TEXTS])
    assert (place.pointer, place.line, place.column, place.words) == (_pointer("Checks\ttwice"), 2, 3, "Checks\ttwice")


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("Checks thrice", r"Its beginning 'Checks' does \(doc, line 2\), but not followed by 'thrice'"),
        ("checks", "nor does its first word 'checks'. Check spelling and case"),
        (" ", "The phrase is empty"),
    ],
)
def test_a_phrase_that_is_nowhere(phrase: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        locate(phrase, [TEXTS])


def test_a_document_must_be_the_one_described(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"doc\.txt can't be read.*--sources DIR"):
        read_source(DOCUMENT, tmp_path)
    (tmp_path / "doc.txt").write_text(TEXT + "!")
    with pytest.raises(SourceError, match="is not the document that the graph describes: its SHA-256 is"):
        read_source(DOCUMENT, tmp_path)
    (tmp_path / "doc.txt").write_bytes(TEXT.encode())
    assert read_source(DOCUMENT, tmp_path).text == TEXT


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Graph]:
    """A workspace with a document of 42 characters and two statements, and the document beside it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.ttl").write_text(
        f"""@prefix cg: <{CG}> . @prefix x: <{ID}x/> . @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <{DOCUMENT.iri}> a cg:SourceDocument ; cg:length {DOCUMENT.length} ;
            <https://schema.org/sha256> "{DOCUMENT.sha256}" .
        x:one a cg:Behaviour ; skos:prefLabel "Looks again"@en ;
            dcterms:source <{_pointer("twice")}> , <{_pointer("Checks")}> .
        x:two a cg:Behaviour ; skos:prefLabel "Points nowhere"@en .
        """
    )
    (tmp_path / "doc.txt").write_bytes(TEXT.encode())
    with open_graph(tmp_path, bundled=False) as graph:
        yield graph


def test_quotations_come_in_the_order_of_the_document(small: Graph, tmp_path: Path) -> None:
    (quotation,) = quote(small.store, small.names.resolve("Looks again"), tmp_path)
    assert quotation.pieces == ("Checks", "twice")
    with pytest.raises(SourceError, match="points to no place"):
        quote(small.store, small.names.resolve("Points nowhere"), tmp_path)


def test_the_audit_of_a_workspace(small: Graph, tmp_path: Path) -> None:
    (report,) = audit_all(small.store, read_sources(small.store, tmp_path))
    assert report.source == "doc" and not report.faults
    assert [stretch.text for stretch in report.left] == ["Title", "•", "– café", "• Rates: Good"]


def test_a_pointer_into_a_document_that_is_not_described(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.ttl").write_text(
        f"<{ID}x/one> a <{CG}Behaviour> ; <http://purl.org/dc/terms/source> <{SOURCE}other#char=0,1> ."
    )
    with open_graph(tmp_path, bundled=False) as graph, pytest.raises(SourceError, match="add its cg:SourceDocument"):
        audit_all(graph.store, read_sources(graph.store, tmp_path))


def test_the_audit_of_a_workspace_beside_documents_that_are_elsewhere(small: Graph, tmp_path: Path) -> None:
    """A user has the documents of the own framework, and seldom those of others in the same graph."""
    other = f'<{SOURCE}other> a <{CG}SourceDocument> ; <{CG}length> 3 ; <https://schema.org/sha256> "{"0" * 64}" .'
    (tmp_path / "data/y.ttl").write_text(f"{other} <{ID}x/three> <{CG}labelSource> <{SOURCE}other#char=0,1> .")
    (tmp_path / "notes.txt").write_text("Später")
    arguments = ["--no-bundled", "--workspace", str(tmp_path), "--sources", str(tmp_path)]
    done = CliRunner().invoke(main, ["audit", *arguments])
    assert done.exit_code == 0
    assert done.stdout.startswith("doc: ") and "other" not in done.stdout
    assert f"Not in {tmp_path}, so not looked at: other.txt.\n" in done.stderr
    digest = hashlib.sha256("Später".encode()).hexdigest()
    assert f"{SOURCE}notes with the length 6 and the SHA-256 {digest}" in done.stderr
    done = CliRunner().invoke(main, ["locate", "twice", *arguments])
    assert (done.exit_code, done.stdout.split("\t")[0]) == (0, f"<{_pointer('twice')}>")
    assert "so not looked at: other.txt" in done.stderr
    (tmp_path / "doc.txt").unlink()
    done = CliRunner().invoke(main, ["audit", *arguments])
    assert done.exit_code == 1
    assert f"is in {tmp_path}: put there doc.txt, other.txt." in done.stderr


def test_a_document_must_be_utf_8(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_bytes(b"caf\xe9")
    with pytest.raises(SourceError, match=r"not UTF-8 \(see byte 3\)"):
        undescribed([], tmp_path)
    with pytest.raises(SourceError, match=r"not UTF-8 \(see byte 3\)"):
        read_source(Document(DOCUMENT.iri, 4, hashlib.sha256(b"caf\xe9").hexdigest()), tmp_path)


@pytest.mark.needs_shared
def test_the_real_documents_have_no_fault(graph: Graph) -> None:
    sources = read_sources(graph.store, SEEDS)
    assert sources.texts and not sources.missing
    reports = audit_all(graph.store, sources)
    assert [fault for report in reports for fault in report.faults] == []


@pytest.mark.needs_shared
def test_the_model_case_is_quoted(graph: Graph) -> None:
    (quotation,) = quote(graph.store, graph.names.resolve("Comparison table, row 4"), SEEDS)
    assert quotation.pieces == ("Thoroughness", "Results Orientation")


@pytest.mark.needs_shared
@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("*.ttl")), ids=lambda path: path.stem)
def test_what_no_node_claims_is_known(path: Path, graph: Graph, golden: Callable[[str, Path], None]) -> None:
    """Headings, bullets, page furniture and scan noise: a statement that was skipped would stand in this list."""
    source = next(each.source for each in frameworks(graph.store) if each.iri == f"{ID}{path.stem}")
    (report,) = (each for each in audit_all(graph.store, read_sources(graph.store, SEEDS)) if each.source == source)
    left = Counter(" ".join(stretch.text.split()) for stretch in report.left)
    golden("".join(f"{left[text]}\t{text}\n" for text in sorted(left)), ROOT / f"tests/audit/{path.stem}.tsv")
