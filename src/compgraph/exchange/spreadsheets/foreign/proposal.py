"""A column map for any table, proposed from its headings and content, for the curator to confirm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from compgraph.exchange.spreadsheets.foreign.files import encoding_of, foreign_grids
from compgraph.exchange.spreadsheets.foreign.hierarchies import parts_of, path_column
from compgraph.exchange.spreadsheets.foreign.parts import NAMES, Part, Passed, cell, key, prefix_of, quoted
from compgraph.exchange.spreadsheets.foreign.profiles import Profile, columns_of, profiles, sheet_named, sheet_of
from compgraph.exchange.spreadsheets.grids.cells import Findings, Grid
from compgraph.exchange.spreadsheets.names import slug

_ORDER = ("Levels", "Segments", "Clusters", "Competencies", "Indicators", "Behaviours")
_DOTTED = re.compile(r"\w+(\.\w+)+")
_REFERENCES = {
    "Competencies": {"Clusters": "Cluster"},
    "Indicators": {"Competencies": "Competency"},
    "Behaviours": {"Competencies": "Competency", "Levels": "Level", "Indicators": "Indicators"},
}
_OF_LEVELS = {"Kind": '{ value = "proficiency level" }', "Scale": '{ value = "scale.levels" }'}
_HOLDS = {
    "Levels": ("Identifier", "Label", "Number", "Definition", "Rank", "Editorial notes", "Locator"),
    "Clusters": ("Identifier", "Label", "Definition", "Editorial notes", "Locator"),
    "Competencies": ("Identifier", "Label", "Number", "Definition", "Editorial notes", "Scope notes", "Locator"),
    "Indicators": ("Identifier", "Label", "Position", "Editorial notes", "Locator"),
    "Behaviours": ("Identifier", "Label", "Position", "Editorial notes", "Locator"),
}


def proposed_map(path: Path) -> str:
    """A column map as TOML, with comments that say what was seen. Raises FileError for what is no table."""
    findings = Findings()
    grids = foreign_grids(path, findings, {})
    files = [path] if path.is_file() else sorted(path.glob("*.csv"))
    encodings = {file.name: encoding_of(file.read_bytes()) for file in files if file.suffix.lower() != ".xlsx"}
    seen = {grid.name: profiles(grid) for grid in grids}
    parts, passed = _parts(seen)
    lines = [*_head(path, encodings, findings), *_framework(path)]
    if any(part.sheet == "Levels" for part in parts):
        lines += ["", "[[Scales]]", 'Identifier = "scale.levels"', 'Label = "Levels"']
    for part in parts:
        lines += _part_lines(part, seen[part.table])
    for each in passed:
        lines += _passed_lines(each)
    for grid in grids:
        lines += _left_out(grid, seen[grid.name], [part for part in parts if part.table == grid.name])
    return "\n".join(lines) + "\n"


def _head(path: Path, encodings: dict[str, str], findings: Findings) -> Iterator[str]:
    yield f"# What compgraph columns takes {path.name} for. Confirm each line or correct it, then:"
    yield f"# compgraph import {path.name} --columns THIS.toml --out data/{slug(path.stem) or 'framework'}.ttl"
    for finding in findings.all:
        yield f"# {finding.place.sheet}: {finding.message}"
    odd = {name: encoding for name, encoding in encodings.items() if not encoding.startswith("utf-8")}
    if odd:
        yield from ["", "[encodings]", *(f"{quoted(name)} = {quoted(encoding)}" for name, encoding in odd.items())]


def _framework(path: Path) -> Iterator[str]:
    name = " ".join(re.split(r"[\W_]+", path.stem)).strip().title() or "Framework"
    yield from ["", "# No table says this of itself: fill it in.", "[Framework]"]
    yield f"Identifier = {quoted(slug(name) or 'framework')}"
    yield from [f"Label = {quoted(name)}", f"Title = {quoted(name)}", 'Language = "en"', 'Rights = "not stated"']


def _parts(seen: dict[str, dict[str, Profile]]) -> tuple[list[Part], list[Passed]]:
    found: list[Part] = []
    passed: list[Passed] = []
    alone = not any(sheet_of(table) == "Competencies" and not _nested(columns) for table, columns in seen.items())
    for table, columns in seen.items():
        nested = _nested(columns) if alone else {}
        kind = sheet_of(table)
        if len(seen) == 1 and kind not in ("Levels", "Clusters"):  # statements alone have nothing to belong to
            kind = "Competencies"
        if nested:
            found += [_nested_part(table, sheet, nested, columns) for sheet in nested]
        elif kind == "Competencies" and (path := path_column(columns)):
            parts, left = parts_of(table, path, columns)
            found, passed = [*found, *parts], [*passed, *left]
        elif kind:
            found.append(_plain_part(table, kind, columns))
            found += _themes(found[-1], columns) if len(seen) == 1 else ()
    found.sort(key=lambda part: _ORDER.index(part.sheet))
    for part in found:
        _refer(part, found, seen)
    needed = {"Indicators": "Competency", "Behaviours": "Competency"}
    kept = [p for p in found if p.name in p.columns and needed.get(p.sheet, "Label") in p.columns]
    return kept, passed


def _nested(columns: dict[str, Profile]) -> dict[str, str]:
    """Headings by sheet, where a table names things of several sheets in a column each and no column is a name."""
    kinds: dict[str, str] = {}
    for name, each in columns.items():
        if each.filled and (sheet := sheet_named(name)):
            kinds.setdefault(sheet, name)
    labels = [name for name in columns if columns_of(name)[:1] == ("Label",) and not sheet_of(name)]
    outer = [sheet for sheet in _ORDER if sheet in kinds]
    return {} if labels or len(outer) < 2 or "Competencies" not in outer else {sheet: kinds[sheet] for sheet in outer}


def _nested_part(table: str, sheet: str, nested: dict[str, str], columns: dict[str, Profile]) -> Part:
    """Things that are named in a column of their own, each once or in every row that belongs to them."""
    own = nested[sheet]
    part = Part(table, sheet, where=f"{{ {key(own)} = '.+' }}")
    inner = list(nested)[-1] == sheet
    if len(set(columns[own].filled)) < len(columns[own].filled) and not inner:
        part.one = cell(own)
    part.put(part.name, own)
    if sheet == "Levels":
        part.columns |= _OF_LEVELS
    _put_others(part, {name: each for name, each in columns.items() if _is_of(name, sheet, nested, columns)})
    for other, heading in _REFERENCES.get(sheet, {}).items():
        if other in nested:
            fill = ', fill = "down"' if len(columns[nested[other]].filled) < len(columns[own].values) else ""
            part.put(heading, nested[other], extra=fill)
    return part


def _is_of(name: str, sheet: str, nested: dict[str, str], columns: dict[str, Profile]) -> bool:
    """Whether a column speaks of the things of a sheet: by its heading, or since a row is about one thing alone."""
    rows = zip(*(columns[heading].values for heading in nested.values()), strict=True)
    alone = all(sum(map(bool, row)) < 2 for row in rows)
    told = sheet_of(name) or ("" if alone else list(nested)[-1])
    return name not in nested.values() and told in ("", sheet)


def _plain_part(table: str, sheet: str, columns: dict[str, Profile]) -> Part:
    part = Part(table, sheet)
    _put_others(part, columns)
    if sheet == "Levels":
        part.columns |= _OF_LEVELS
    return part


def _themes(part: Part, columns: dict[str, Profile]) -> Iterator[Part]:
    """The clusters of a table of competencies that names them in a column of its own."""
    named = (name for name, each in columns.items() if each.filled and sheet_named(name) == "Clusters")
    own = next((name for name in named if name not in part.used.values()), "")
    if part.sheet == "Competencies" and own:
        part.put("Cluster", own)
        themes = Part(part.table, "Clusters", where=f"{{ {key(own)} = '.+' }}", one=cell(own))
        themes.put("Label", own)
        yield themes


def _put_others(part: Part, columns: dict[str, Profile]) -> None:
    for name, each in columns.items():
        if each.filled and (heading := _heading(part, name, each)):
            part.put(heading, name)
    # A statement has no definition of its own; what is said beside it is kept as a note.
    described = next((name for name in columns if columns_of(name)[:1] == ("Definition",)), "")
    if part.sheet in NAMES and described and columns[described].filled and "Editorial notes" not in part.columns:
        part.put("Editorial notes", described)


def _heading(part: Part, name: str, column: Profile) -> str:
    """Which of our columns that is still free a foreign one may be; empty if none."""
    for ours in columns_of(name):
        heading = part.name if ours == "Label" else ours
        refers = ours == "Label" and sheet_of(name) in _REFERENCES.get(part.sheet, {})
        if ours in _HOLDS[part.sheet] and heading not in part.columns and not refers and _may_be(ours, column, part):
            return heading
    return ""


def _may_be(ours: str, column: Profile, part: Part) -> bool:
    if ours == "Identifier":
        return column.names_rows or (bool(part.where) and len(set(column.filled)) == len(column.values))
    return column.counts if ours in ("Rank", "Position") else True


def _refer(part: Part, parts: list[Part], seen: dict[str, dict[str, Profile]]) -> None:
    """Columns that name rows of another table: all that stands in them stands there."""
    for sheet, heading in _REFERENCES.get(part.sheet, {}).items():
        for other in parts if heading not in part.columns else ():
            if other.sheet == sheet and other.table != part.table:
                _refer_to(part, other, heading, seen)


def _refer_to(part: Part, other: Part, heading: str, seen: dict[str, dict[str, Profile]]) -> None:
    for role in ("Identifier", other.name):
        known = set(seen[other.table][other.used[role]].filled) if role in other.used else set()
        for name, column in seen[part.table].items():
            if column.filled and set(column.filled) <= known and name not in part.used.values():
                prefix = prefix_of(other.sheet) if role == "Identifier" else ""
                part.columns[heading] = cell(name, f", as = '{prefix}\\1'") if prefix else quoted(name)
                part.used[heading] = name
                return


def _part_lines(part: Part, columns: dict[str, Profile]) -> Iterator[str]:
    yield from ["", "[[table]]", f"from = {quoted(part.table)}", f"to = {quoted(part.sheet)}"]
    if part.where:
        yield f"where = {part.where}"
    if part.remark:
        yield f"# {part.remark}"
    if part.one:
        yield f"one = {part.one}"
    yield "[table.columns]"
    for heading, toml in part.columns.items():
        if heading == "Kind":
            yield "# A role level, if it says of whom something is asked and not how well."
        if heading in part.used:
            yield f"# {part.used[heading]}: {columns[part.used[heading]].evidence}"
        yield f"{key(heading)} = {toml}"


def _passed_lines(passed: Passed) -> Iterator[str]:
    yield from ["", "[[left-out]]", f"from = {quoted(passed.table)}", f"where = {passed.where}"]
    if passed.columns:
        yield f"columns = [{', '.join(map(quoted, passed.columns))}]"


def _left_out(grid: Grid, columns: dict[str, Profile], parts: list[Part]) -> Iterator[str]:
    used = {name for part in parts for name in part.used.values()}
    left = [name for name, each in columns.items() if name not in used and each.filled]
    if not left:
        return
    yield from ["", "[[left-out]]", f"from = {quoted(grid.name)}"]
    if not parts:
        yield "# Neither its name nor its headings tell what it holds."
        yield from _shapes(columns)
    yield from (f"# {name}: {columns[name].evidence}" for name in left)
    if parts:
        yield f"columns = [{', '.join(map(quoted, left))}]"


def _shapes(columns: dict[str, Profile]) -> Iterator[str]:
    """Where a column holds keys that tell of what a row is: their shapes, by which a map can tell rows apart."""
    for name, column in columns.items():
        shapes = Counter(re.sub(r"\d+", "N", value) for value in column.filled)
        keys = len(set(column.filled)) == len(column.filled) and all(map(_DOTTED.fullmatch, shapes))
        if keys and len(shapes) < len(column.filled) / 3:
            for shape, count in shapes.most_common(12):
                yield f"# {count} rows have the {name} {shape}: a [[table]] can read them by where, one and pattern."
