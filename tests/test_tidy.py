"""tidy: one graph, one text."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compgraph.errors import CompgraphError, FileError
from compgraph.load import canonical_text, read_rdf, untidy
from compgraph.terms import SKOS
from compgraph.tidy import comment_line, layout_faults, sssom_text, turtle_text, write
from compgraph.workspace import Workspace
from tests.conftest import ROOT

KEPT = sorted([*(ROOT / "data").glob("*.ttl"), *(ROOT / "data").rglob("*.sssom.tsv")])
BY_HAND = sorted(path for name in ("ontology", "shapes", "queries") for path in (ROOT / name).iterdir())

UNTIDY = """
@prefix unused: <http://unused.example/> .
@prefix e: <https://example.org/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix cg: <https://w3id.org/compgraph/ns#> .
e:b skos:prefLabel "B \\"quoted\\""@EN ; a cg:Competency . e:b cg:inCluster e:z, e:a .
e:a cg:rank 03 ; cg:share 5.0 ; cg:partialScale true ; skos:note "one\\ntwo", "x"^^e:type ; a cg:Level ;
   <http://purl.org/dc/terms/source> <https://e.org/s#char=9,12>, <https://e.org/s#char=10,11> .
"""
TIDY = """\
@prefix cg: <https://w3id.org/compgraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix e: <https://example.org/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

e:a
    a cg:Level ;
    dcterms:source <https://e.org/s#char=9,12> ,
        <https://e.org/s#char=10,11> ;
    skos:note "one\\ntwo" ,
        "x"^^e:type ;
    cg:partialScale true ;
    cg:rank 03 ;
    cg:share 5.0 ;
    .

e:b
    a cg:Competency ;
    skos:prefLabel "B \\"quoted\\""@en ;
    cg:inCluster e:a ,
        e:z ;
    .
"""


def test_canonical_turtle(tmp_path: Path) -> None:
    path = tmp_path / "framework.ttl"
    path.write_text(UNTIDY)
    assert canonical_text(path) == TIDY
    path.write_text(TIDY)
    assert canonical_text(path) == TIDY


def test_adding_a_triple_changes_one_block() -> None:
    triples = list(ox.parse(TIDY, format=ox.RdfFormat.TURTLE))
    more = ox.parse(
        TIDY + "<https://example.org/id/b> <http://purl.org/dc/terms/title> 't' .", format=ox.RdfFormat.TURTLE
    )
    before = turtle_text((quad.triple for quad in triples), {"e": "https://example.org/id/"}).splitlines()
    after = turtle_text((quad.triple for quad in more), {"e": "https://example.org/id/"}).splitlines()
    assert [line for line in after if line not in before] == ['    dcterms:title "t" ;']


iris = st.sampled_from(
    [
        "https://e.org/a",
        "https://e.org/a.b",
        "https://e.org/a.",
        "https://e.org/-x",
        "https://e.org/é",
        "urn:x:y",
        "https://e.org/",
    ]
).map(ox.NamedNode)
literals = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map(ox.Literal),
    st.text(max_size=5, alphabet="a\"\\\n\r\t'").map(lambda text: ox.Literal(text, language="en")),
    st.sampled_from(["1", "-0", "+7", "1.50", ".5", "1e3", "true", "1", "x"]).flatmap(
        lambda text: st.sampled_from(["integer", "decimal", "double", "boolean"]).map(
            lambda name: ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}"))
        )
    ),
)
triples = st.builds(ox.Triple, iris, iris, st.one_of(iris, literals))


@settings(deadline=None, derandomize=True)
@given(st.lists(triples, max_size=12))
def test_what_is_written_is_read_back(graph: list[ox.Triple]) -> None:
    text = turtle_text(graph, {"e": "https://e.org/"})
    back = {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}
    assert back == set(graph)
    assert turtle_text(sorted(back, key=str, reverse=True), {"e": "https://e.org/"}) == text


def test_blank_nodes_are_refused() -> None:
    with pytest.raises(CompgraphError, match="give it an IRI"):
        turtle_text([ox.Triple(ox.BlankNode("b"), ox.NamedNode("urn:p"), ox.Literal("x"))], {})


def test_a_comment_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "framework.ttl"
    path.write_text('@prefix e: <https://e.org/#> .\ne:a e:p "# no comment" .\n# a comment\n')
    with pytest.raises(FileError, match=r"framework\.ttl:3: is a comment, which tidying would lose"):
        canonical_text(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<a#b> <c> 'x' .", None),
        ('<a> <b> """one\n# two""" . # three', 2),
        ('<a> <b> \'#\' .\n<c> <d> "\\"#" . #', 2),
        ("#", 1),
    ],
)
def test_comments_are_told_from_strings_and_iris(text: str, line: int | None) -> None:
    assert comment_line(text) == line


