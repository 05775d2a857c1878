"""load: files to graphs, and messages with a place where that fails."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from compgraph.errors import FileError
from compgraph.load import canonical_text, document, documents, read_mappings, read_rdf, to_rdflib
from compgraph.terms import CG, ID, ONTOLOGY, SSSOM
from compgraph.workspace import Workspace
from tests.conftest import SHARED

SET = "#mapping_set_id: https://m.example/set\n#license: https://l.example/\n#curie_map: {a: 'https://a.example/'}\n"
COLUMNS = "record_id\tsubject_id\tpredicate_id\tobject_id\tmapping_justification"
ROW = "a:r\ta:1\tskos:closeMatch\ta:2\tsemapv:ManualMappingCuration"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@prefix e: <https://e/> .\ne:a e:b .\n", r"x\.ttl:2:9: \. is not a valid RDF object.*Mend the syntax"),
        ('<https://e/a> <https://e/b> "open .\n', r"x\.ttl:1:"),
        ("e:a e:b e:c .\n", r"x\.ttl:1:.*prefix"),
        ("<a> <https://e/b> <https://e/c> .", r"x\.ttl:1:.*(IRI|scheme)"),
    ],
)
def test_broken_turtle_is_told_with_line_and_column(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(text)
    with pytest.raises(FileError, match=message) as caught:
        read_rdf(path)
    assert caught.value.line and caught.value.column


def test_a_file_that_is_not_there_and_one_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="can't be read: No such file"):
        read_rdf(tmp_path / "x.ttl")
    (tmp_path / "x.docx").write_text("")
    with pytest.raises(FileError, match="Convert it to Turtle"):
        read_rdf(tmp_path / "x.docx")


XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">\n'
LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.jsonld", '{"@context":\n "https://c.example/"}', "2:2: names a context elsewhere, 'https://c.example/'"),
        (
            "x.jsonld",
            '{"@context": [{}, "c.jsonld"]}',
            "1:19: names a context elsewhere, 'c.jsonld', and nothing is ever",
        ),
        ("x.jsonld", '{"@context": {"@import": "c"}}', "1:26: names a context elsewhere"),
        ("x.jsonld", '{"@context": {"a": {"@id": "urn:a", "@context": "c"}}}', "1:49: names a context elsewhere"),
        ("x.jsonld", '{"urn:a": 1,\n "urn:b": }', "2:11: Unexpected closing curly bracket.*Mend the syntax"),
        ("x.jsonld", '{"urn:a": 1,\n "@id": 5}', "2:2: @id value must be a string"),
        ("x.jsonld", '{"urn:a":\n {"@value": 1, "@type": "a b"}}', "2:16: @type value 'a b' must be an IRI"),
        ("x.jsonld", '{"urn:a": [1, 5', "1:16: Array values must be followed"),
        ("x.jsonld", '{"urn:a":' * 10000, "1:2305: is nested deeper than 256 brackets. Give the inner"),
        ("x.json", '{"name": "no linked data"}', "1: holds no statement.*give it an @context"),
        ("x.rdf", f"{XML}<e:C>é<e:p>x</e:q></e:C></rdf:RDF>", "2:15: is no XML from here on .mismatched tag"),
        ("x.rdf", f'{XML}<e:C/> <e:C rdf:about="a"/></rdf:RDF>', "2:8: error while parsing IRI 'a'"),
        ("x.xml", f"{XML}<e:C>&e;</e:C></rdf:RDF>", "2:6: is no XML from here on .undefined entity"),
        ("x.owl", f"{XML}{'<e:C><e:p>' * 200}", "2:1276: is nested deeper than 256 elements"),
        ("x.rdf", f'<!DOCTYPE e [<!ENTITY l0 "ha">\n{LAUGHS}]>{XML}', "2:.*: the entities come to more than 10000000"),
        ("x.rdf", f'<!DOCTYPE e [<!ENTITY e "{"e" * 9999}">]>{XML}{"&e;" * 1001}', "1:25: the entities come to more"),
        ("x.rdf", f'<!DOCTYPE e [\n<!ENTITY e SYSTEM "x.txt">]>{XML}', "2:.*: the entity e is another file, x.txt"),
        ("x.rdf", f'<!DOCTYPE e [<!ENTITY % e SYSTEM "x.txt">]>{XML}', "1:.*: the entity e is another file, x.txt"),
        ("x.ttl", "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 10000, "1:5137: nests triples deeper than 256"),
        ("x.nt", "\n<urn:a> <urn:b> <urn:\udce9> .", "2: is not UTF-8 at byte 22"),
    ],
)
def test_a_file_of_any_format_that_must_not_or_cannot_be_read(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / "x.txt").write_text("nobody may read this")
    path = tmp_path / name
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(FileError, match=rf"{re.escape(name)}:{message}") as caught:
        read_rdf(path)
    assert "nobody may" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.jsonld", '\ufeff{"@context": {"@vocab": "urn:"}, "@id": "urn:s", "p": {"@id": "urn:o"}}'),
        ("x.json", '[{"@id": "urn:s", "urn:p": {"@id": "urn:o"}}]'),
        (
            "x.rdf",
            XML
            + '<rdf:Description rdf:about="urn:s"><p xmlns="urn:" rdf:resource="urn:o"/></rdf:Description></rdf:RDF>',
        ),
        (
            "x.owl",
            f'<!DOCTYPE e SYSTEM "no.dtd" [<!ENTITY u "urn:"><!ENTITY s "&u;s">]>{XML}'
            '<rdf:Description rdf:about="&s;"><p xmlns="urn:" rdf:resource="&u;o"/></rdf:Description></rdf:RDF>',
        ),
        ("x.ttl", "\ufeff<urn:s> <urn:p> <urn:o> ."),
    ],
)
def test_every_format_gives_the_same_triple(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    assert [str(quad.triple) for quad in read_rdf(path).quads] == ["<urn:s> <urn:p> <urn:o>"]


def test_each_file_has_the_graph_of_what_it_holds(tmp_path: Path) -> None:
    for folder in ("ontology", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "ontology/o.ttl").write_text("<urn:o> a <http://www.w3.org/2002/07/owl#Ontology> .")
    (tmp_path / "ontology/alignments.ttl").write_text("this is loaded on request only")
    (tmp_path / "data/f.ttl").write_text(f"<{ID}f> a <{CG}Framework> .")
    (tmp_path / "data/loose.nt").write_text("<urn:a> <urn:b> <urn:c> .")
    (tmp_path / "data/named.trig").write_text("<urn:g> { <urn:a> <urn:b> <urn:c> }")
    (tmp_path / "data/s.sssom.tsv").write_text(f"{SET}{COLUMNS}\n{ROW}\n")
    found = [(entry.path.name, entry.graph, entry.is_ontology) for entry in documents(Workspace((tmp_path,)))]
    assert found == [
        ("o.ttl", "urn:o", True),
        ("f.ttl", f"{ID}f", False),
        ("loose.nt", "urn:compgraph:file:loose", False),
        ("named.trig", "urn:g", False),
        ("s.sssom.tsv", "https://m.example/set", False),
    ]


def test_our_own_files_load() -> None:
    graphs = {entry.graph for entry in documents(Workspace((Path(__file__).parents[1],)))}
    assert {ONTOLOGY, f"{ID}california", f"{ID}mappings/california--california"} <= graphs


def _triples(tmp_path: Path, rows: str) -> set[str]:
    path = tmp_path / "x.sssom.tsv"
    path.write_text(f"{SET}{COLUMNS}\tpredicate_modifier\tconfidence\n{rows}")
    return {str(triple) for entry in document(path) for triple in entry.triples}


def test_a_row_gives_its_record_and_its_direct_triple(tmp_path: Path) -> None:
    triples = _triples(tmp_path, f"{ROW}\t\t0.60\n")
    close = "<http://www.w3.org/2004/02/skos/core#closeMatch>"
    record = "<https://a.example/r>"
    assert f"<https://a.example/1> {close} <https://a.example/2>" in triples
    assert f"{record} <{SSSOM}subject_id> <https://a.example/1>" in triples
    assert f'{record} <{SSSOM}confidence> "0.60"^^<http://www.w3.org/2001/XMLSchema#decimal>' in triples
    assert f"{record} <http://purl.org/dc/terms/isPartOf> <https://m.example/set>" in triples


@pytest.mark.parametrize(
    "row",
    [
        f"{ROW}\tNot\t\n",
        "a:r\ta:1\tskos:mappingRelation\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t\t\n",
        "a:r\tsssom:NoTermFound\tskos:mappingRelation\ta:1\tsemapv:ManualMappingCuration\t\t\n",
    ],
)
def test_a_row_that_denies_gives_its_record_alone(tmp_path: Path, row: str) -> None:
    subjects = {triple.split(" ")[0] for triple in _triples(tmp_path, row)}
    assert subjects == {"<https://a.example/r>", "<https://m.example/set>"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{COLUMNS}\n{ROW}\n", "1: has no header"),
        (f"#a: [\n{COLUMNS}\n", r"\d: the header is no YAML"),
        (f"#mapping_set_id: https://m.example/set\n{COLUMNS}\n", "1: the header lacks license"),
        (f"{SET}#title: \x07\n{COLUMNS}\n", "4: the header is no YAML: control characters"),
        (f"{SET.replace('https://m.example/', 'm ')}{COLUMNS}\n", "1: 'm set' has no known prefix"),
        (SET.replace("https://l.example/", ""), "2: the header lacks license"),
        (SET.replace("https://l.example/", "l") + COLUMNS, "2: 'l' has no known prefix"),
        (SET.replace("{a: 'https://a.example/'}", "[a]"), "3: curie_map is no list of prefixes"),
        (f"{SET}#license: https://other.example/\n", "4: the header has license a second time: keep one"),
        (f"{SET}#my slot: x\n", "4: 'my slot' is no name of a slot"),
        (f"{SET}#other: {'[' * 300_000}\n", "4: the header repeats a value by an alias .*, or nests too deep"),
        (f"{SET}#a: &a [x, x]\n#b: &b [*a, *a]\n#c: [*b, *b]\n", "5: the header repeats a value by an alias"),
        (f"{SET}{COLUMNS}\tcomment\tcomment\n{ROW}\tone\ttwo\n", "4: has the column comment 2 times"),
        (f"{SET}subject_id\n", "4: has no column predicate_id"),
        (f"{SET}{COLUMNS}\tcolour\n", "4: 'colour' is no slot of an SSSOM mapping"),
        (f"{SET}{COLUMNS}\n{ROW}\textra\n", "5: has 6 cells, the heading has 5 columns"),
        (f"{SET}{COLUMNS}\n{ROW}\n\ta:1\tskos:closeMatch\ta:2\tsemapv:X\n", "6: record_id is empty"),
        (f"{SET}{COLUMNS}\n{ROW.replace('a:2', 'b:2')}\n", "5: 'b:2' has no known prefix: add 'b' to curie_map"),
        (f"{SET}{COLUMNS}\n{ROW.replace('a:2', 'a:no iri')}\n", "5: 'a:no iri' is no IRI"),
        (f"{SET}{COLUMNS}\tconfidence\n{ROW}\tsure\n", "5: confidence is 'sure', which is no number"),
        (f"{SET}{COLUMNS}\tmapping_date\n{ROW}\ttoday\n", "5: mapping_date is 'today', which is no date"),
    ],
)
def test_a_broken_mapping_set_is_told_by_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "x.sssom.tsv"
    path.write_text(text)
    with pytest.raises(FileError, match=rf"x\.sssom\.tsv:{message}"):
        list(read_mappings(path).triples())


def test_cells_may_stand_in_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    quoted = '"One ""whole"", a\ttab,\nand a line"'
    path.write_text(f'{SET}{COLUMNS}\tcomment\n"a:r"\t{ROW[4:]}\t{quoted}\n{ROW.replace("a:r", "a:s")}\t"open\n')
    read = read_mappings(path)
    assert [row["comment"] for row in read.rows] == ['One "whole", a\ttab,\nand a line', '"open']
    assert list(read.lines) == [5, 7]


def test_what_the_header_states_for_all(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    header = "#creator_id: [a:me]\n#subject_preprocessing:\n#- semapv:Stemming\n#- a:other\n#mapping_tool: x\n"
    path.write_text(f"{SET}{header}{COLUMNS}\tmapping_tool\n{ROW}\t\n{ROW.replace('a:r', 'a:s')}\ty\n")
    found = {str(triple) for triple in read_mappings(path).triples()}
    assert f"<https://m.example/set> <{SSSOM}creator_id> <https://a.example/me>" in found
    assert f"<https://a.example/r> <{SSSOM}subject_preprocessing> <https://a.example/other>" in found
    tool = f"<{SSSOM}mapping_tool>"
    assert f'<https://a.example/s> {tool} "y"' in found, "and no other record has one, since this row has its own"
    assert not [each for each in found if each.startswith(f"<https://a.example/r> {tool}")]


def test_records_without_identifiers_get_one_that_tidying_writes_down(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    row = ROW.partition("\t")[2]
    columns = COLUMNS.partition("\t")[2]
    none = row.replace("closeMatch", "mappingRelation").replace("a:2", "sssom:NoTermFound")
    path.write_text(f"{SET}{columns}\n{row}\n{row.replace('close', 'broad')}\n{none}\n")
    names = [f"https://m.example/set/{name}" for name in ("1--2", "1--2-2", "1--none")]
    assert [row["record_id"] for row in read_mappings(path).rows] == names
    path.write_text(canonical_text(path))
    assert [row["record_id"] for row in read_mappings(path).rows] == names
    assert canonical_text(path) == path.read_text()


@pytest.mark.needs_shared
def test_every_set_of_another_implementation_is_read_or_refused_with_its_place() -> None:
    read, refused = [], []
    for path in sorted((SHARED / "suites/sssom-py-cases/tests").rglob("*.tsv")):
        try:
            read.append((path.name, len(list(read_mappings(path).triples()))))
        except FileError as error:
            assert error.line
            refused.append(path.name)
    assert len(read) >= 9 and all(number for _, number in read)
    assert len(refused) >= 9


def test_the_values_of_a_header_are_texts_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    path.write_text(f"{SET}#mapping_date: 2026-13-45\n#mapping_set_version: 1.10\n#comment:\n{COLUMNS}\n")
    slots = read_mappings(path).metadata
    assert (slots["mapping_date"], slots["mapping_set_version"]) == ("2026-13-45", "1.10") and "comment" not in slots


def test_a_mapping_set_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "x.sssom.tsv"
    path.write_bytes(b"#caf\xe9\n")
    with pytest.raises(FileError, match="is not UTF-8 at byte 4"):
        read_mappings(path)


def test_rdflib_gets_the_literals_as_they_are_written() -> None:
    text = '<urn:a> <urn:b> "01"^^<http://www.w3.org/2001/XMLSchema#integer>, "x"@en, "plain", _:b .'
    graph = to_rdflib(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert sorted(value.n3() for _, _, value in graph if value.n3()[0] == '"') == [
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"plain"',
        '"x"@en',
    ]
    assert len(graph) == 4


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("one", "two"):
        (data / f"{name}.ttl").write_text(f'_:x <https://example.org/says> "{name}" .')
    read = [*documents(Workspace((tmp_path,)))]
    assert len({triple.subject for part in read for triple in part.triples}) == 2
    assert read == [*documents(Workspace((tmp_path,)))]


def test_triples_about_triples_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.ttl"
    path.write_text("<urn:a> <urn:b> <<( <urn:c> <urn:d> <urn:e> )>> .")
    with pytest.raises(FileError, match=r"RDF 1\.2"):
        read_rdf(path)
