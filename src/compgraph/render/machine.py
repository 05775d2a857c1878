"""The standard formats of a SPARQL answer, stable to the byte."""

import json
import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from compgraph.store import Table, Term
from compgraph.terms import XSD

RESULT_SET = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_BARE = {
    XSD + "integer": re.compile(r"[+-]?\d+"),
    XSD + "decimal": re.compile(r"[+-]?\d*\.\d+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table: Table) -> str:
    """SPARQL 1.1 Query Results CSV (section 3): plain values, CR LF line ends."""
    return _csv([table.columns, *_values(table)])


def excel_text(table: Table) -> str:
    """CSV that opens right in a spreadsheet: a byte order mark, and an apostrophe before what would be a formula."""
    rows = [[f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in _values(table)]
    return "\ufeff" + _csv([table.columns, *rows])


def tsv_text(table: Table) -> str:
    """SPARQL 1.1 Query Results TSV (section 4): terms as Turtle writes them, LF line ends."""
    lines = [[f"?{name}" for name in table.columns]]
    lines += [[_turtle(term) if term else "" for term in row] for row in table.rows]
    return "".join("\t".join(line) + "\n" for line in lines)


def json_text(table: Table) -> str:
    """SPARQL 1.1 Query Results JSON Format, with a line for each binding."""
    bindings = (
        {name: _term(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    )
    rows = ",\n".join("    " + json.dumps(binding, ensure_ascii=False) for binding in bindings)
    head = json.dumps({"vars": list(table.columns)}, ensure_ascii=False)
    body = f"[\n{rows}\n  ]" if rows else "[]"
    return f'{{\n  "head": {head},\n  "results": {{"bindings": {body}}}\n}}\n'


def xml_text(table: Table) -> str:
    """SPARQL Query Results XML Format (second edition), with a line for each result."""
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in table.columns)
    rows = "".join(
        "    <result>"
        + "".join(
            f"<binding name={quoteattr(name)}>{_xml(term)}</binding>"
            for name, term in zip(table.columns, row, strict=True)
            if term is not None
        )
        + "</result>\n"
        for row in table.rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
        f"  <head>{head}</head>\n  <results>\n{rows}  </results>\n</sparql>\n"
    )


def turtle_text(table: Table) -> str:
    """The rows as RDF, in the result set vocabulary of the W3C's SPARQL tests."""
    lines = [f"@prefix rs: <{RESULT_SET}> .\n", "[] a rs:ResultSet ;"]
    lines += [f"    rs:resultVariable {_quote(name)} ;" for name in table.columns]
    for row in table.rows:
        bindings = [
            f"        rs:binding [ rs:variable {_quote(name)} ; rs:value {_turtle(term)} ] ;"
            for name, term in zip(table.columns, row, strict=True)
            if term is not None
        ]
        lines += ["    rs:solution [", *bindings, "    ] ;"]
    return "\n".join(lines) + "\n    .\n"


FORMATS = {
    "csv": csv_text,
    "tsv": tsv_text,
    "json": json_text,
    "xml": xml_text,
    "excel": excel_text,
    "ttl": turtle_text,
}
"""The formats for machines, by name."""


def _values(table: Table) -> list[list[str]]:
    return [[term.value if term else "" for term in row] for row in table.rows]


def _csv(lines: Iterable[Sequence[str]]) -> str:
    return "".join(",".join(_cell(cell) for cell in line) + "\r\n" for line in lines)


def _cell(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\r\n') else cell


def _term(term: Term) -> dict[str, str]:
    written = {"type": term.kind, "value": term.value}
    if term.language:
        written["xml:lang"] = term.language
    if term.datatype:
        written["datatype"] = term.datatype
    return written


def _xml(term: Term) -> str:
    if term.kind != "literal":
        return f"<{term.kind}>{escape(term.value)}</{term.kind}>"
    language = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    datatype = f" datatype={quoteattr(term.datatype)}" if term.datatype else ""
    return f"<literal{language}{datatype}>{escape(term.value)}</literal>"


def _turtle(term: Term) -> str:
    if term.kind == "uri":
        return f"<{term.value}>"
    if term.kind == "bnode":
        return f"_:{term.value}"
    if (bare := _BARE.get(term.datatype or "")) and bare.fullmatch(term.value):
        return term.value
    if term.language:
        return f"{_quote(term.value)}@{term.language}"
    return f"{_quote(term.value)}^^<{term.datatype}>" if term.datatype else _quote(term.value)


def _quote(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(sign, sign) for sign in text) + '"'
