"""load.places: where each statement of a file stands."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings

from compgraph.errors import FileError
from compgraph.load import Place, document, from_rdflib, places, read_mappings, read_rdf, to_rdflib
from compgraph.load.files import file_text
from compgraph.load.places.turtle import _TOKEN, turtle_places
from compgraph.load.rdf import FORMATS
from compgraph.terms import RDF, RDF_TYPE, SKOS, SSSOM
from tests.conftest import ROOT, SHARED
from tests.odd_turtle import trig, turtle

FIRST, REST, REIFIES = (f"{RDF}{name}" for name in ("first", "rest", "reifies"))
ODD = settings(deadline=None, derandomize=True, max_examples=150)
KIN = (".ttl", ".trig", ".nt", ".nq")
MARK = "urn:place:"


def _marked(text: str, offsets: dict[int, int]) -> str:
    """The text with an IRI, or a literal's text, at each offset replaced by a mark that carries the offset's number."""
    parts, end = [], 0
    for offset, number in offsets.items():
        token = _TOKEN.match(text, offset)
        if token is not None and token.lastindex in (1, 2):
            assert offset >= end, "one term within another"
            parts += [text[end:offset], f"<{MARK}{number}>" if token[1] else f'"{MARK}{number}"']
            end = token.end()
    return "".join([*parts, text[end:]])


def _masked(term: object) -> object:
    return "a blank node" if isinstance(term, ox.BlankNode) else term


def prove(text: str, format_: ox.RdfFormat) -> int:
    """Proves the places of a text by putting a mark at each: the parser must then find each mark in its own quad.

    Gives the number of objects proved so. What begins with a bracket, or is a reifier, has that sign at its place.
    """
    quads = list(ox.parse(text, format=format_))
    known = turtle_places(text, [quad.triple for quad in quads])
    assert known, "the places are not known"
    found = known.statements
    objects = {place: number for number, place in enumerate(sorted({statement.object for statement in found}))}
    marked = list(ox.parse(_marked(text, objects), format=format_))
    proved = 0
    for (triple, _, place), after in zip(found, marked, strict=True):
        if triple.predicate.value in (REST, REIFIES):  # a cell of a collection begins where its element does
            continue
        assert (_masked(after.subject), after.predicate) == (_masked(triple.subject), triple.predicate)
        if isinstance(after.object, (ox.NamedNode, ox.Literal)) and after.object.value.startswith(MARK):
            assert after.object.value == f"{MARK}{objects[place]}"
            proved += 1
        else:
            assert text[place] == "<" if isinstance(triple.object, ox.Triple) else text[place] in "[(<"
    subjects = {statement.subject: 0 for statement in found if statement.triple.predicate.value not in (FIRST, REST)}
    subjects = {place: number for number, place in enumerate(sorted(subjects))}
    for (triple, place, _), after in zip(found, ox.parse(_marked(text, subjects), format=format_), strict=True):
        token = _TOKEN.match(text, place)
        if token and token[1] and triple.predicate.value not in (FIRST, REST, REIFIES):
            assert after.subject.value == f"{MARK}{subjects[place]}"
            assert after.predicate == triple.predicate
    return proved


@pytest.mark.parametrize(
    "path",
    sorted([*ROOT.glob("data/*.ttl"), *ROOT.glob("ontology/*.ttl"), *ROOT.glob("shapes/*.ttl")]),
    ids=lambda path: path.name,
)
def test_every_place_in_our_own_files(path: Path) -> None:
    assert prove(file_text(path), ox.RdfFormat.TURTLE)


@pytest.mark.needs_shared
def test_every_place_in_files_of_others() -> None:
    proved = 0
    for path in sorted(path for path in SHARED.rglob("*") if path.suffix in KIN and path.is_file()):
        try:
            read_rdf(path)
        except FileError:
            continue
        proved += prove(file_text(path), FORMATS[path.suffix])
    assert proved > 20_000


@ODD
@given(turtle())
def test_every_place_in_odd_turtle(text: str) -> None:
    prove(text, ox.RdfFormat.TURTLE)


@ODD
@given(trig())
def test_every_place_in_odd_trig(text: str) -> None:
    prove(text, ox.RdfFormat.TRIG)


TEXT = """\ufeff@prefix : <urn:> .\r
# 😀 comment\r
:s :p "😀" , "b"@EN-gb ; a :C .\r
:t :p ( 1 [ :q 01 ] ) .\r
:s :p "b"@en-GB ; :r _:b .
"""


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"urn:{name}")


def test_a_place_is_found_by_statement_by_property_and_by_subject(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(TEXT.encode())
    found = places(path)
    s, p = _node("s"), _node("p")
    assert found.of(s, p, ox.Literal("😀")) == (3, 7)
    assert found.of(s, p, ox.Literal("b", language="en-gb")) == Place(line=3, column=13)
    assert found.of(s, ox.NamedNode(RDF_TYPE), _node("C")) == (3, 27)
    assert found.of_property(s, p) == (3, 7)
    assert found.of_property(_node("t"), p) == (4, 7)
    assert found.of_subject(s) == (3, 1)


def test_a_place_that_is_not_known_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    path.write_text("<urn:s> <urn:p> <urn:o> .")
    found = places(path)
    s, p, other = _node("s"), _node("p"), _node("other")
    assert found.of(s, p, other) is None
    assert found.of(ox.Literal("s"), p, other) is None
    assert found.of_property(s, other) is None
    assert found.of_subject(other) is None


def test_blank_nodes_are_found_by_the_names_that_they_have_in_documents(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(TEXT.encode())
    (entry,) = document(path)
    for found in (places(path), places(path, entry.triples)):
        graph = to_rdflib(entry.triples)
        cell = next(graph.subjects(rdflib.RDF.first))
        place = {str(o): found.of(*map(from_rdflib, (s, p, o))) for s, p, o in graph}
        assert place["01"] == (4, 16)
        assert place["1"] == (4, 9)
        assert None not in place.values()
        assert found.of_subject(from_rdflib(cell))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.trig", "<urn:g> { <urn:s> <urn:p> <urn:o> }\n<urn:h> {\n<urn:s> <urn:p> 'two' }"),
        ("x.nq", '<urn:s> <urn:p> <urn:o> <urn:g> .\n#\n<urn:s> <urn:p> "two" <urn:h> .'),
    ],
)
def test_places_in_several_graphs(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    for entry in document(path):
        assert places(path, entry.triples).of(_node("s"), _node("p"), ox.Literal("two")) == (3, 17)


def test_a_text_that_holds_something_else_than_its_triples_has_no_places() -> None:
    triple = ox.Triple(_node("s"), _node("p"), _node("o"))
    for text in ("<urn:s> <urn:p> <urn:o> , 1 .", "<urn:s> <urn:p> <urn:o> ] .", '<urn:s> <urn:p> <urn:o> " .', ""):
        assert turtle_places(text, [triple]) is None


def test_nodes_of_rdflib_become_the_same_terms() -> None:
    text = '<urn:s> <urn:p> "a", "01"^^<urn:t>, 01, "b"@en-GB, <urn:o>, _:b .'
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    assert {tuple(map(from_rdflib, triple)) for triple in to_rdflib(triples)} == {tuple(triple) for triple in triples}
    with pytest.raises(TypeError):
        from_rdflib(rdflib.Variable("x"))


def _text_at(text: str, place: Place | None) -> str:
    assert place
    return text.split("\n")[place.line - 1][place.column - 1 :]


@pytest.mark.parametrize("path", sorted(ROOT.glob("data/mappings/*.sssom.tsv")), ids=lambda path: path.name)
def test_every_place_in_our_own_mapping_sets(path: Path) -> None:
    text, mapping_set, found = file_text(path), read_mappings(path), places(path)
    for cell in mapping_set.cells():
        place = found.of(*cell.triple)
        assert place
        if place.line < mapping_set.lines[0]:
            assert _text_at(text, place).startswith(f"#{cell.slot}:")
        elif cell.slot == "record_id":
            assert place.column == 1
        else:
            value = _text_at(text, place).split("\t")[0].split("|")[0]
            object_ = cell.triple.object
            assert (
                mapping_set.expand(value, 1) == object_ if isinstance(object_, ox.NamedNode) else value in str(object_)
            )


MAPPINGS = """#mapping_set_id: https://m.example/set
#license: https://l.example/
#mapping_tool: by hand
#curie_map:
#  license: https://wrong.example/
#  a: https://a.example/
record_id\tsubject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_id\tcomment
a:r\ta:1\tskos:closeMatch\ta:2\tsemapv:ManualMappingCuration\ta:x| a:y\tline\u2028separator
"""


def test_places_in_a_mapping_set(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    path.write_bytes(MAPPINGS.replace("\n", "\r\n").encode())
    found = places(path)
    one, two, record, author = (ox.NamedNode(f"https://a.example/{name}") for name in ("1", "2", "r", "y"))
    whole = ox.NamedNode("https://m.example/set")
    assert found.of_subject(record) == (8, 1)
    assert found.of(record, ox.NamedNode(SSSOM + "author_id"), author) == (8, 63)
    assert found.of_property(record, ox.NamedNode(SSSOM + "comment")) == (8, 67)
    assert found.of(one, ox.NamedNode(SKOS + "closeMatch"), two) == (8, 25)
    assert found.of_subject(one) == (8, 5)
    assert found.of_property(record, ox.NamedNode(SSSOM + "mapping_tool")) == (3, 1), "it is said for all, above"
    assert found.of_property(whole, ox.NamedNode(SSSOM + "license")) == (2, 1)
    assert found.of_subject(whole) == (1, 1)


JSON_LD = """{"@context": [null, {"id": "@id", "x": {"@id": "urn:x:"}, "knows": {"@id": "urn:x:a", "@type": "@id"},
              "@base": "http://b.example/d/"}],
 "@graph": [{"@type": "x:a", "knows": {"id": "x:a"}, "id": "r"},
  {"é": "é", "id": "x:a", "knows": [{"@id": "urn:x:only-here", "knows": "x:a"}]},
  {"@id": "../up", "knows": {"@id": "x:b"}}]}
