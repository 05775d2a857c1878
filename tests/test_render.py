"""render: what people see, and what machines read."""

import pyoxigraph as ox
import rdflib

from compgraph.render.documents import html_text, markdown_text
from compgraph.render.machine import FORMATS, csv_text, excel_text, json_text, tsv_text, turtle_text, xml_text
from compgraph.render.people import grid_text, shorten, table_text
from compgraph.render.things import resource_text
from compgraph.resources import Column, Fact, Link, Resource
from compgraph.store import Table, Term
from compgraph.store.names import Node

PREFIXES = {"e": "https://e.org/", "f": "https://e.org/f/"}
TABLE = Table(
    ("it", "it_label", "none", "how_many"),
    (
        (Term("uri", "https://e.org/f/a"), Term("literal", 'A, "quoted"', "en"), None, Term("literal", "1")),
        (Term("uri", "https://e.org/b"), Term("literal", "B\nb"), None, Term("literal", "2", None, "urn:int")),
    ),
)


def test_the_longest_prefix_shortens() -> None:
    assert shorten("https://e.org/f/a", PREFIXES) == "f:a"
    assert shorten("https://e.org/b", PREFIXES) == "e:b"
    assert shorten("urn:x", PREFIXES) == "urn:x"


def test_a_table_shows_names_and_leaves_out_what_is_empty() -> None:
    assert table_text(TABLE, prefixes=PREFIXES, width=80) == (
        'it           how many\n-----------  --------\nA, "quoted"  1\nB b          2\n'
    )
    assert table_text(TABLE, prefixes=PREFIXES, width=80, ids=True).splitlines()[:3] == [
        "it   it label     how many",
        "---  -----------  --------",
        'f:a  A, "quoted"  1',
    ]


def test_an_empty_table_has_its_headings() -> None:
    assert table_text(Table(("a", "b"), ()), prefixes={}, width=80) == "a  b\n-  -\n"


def test_leading_repeats_are_left_out() -> None:
    rows = [("a", "x", "1"), ("a", "x", "2"), ("a", "y", "2"), ("b", "y", "2")]
    lines = grid_text(("p", "q", "r"), rows, width=80).splitlines()[2:]
    assert lines == ["a  x  1", "      2", "   y  2", "b  y  2"]


def test_where_columns_would_be_too_narrow_each_row_is_a_block() -> None:
    words = "some words of prose that take their room"
    text = grid_text(("first", "second", "third"), [(words, words, words)], width=50)
    assert text == (
        "first   some words of prose that take their room\n"
        "second  some words of prose that take their room\n"
        "third   some words of prose that take their room\n"
    )


def test_no_line_is_wider_than_it_may_be() -> None:
    words = "some words of prose that take their room " * 5
    for width in (40, 60, 80, 100):
        text = grid_text(("first", "second"), [(words, "short"), ("short", words)], width=width)
        assert max(map(len, text.splitlines())) <= width


def test_csv_is_that_of_sparql() -> None:
    assert csv_text(TABLE) == (
        'it,it_label,none,how_many\r\nhttps://e.org/f/a,"A, ""quoted""",,1\r\nhttps://e.org/b,"B\nb",,2\r\n'
    )


def test_json_is_that_of_sparql() -> None:
    assert json_text(TABLE).splitlines()[:4] == [
        "{",
        '  "head": {"vars": ["it", "it_label", "none", "how_many"]},',
        '  "results": {"bindings": [',
        '    {"it": {"type": "uri", "value": "https://e.org/f/a"}, "it_label": {"type": "literal", '
        '"value": "A, \\"quoted\\"", "xml:lang": "en"}, "how_many": {"type": "literal", "value": "1"}},',
    ]
    assert json_text(Table(("a",), ())) == '{\n  "head": {"vars": ["a"]},\n  "results": {"bindings": []}\n}\n'


LINKS = (
    Link("related", "Attention", "Other", "0.75", "Both look."),
    Link("none found", "Third", "", "", "No looking."),
)


