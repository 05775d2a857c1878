"""A matrix of links for people: on a terminal of any width, and in Markdown."""

import textwrap
from collections.abc import Iterator

from compgraph.comparisons.frameworks import Entry, Side, Standing
from compgraph.render.documents import markdown_cell
from compgraph.render.matrices import Matrix, Row
from compgraph.render.people import Style

_LABEL = 22
"""The width that the names of the rows need at least."""
_LINKS = "links"
_INDENT = "  "


def matrix_text(matrix: Matrix, *, width: int, style: Style = str) -> str:
    """The matrix as text of at most ``width`` characters a line.

    Its columns are headed by names where those fit, else by numbers with a key. Where cells with a confidence don't
    fit, they hold signs alone, and the links follow as a list; where not even signs fit, the list stands alone.
    """
    parts = [_title(matrix, width, style), *_body(matrix, width, style), _gaps(matrix, width, style)]
    parts.append(_legend(matrix, width, style))
    return "\n".join(part for part in parts if part)


def _title(matrix: Matrix, width: int, style: Style) -> str:
    lines = [style(line) for line in textwrap.wrap(f"{matrix.rows.label} (rows)", width)]
    lines += [style(line) for line in textwrap.wrap(f"and {matrix.columns.label} (columns)", width)]
    for sentence in matrix.summary:
        lines += textwrap.wrap(sentence, width, subsequent_indent=_INDENT)
    return "".join(f"{line}\n" for line in lines)


def _body(matrix: Matrix, width: int, style: Style) -> Iterator[str]:
    names, numbers = [line.entry.label for line in matrix.heads], [line.head for line in matrix.heads]
    full = _texts(matrix)
    signs = {row.line.entry.iri: [cell.sign for cell in row.cells] for _, rows in matrix.groups for row in rows}
    for heads, cells, gap in ((names, full, 2), (numbers, full, 2), (numbers, signs, 1)):
        widths = [max(len(head), *map(len, column)) for head, column in zip(heads, _across(cells), strict=True)]
        room = width - sum(widths) - gap * len(widths) - gap - len(_LINKS) - len(_INDENT)
        if room >= min(_LABEL, _longest(matrix)):
            yield _grid(matrix, heads, cells, widths, min(room, _longest(matrix)), gap, style)
            if heads is numbers:
                yield _key(matrix, width, style)
            if cells is signs:
                yield _list(matrix, width, style, gaps=False)
            return
    yield _list(matrix, width, style, gaps=True)


def _texts(matrix: Matrix) -> dict[str, list[str]]:
    return {row.line.entry.iri: [cell.text for cell in row.cells] for _, rows in matrix.groups for row in rows}


def _across(cells: dict[str, list[str]]) -> list[tuple[str, ...]]:
    return list(zip(*cells.values(), strict=True))


def _longest(matrix: Matrix) -> int:
    return max(len(entry.label) for entry in matrix.rows.entries)


def _grid(
    matrix: Matrix,
    heads: list[str],
    cells: dict[str, list[str]],
    widths: list[int],
    label: int,
    gap: int,
    style: Style,
) -> str:
    apart = " " * gap

    def line(first: str, texts: list[str], last: str) -> str:
        middle = apart.join(text.ljust(size) for text, size in zip(texts, widths, strict=True))
        return f"{first.ljust(label + len(_INDENT))}{apart}{middle}{apart}{last.rjust(len(_LINKS))}".rstrip()

    lines = [style(line("", heads, _LINKS))]
    for name, rows in matrix.groups:
        lines += [style(part) for part in textwrap.wrap(name, label + sum(widths) + gap * len(widths))]
        for row in rows:
            first, *rest = textwrap.wrap(row.line.entry.label, label) or [""]
            lines.append(line(f"{_INDENT}{first}", cells[row.line.entry.iri], str(row.line.links)))
            lines += [f"{_INDENT}{_INDENT}{part}" for part in rest]
    lines.append(style(line(_LINKS, [str(head.links) for head in matrix.heads], str(matrix.total))))
    return "".join(f"{each}\n" for each in lines)


