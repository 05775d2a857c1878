"""Files held against the shapes of a workspace."""

from collections.abc import Collection, Iterable, Sequence
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
from compgraph.validate.shape_faults import shape_faults, without_faults
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
    are checked; so it is with a user's file of shapes in which something is misspelt, whatever is asked about.
    Waivers are judged as of ``today``, the machine's own day if None. Of the rules, those named in ``only`` count
    (all, if none is), but not those in ``without``. Raises ShapeError for a rule that there isn't, or shapes that can't
    be run.
    """
    given = _read(files)
    context = _context(workspace, given, files)
    shapes = _read(workspace.shapes())
    chosen = _selection(shapes, only, without)
    faults = _faults(workspace, given, context, shapes, engine)
    barred = [each for each in faults if each.severity is Severity.VIOLATION and each.rule not in chosen.unwanted]
    sound = replace(shapes, documents=tuple(without_faults(shapes.documents, barred)))
    found, waived = _found(workspace, given, context, sound, engine=engine, today=today, whole=not files)
    counted = filter(chosen.counts, [*found, *(() if files else faults)])
    parts = (given, context, shapes)
    told = _placed(_once([*barred, *counted]), parts)
    unreadable = [finding for part in parts for finding in part.unreadable if chosen.counts(finding)]
    return Report(tuple(sorted([*unreadable, *told], key=order)), waived, (given if files else context).files)


def _once(found: Iterable[Finding]) -> list[Finding]:
    """The findings without those that a reader couldn't tell from another: a value may break two parts of one rule."""
    return [*{replace(finding, component=""): finding for finding in found}.values()]


def _placed(found: Sequence[Finding], parts: Iterable[_Read]) -> list[Finding]:
    if not found:  # as often as not, and to be told at once
        return []
    locator = Locator(chain.from_iterable(part.documents for part in parts))
    return [locator.place(finding) for finding in found]


def check_documents(workspace: Workspace, documents: Sequence[Document]) -> tuple[Finding, ...]:
    """What is found in documents that need not be in any file yet, without places.

    As in ``check``, they take the place of what the workspace holds of the same name. Raises ShapeError for shapes that
    can't be run.
    """
    given = _Read(tuple(documents))
    context = _context(workspace, given, [each.path for each in documents])
    shapes = _read(workspace.shapes())
    for finding in shapes.unreadable:
        raise ShapeError(f"The shapes cannot be read: {finding.file}: {finding.message}")
    faults = _faults(workspace, given, context, shapes, None)
    for finding in _placed([each for each in faults if each.severity is Severity.VIOLATION], [shapes]):
        raise ShapeError(f"The shapes cannot be used: {finding.where}: {finding.message}")
    found, _ = _found(workspace, given, context, shapes, engine=None, today=None, whole=False)
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


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Rules by their IRI."""

    wanted: frozenset[str]
    """All, if it is empty."""
    unwanted: frozenset[str]

    def counts(self, finding: Finding) -> bool:
        return (not self.wanted or finding.rule in self.wanted) and finding.rule not in self.unwanted


def _selection(shapes: _Read, only: Collection[str], without: Collection[str]) -> _Chosen:
    """Which rules count."""
    if not only and not without:
        return _Chosen(frozenset(), frozenset())
    known = described((each.path, each.triples) for each in shapes.documents)
    return _Chosen(*(frozenset(find(known, name).iri for name in names) for names in (only, without)))


def _faults(workspace: Workspace, given: _Read, context: _Read, shapes: _Read, engine: Engine | None) -> list[Finding]:
    """What is wrong with the shapes of the user."""
    return shape_faults(shapes.documents, lambda: _schema(workspace, [given, context]), engine=engine)


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