def test_tsv_writes_terms_as_turtle_does() -> None:
    assert tsv_text(TABLE) == (
        "?it\t?it_label\t?none\t?how_many\n"
        '<https://e.org/f/a>\t"A, \\"quoted\\""@en\t\t"1"\n'
        '<https://e.org/b>\t"B\\nb"\t\t"2"^^<urn:int>\n'
    )
    number = Term("literal", "7", None, "http://www.w3.org/2001/XMLSchema#integer")
    assert tsv_text(Table(("n",), ((number,), (Term("bnode", "b0"),)))) == "?n\n7\n_:b0\n"


def test_the_engine_reads_our_tsv_json_and_xml() -> None:
    kinds = ox.QueryResultsFormat
    for text, kind in ((json_text(TABLE), kinds.JSON), (xml_text(TABLE), kinds.XML), (tsv_text(TABLE), kinds.TSV)):
        read = ox.parse_query_results(text, kind)
        assert isinstance(read, ox.QuerySolutions)
        values = [[term.value if term else None for term in solution] for solution in read]
        assert values == [[term.value if term else None for term in row] for row in TABLE.rows]


def test_rows_as_rdf() -> None:
    graph = rdflib.Graph().parse(data=turtle_text(TABLE), format="turtle")
    rs = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
    assert len(list(graph.objects(None, rs.solution))) == 2
    assert set(graph.objects(None, rs.resultVariable)) == {rdflib.Literal(name) for name in TABLE.columns}


def test_a_spreadsheet_runs_nothing() -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\t=1", "harmless"]
    text = excel_text(Table(("a",), tuple((Term("literal", cell),) for cell in cells)))
    assert text.startswith("\ufeffa\r\n'=1+1\r\n'+1\r\n'-1\r\n'@x\r\n'\t=1\r\nharmless\r\n")


def test_documents_show_and_never_run() -> None:
    table = Table(("x",), ((Term("literal", "<script>a|b\n</script>"),),))
    assert markdown_text(table, prefixes={}) == "| x |\n| --- |\n| &lt;script&gt;a\\|b &lt;/script&gt; |\n"
    assert "<td>&lt;script&gt;a|b\n&lt;/script&gt;</td>" in html_text(table, prefixes={})


def test_every_format_can_say_that_there_is_nothing() -> None:
    for write in FORMATS.values():
        assert "nothing" in write(Table(("nothing",), ()))


def _thing(*columns: Column) -> Resource:
    node = Node("https://e.org/care", "e:care", "Care", "e", ("https://w3id.org/compgraph/ns#Competency",))
    return Resource(node, (Fact("number", ("1",)),), (Fact("about", tuple(map(str, range(15)))),), LINKS, columns)


LEVELS = (
    Column("Beginner", "", "Starts", (("Looks", "Looks once"), ("Asks", "Asks whoever is near"))),
    Column("Master", "Expert", "", (("Looks", "Looks twice"), ("Asks", "Asks whoever knows"))),
)


def test_levels_stand_side_by_side_with_indicators_as_rows() -> None:
    lines = resource_text(_thing(*LEVELS), prefixes={}, width=100).splitlines()
    assert lines[:3] == ["Care", "e:care, competency", ""]
    assert lines[5:9] == [
        "       Beginner              Master (Expert)",
        "-----  --------------------  ------------------",
        "Looks  Looks once            Looks twice",
        "Asks   Asks whoever is near  Asks whoever knows",
    ]
    assert "       and 3 more" in lines


def test_links_are_told_with_their_reasons() -> None:
    lines = resource_text(_thing(), prefixes={}, width=100).splitlines()
    assert lines[5:10] == [
        "Links",
        "related: Attention (Other), confidence 0.75",
        "    Both look.",
        "none found: Third",
        "    No looking.",
    ]


def test_on_a_narrow_terminal_indicators_are_blocks() -> None:
    lines = resource_text(_thing(*LEVELS), prefixes={}, width=40).splitlines()
    assert lines[5:11] == [
        "Looks",
        "  Beginner: Looks once",
        "  Master (Expert): Looks twice",
        "",
        "Asks",
        "  Beginner: Asks whoever is near",
    ]


def test_without_indicators_levels_are_lists() -> None:
    column = Column("Beginner", "", "Starts", (("", "Looks once"), ("", "Asks")))
    lines = resource_text(_thing(column), prefixes={}, width=100).splitlines()
    assert lines[5:9] == ["Beginner", "  Starts", "  1. Looks once", "  2. Asks"]
