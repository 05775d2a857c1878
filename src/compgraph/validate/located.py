"""Findings put in their place: the file, line and column of what is at fault."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from compgraph.load import Document, Place, Places, from_rdflib, places
from compgraph.validate.findings import Finding


class Locator:
    """Finds where files say what a finding is about. A file is read again only if something is found in it."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._files: dict[str, list[Path]] = {}
        self._triples: dict[Path, Sequence[ox.Triple]] = {}
        for each in documents:
            # Of a file with several graphs the order is lost in which it makes its statements: it is read again.
            self._triples[each.path] = () if each.path in self._triples else each.triples
            for subject in {triple.subject for triple in each.triples}:
                paths = self._files.setdefault(str(getattr(subject, "value", subject)), [])
                if each.path not in paths:
                    paths.append(each.path)
        self._places: dict[Path, Places] = {}

    def place(self, finding: Finding) -> Finding:
        """The finding with the place of its statement; if that is missing, of its node; if that is too, as it is."""
        if finding.file is not None:
            return finding
        for look in (self._statement, self._property):
            for holder in self._holders(finding):
                if (place := look(holder, finding)) is not None:
                    return replace(finding, file=holder, place=place)
        for holder in self._files.get(str(finding.node), []):
            return replace(finding, file=holder, place=self._of(holder).of_subject(from_rdflib(finding.node)))
        return finding

    def _holders(self, finding: Finding) -> list[Path]:
        """The files that may hold the statement; an inverse path makes the value its subject."""
        turned = self._files.get(str(finding.value), []) if (finding.path or "").startswith("^") else []
        return [*self._files.get(str(finding.node), []), *turned]

    def _statement(self, holder: Path, finding: Finding) -> Place | None:
        """Where the file makes the statement."""
        path, known, node = finding.path, self._of(holder), from_rdflib(finding.node)
        if path is None or finding.value is None:
            return None
        value = from_rdflib(finding.value)
        if path.startswith("^<"):
            return known.of(value, ox.NamedNode(path[2:-1]), node)
        return None if "<" in path else known.of(node, ox.NamedNode(path), value)

    def _property(self, holder: Path, finding: Finding) -> Place | None:
        """Where the file says something else of the same property, if the value is the missing part."""
        if finding.path is None or "<" in finding.path:
            return None
        return self._of(holder).of_property(from_rdflib(finding.node), ox.NamedNode(finding.path))

    def _of(self, holder: Path) -> Places:
        if holder not in self._places:
            self._places[holder] = places(holder, self._triples[holder])
        return self._places[holder]
