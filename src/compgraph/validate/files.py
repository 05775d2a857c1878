"""Files held against the shapes of a workspace."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import SH, Graph, URIRef

from compgraph.errors import FileError, ShapeError
from compgraph.load import Document, Place, document, to_rdflib
from compgraph.validate.background import begin
from compgraph.validate.clashes import contradictions
from compgraph.validate.findings import CGSH, FILE, Finding, Report, Severity, order
from compgraph.validate.known import Known
from compgraph.validate.located import Locator
from compgraph.validate.rules import described, find
from compgraph.validate.shacl import Engine, validate
from compgraph.validate.waivers import about_waivers, waive
from compgraph.workspace import Workspace

UNREADABLE = CGSH + "File-readable"
"""The rule of a file that can't be read, or whose syntax is broken."""

_WORDS = {str(SH.name), str(SH.description)}


@dataclass(frozen=True, slots=True)
class _Read:
    """Files as far as they could be read."""

    documents: tuple[Document, ...]
    unreadable: tuple[Finding, ...] = ()
    files: int = 0
    """How many files there are, also those that hold nothing."""

    def triples(self) -> Iterable[ox.Triple]:
        return chain.from_iterable(each.triples for each in self.documents)


def check(
    workspace: Workspace,
    files: Sequence[Path] = (),
    *,
    engine: Engine | None = None,
    today: date | None = None,
    only: Collection[str] = (),
    without: Collection[str] = (),
) -> Report:
    """What is found in some files, or in the whole workspace where none is named.

    What the files link to is looked up in the workspace; a file takes the place of what the workspace holds of the same
    framework or mapping set, so that a copy is checked as it is. A file that can't be read is a finding, and all others
    are checked. Waivers are judged as of ``today``, the machine's own day if None. Of the rules, those named in
    ``only`` count (all, if none is), but not those in ``without``. Raises ShapeError for a rule that there isn't, or
    shapes that can't be run.
    """
    given = _read(files)
    context = _context(workspace, given, files)
    shapes = _read(workspace.shapes())
    counted = _selection(shapes, only, without)
    found, waived = _found(workspace, given, context, shapes, engine=engine, today=today, whole=not files)
    parts = (given, context, shapes)
    told = _placed(_once(finding for finding in found if counted(finding)), parts)
    unreadable = [finding for part in parts for finding in part.unreadable if counted(finding)]
    return Report(tuple(sorted([*unreadable, *told], key=order)), waived, (given if files else context).files)


def _once(found: Iterable[Finding]) -> list[Finding]:
    """The findings without those that a reader couldn't tell from another: a value may break two parts of one rule."""
    return [*{replace(finding, component=""): finding for finding in found}.values()]


def _placed(found: Sequence[Finding], parts: Iterable[_Read]) -> list[Finding]:
    if not found:  # as often as not, and to be told at once
        return []
    locator = Locator(chain.from_iterable(part.documents for part in parts))
    return [locator.place(finding) for finding in found]


def check_documents(
    workspace: Workspace, documents: Sequence[Document], *, today: date | None = None
) -> tuple[Finding, ...]:
    """What is found in documents that need not be in any file yet, without places.

    As in ``check``, they take the place of what the workspace holds of the same name, and waivers are judged as of
    ``today``. Raises ShapeError for shapes that can't be run.
    """
    given = _Read(tuple(documents))
    context = _context(workspace, given, [each.path for each in documents])
    shapes = _read(workspace.shapes())
    for finding in shapes.unreadable:
        raise ShapeError(f"The shapes cannot be read: {finding.file}: {finding.message}")
    found, _ = _found(workspace, given, context, shapes, engine=None, today=today, whole=False)
    return tuple(found)


def _found(
    workspace: Workspace,
    given: _Read,
    context: _Read,
    shapes: _Read,
    *,
    engine: Engine | None,
    today: date | None,
    whole: bool,
) -> tuple[list[Finding], int]:
    """What is found, told by what things are called, and how much was waived."""
    waivers = about_waivers([*shapes.triples()])
    data = [*dict.fromkeys(chain(given.triples(), context.triples(), waivers))]
    focus = None if whole else _focus(given, context)
    broken = begin(lambda: validate(data, _graph(shapes), engine=engine, focus=focus))
    clashes = [each for each in contradictions(_schema(workspace, [given, context]), data) if _is_about(each, focus)]
    found = [*broken.result(), *clashes]
    kept, waived = waive(found, waivers, today=today or date.today(), whole=whole)
    known = Known(data if kept else ())
    return [known.tell(finding) for finding in kept], waived


def _selection(shapes: _Read, only: Collection[str], without: Collection[str]) -> Callable[[Finding], bool]:
    """Which findings count."""
    if not only and not without:
        return lambda _: True
    known = described((each.path, each.triples) for each in shapes.documents)
    wanted, unwanted = ({find(known, name).iri for name in names} for names in (only, without))
    return lambda finding: (not wanted or finding.rule in wanted) and finding.rule not in unwanted


def _schema(workspace: Workspace, parts: Iterable[_Read]) -> list[ox.Triple]:
    """What the files of the ontology state, of which rules are made."""
    paths = {path.resolve() for path in workspace.ontology()}
    return [
        triple for part in parts for each in part.documents if each.path.resolve() in paths for triple in each.triples
    ]


def _graph(shapes: _Read) -> Graph:
    """The shapes without the words that only pages have."""
    return to_rdflib(triple for triple in shapes.triples() if triple.predicate.value not in _WORDS)


def _read(paths: Iterable[Path]) -> _Read:
    documents: list[Document] = []
    unreadable: list[Finding] = []
    files = dict.fromkeys(paths)
    for path in files:
        try:
            documents.extend(document(path))
        except FileError as error:
            unreadable.append(_unreadable(error))
    return _Read(tuple(documents), tuple(unreadable), len(files))


def _unreadable(error: FileError) -> Finding:
    return Finding(
        severity=Severity.VIOLATION,
        rule=UNREADABLE,
        node=URIRef(FILE + quote(error.path.name)),
        path=None,
        value=None,
        message=error.problem,
        shape=UNREADABLE,
        component=UNREADABLE,
        file=error.path,
        place=Place(error.line, error.column or 1) if error.line else None,
    )


def _context(workspace: Workspace, given: _Read, files: Sequence[Path]) -> _Read:
    """The rest of the workspace: not the given files themselves, nor what they take the place of."""
    same = {path.resolve() for path in files}
    graphs = {each.graph for each in given.documents}
    paths = [*workspace.ontology(), *workspace.data(), *workspace.mappings()]
    read = _read(path for path in paths if path.resolve() not in same)
    return replace(read, documents=tuple(each for each in read.documents if each.graph not in graphs))


def _focus(given: _Read, context: _Read) -> set[str]:
    """What the given files describe, or name without anything describing it."""
    own = {triple.subject.value for triple in given.triples() if not isinstance(triple.subject, ox.Triple)}
    described = {triple.subject for triple in context.triples()}
    named = {
        triple.object.value
        for triple in given.triples()
        if isinstance(triple.object, ox.NamedNode) and triple.object not in described
    }
    return own | named


def _is_about(finding: Finding, focus: set[str] | None) -> bool:
    return focus is None or str(finding.node) in focus