def test_canonical_mapping_set(tmp_path: Path) -> None:
    metadata = {
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "curie_map": {"b": "https://b.example/", "a": "https://a.example/", "unused": "https://u.example/"},
        "mapping_set_id": "https://m.example/set",
    }
    row = {
        "mapping_justification": "semapv:X",
        "object_id": "b:1",
        "predicate_id": "skos:closeMatch",
        "record_id": "a:r",
    }
    text = sssom_text(metadata, [row | {"subject_id": "a:2", "comment": ""}, row | {"subject_id": "a:1"}])
    assert text == (
        "#curie_map:\n"
        "#  a: https://a.example/\n"
        "#  b: https://b.example/\n"
        "#mapping_set_id: https://m.example/set\n"
        "#license: https://creativecommons.org/licenses/by/4.0/\n"
        "record_id\tsubject_id\tpredicate_id\tobject_id\tmapping_justification\n"
        "a:r\ta:1\tskos:closeMatch\tb:1\tsemapv:X\n"
        "a:r\ta:2\tskos:closeMatch\tb:1\tsemapv:X\n"
    )
    path = tmp_path / "a--b.sssom.tsv"
    path.write_text(text)
    assert canonical_text(path) == text


CURIES = {name: f"https://{name}.example/" for name in ("a", "b", "me")} | {"skos": SKOS}
COLUMNS = "record_id\tsubject_id\tpredicate_id\tobject_id\tmapping_justification"
MAPPING = {"record_id": "a:r", "subject_id": "a:1", "predicate_id": "skos:closeMatch", "object_id": "a:2"}


def test_a_comment_in_a_header_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    path.write_text(f"#mapping_set_id: https://m.example/set\n#license: https://l.example/\n# # so\n{COLUMNS}\n")
    with pytest.raises(FileError, match=r"x\.sssom\.tsv:3: is a comment, which tidying would lose"):
        canonical_text(path)


@pytest.mark.parametrize(
    ("header", "rows", "expected"),
    [
        (
            {"creator_id": ["me:x"]},
            [MAPPING],
            "#curie_map:\n#  a: https://a.example/\n#  me: https://me.example/\n#creator_id:\n#- me:x\n",
        ),
        ({"creator_id": "me:x"}, [], "#curie_map:\n#  me: https://me.example/\n#creator_id:\n#- me:x\n"),
        (
            {"mapping_date": "2026-11-21", "sssom_version": "1.1", "zz": "it's: so"},
            [],
            '#sssom_version: "1.1"\n#mapping_date: 2026-11-21\n#zz: "it\'s: so"\n',
        ),
        (
            {},
            [MAPPING | {"comment": 'a "b"'}, MAPPING | {"comment": "a\tb"}, MAPPING | {"comment": "a"}],
            "#curie_map:\n#  a: https://a.example/\nrecord_id\tsubject_id\tpredicate_id\tobject_id\tcomment\n"
            "a:r\ta:1\tskos:closeMatch\ta:2\ta\n"
            'a:r\ta:1\tskos:closeMatch\ta:2\t"a\tb"\na:r\ta:1\tskos:closeMatch\ta:2\t"a ""b"""\n',
        ),
    ],
    ids=["a list keeps its prefix", "one of several is a list", "plain where it can be", "quotes, tabs and ties"],
)
def test_canonical_mapping_sets(header: dict[str, object], rows: list[dict[str, str]], expected: str) -> None:
    text = sssom_text({"curie_map": CURIES, **header}, rows)
    assert text.startswith(expected)
    assert sssom_text({"curie_map": CURIES, **header}, reversed(rows)) == text


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_kept_files_are_tidy(path: Path) -> None:
    assert not list(untidy(Workspace((ROOT,)), [path])), f"run: compgraph tidy {path}"
    if path.suffix == ".ttl":
        assert not any(isinstance(quad.subject, ox.BlankNode) for quad in read_rdf(path).quads)


def test_something_is_kept() -> None:
    assert len(KEPT) >= 2 and BY_HAND


@pytest.mark.parametrize("path", BY_HAND, ids=lambda path: path.name)
def test_files_laid_out_by_hand_keep_the_layout(path: Path) -> None:
    assert not list(layout_faults(path.read_bytes().decode(), turtle=path.suffix == ".ttl"))


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("@prefix b: <http://b/> .\n@prefix a: <http://a/> .\n", 2, "prefixes"),
        ("a:b\n    a a:C ;\n    .\n\na:a\n    a a:C ;\n    .\n", 5, "subjects"),
        ("a:b\n    a a:C .\n", 2, "full stop"),
        ("a:b \n    a a:C ;\n    .\n", 1, "white space"),
        ("a:b\r\n", 1, "CR LF"),
        ("a:b\n\ta a:C ;\n    .\n", 2, "tab"),
        ("a:b", 1, "line end"),
        ("a:b\n\n", 3, "line end"),
    ],
)
def test_layout_faults_are_told_by_line(text: str, line: int, word: str) -> None:
    found = list(layout_faults(text, turtle=True))
    assert any(number == line and word in fault for number, fault in found), found


def test_a_numbered_comment_begins_a_new_order() -> None:
    assert not list(layout_faults("# 1. One.\n\na:b\n    .\n\n# 2. Two.\n\na:a\n    .\n", turtle=True))


def test_what_stands_in_a_long_string_is_left_alone() -> None:
    assert not list(layout_faults('a:a\n    a:sparql """\nSELECT *\n  ?x a ?y .\n""" ;\n    .\n', turtle=True))


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.ttl"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "half \ud800")
    assert path.read_text() == "old" and [item.name for item in tmp_path.iterdir()] == ["kept.ttl"]
    write(path, "new\n")
    assert path.read_bytes() == b"new\n"