"""


def test_subjects_of_json_ld_stand_where_they_are_described(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonld"
    path.write_text(JSON_LD)
    (entry,) = document(path)
    for found in (places(path), places(path, entry.triples)):
        assert found.of_subject(_node("x:a")) == (4, 20), "neither in the context nor where it is referred to"
        assert found.of_subject(ox.NamedNode("http://b.example/d/r")) == (3, 60)
        assert found.of_subject(ox.NamedNode("http://b.example/up")) == (5, 11)
        assert found.of_subject(_node("x:only-here")) == (4, 45)
        assert found.of_subject(_node("x:b")) is None, "no statement is about it"


RDF_XML = """<!DOCTYPE rdf:RDF [ <!ENTITY x "urn:x:"> ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:" xml:base="http://b.example/d/f#g">
  <x:C rdf:about="&x;a"><x:p>é</x:p><x:q rdf:resource="&x;b"/></x:C> <x:C rdf:ID="é"/>
  <rdf:Description xml:base="http://b.example/d/"
                   rdf:about="../up"><x:p><x:C rdf:about="&x;b" x:p="1"/></x:p></rdf:Description>
  <x:C rdf:about="&x;a"/>
</rdf:RDF>
"""


def test_subjects_of_rdf_xml_stand_at_their_tags(tmp_path: Path) -> None:
    path = tmp_path / "x.rdf"
    path.write_text(RDF_XML)
    found = places(path)
    assert found.of_subject(_node("x:a")) == (3, 3)
    assert found.of_subject(ox.NamedNode("http://b.example/d/f#é")) == (3, 70)
    assert found.of_subject(ox.NamedNode("http://b.example/up")) == (4, 3)
    assert found.of_subject(_node("x:b")) == (5, 43)
    assert {quad.subject for quad in read_rdf(path).quads} == {
        _node("x:a"),
        _node("x:b"),
        ox.NamedNode("http://b.example/d/f#é"),
        ox.NamedNode("http://b.example/up"),
    }


@pytest.mark.needs_shared
def test_every_named_subject_of_json_ld_and_rdf_xml_of_others_has_its_place() -> None:
    known = 0
    for path in sorted(path for path in SHARED.rglob("*") if path.suffix in set(FORMATS) - set(KIN)):
        try:
            quads = read_rdf(path).quads
        except FileError:
            continue
        found = places(path, [quad.triple for quad in quads])
        for subject in {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}:
            text = _text_at(file_text(path), found.of_subject(subject))
            assert text[0] in '"<'
            known += 1
    assert known > 500