def _key(matrix: Matrix, width: int, style: Style) -> str:
    longest = max(len(line.head) for line in matrix.heads)
    lines = [style("Columns")]
    for line in matrix.heads:
        indent = " " * (longest + len(_INDENT))
        head = line.head.rjust(longest) + _INDENT
        lines += textwrap.wrap(line.entry.label, width, initial_indent=head, subsequent_indent=indent)
    return "".join(f"{line}\n" for line in lines)


def _list(matrix: Matrix, width: int, style: Style, *, gaps: bool) -> str:
    """The rows, each with its links below it; those without a link only if ``gaps``."""
    lines = [style("Links")]
    for name, rows in matrix.groups:
        shown = [row for row in rows if gaps or row.line.links]
        lines += [style(part) for part in textwrap.wrap(name, width)] if shown else []
        for row in shown:
            lines += textwrap.wrap(row.line.entry.label, width, initial_indent=_INDENT, subsequent_indent=_INDENT * 2)
            lines += _links(matrix, row, width)
    return "".join(f"{line}\n" for line in lines)


def _links(matrix: Matrix, row: Row, width: int) -> Iterator[str]:
    linked = [(cell, head) for cell, head in zip(row.cells, matrix.heads, strict=True) if cell.strength]
    for cell, head in linked:
        text = f"{cell.text}  {head.entry.label}"
        yield from textwrap.wrap(text, width, initial_indent=_INDENT * 2, subsequent_indent=_INDENT * 4)
    if not linked:
        yield f"{_INDENT * 2}{row.line.entry.standing.value}"


def _gaps(matrix: Matrix, width: int, style: Style) -> str:
    lines = []
    for side in (matrix.rows, matrix.columns) if matrix.rows != matrix.columns else (matrix.rows,):
        for standing in Standing:
            if standing is not Standing.LINKED and (entries := side.standing(standing)):
                text = f"{side.label}, {standing.value}: {'; '.join(map(_named, entries))}"
                lines += textwrap.wrap(text, width, initial_indent=_INDENT, subsequent_indent=_INDENT * 2)
    return "".join(f"{line}\n" for line in [style("Without a link here"), *lines]) if lines else ""


def _named(entry: Entry) -> str:
    return f"{entry.label} ({entry.confidence})" if entry.confidence else entry.label


def _legend(matrix: Matrix, width: int, style: Style) -> str:
    lines = [style("Signs")]
    for each in matrix.legend:
        lines += textwrap.wrap(
            f"{each.sign}  {each.meaning}", width, initial_indent=_INDENT, subsequent_indent=_INDENT * 3
        )
    said = "The number is the confidence of the link, from 0 to 1."
    return "".join(f"{line}\n" for line in [*lines, *textwrap.wrap(said, width)])


def matrix_markdown(matrix: Matrix) -> str:
    """The matrix as a table in GitHub Flavored Markdown, with its counts and legend."""
    clustered = any(name for name, _ in matrix.groups)
    head = [*(["cluster"] if clustered else []), "", *(line.entry.label for line in matrix.heads), _LINKS]
    body = [
        [*([name] if clustered else []), row.line.entry.label, *(cell.text for cell in row.cells), _margin(row)]
        for name, rows in matrix.groups
        for row in rows
    ]
    foot = [*([""] if clustered else []), _LINKS, *(str(line.links) for line in matrix.heads), str(matrix.total)]
    lines = [head, ["---"] * len(head), *body, foot]
    title = f"**{_plain(matrix.rows)} (rows) and {_plain(matrix.columns)} (columns)**\n\n"
    table = "".join("| " + " | ".join(map(markdown_cell, line)) + " |\n" for line in lines)
    notes = [*matrix.summary, *(f"`{each.sign}` {each.meaning}." for each in matrix.legend)]
    return (
        title + table + "\n" + "".join(f"- {note if note.startswith('`') else markdown_cell(note)}\n" for note in notes)
    )


def _plain(side: Side) -> str:
    return markdown_cell(side.label)


def _margin(row: Row) -> str:
    return f"{row.line.margin} {row.line.entry.confidence}".rstrip()
