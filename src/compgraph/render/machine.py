"""The standard formats of a SPARQL answer, stable to the byte."""

import json

from compgraph.store import Table, Term


def csv_text(table: Table) -> str:
    """SPARQL 1.1 Query Results CSV (section 3): plain values, CR LF line ends."""
    lines = [table.columns, *([term.value if term else "" for term in row] for row in table.rows)]
    return "".join(",".join(_quoted(cell) for cell in line) + "\r\n" for line in lines)


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


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\r\n') else cell


def _term(term: Term) -> dict[str, str]:
    written = {"type": term.kind, "value": term.value}
    if term.language:
        written["xml:lang"] = term.language
    if term.datatype:
        written["datatype"] = term.datatype
    return written
