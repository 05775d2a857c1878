"""What a finding is: a rule, the place where a graph departs from it, and what its reader is to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rdflib import SH, BNode, URIRef
from rdflib.term import Node

from compgraph.load.places import Place

CGSH = "https://w3id.org/compgraph/shapes#"
"""The namespace of our shapes, and of what is said about them."""

VERDICT, CANNOT_BE_VERIFIED = URIRef(CGSH + "verdict"), URIRef(CGSH + "CannotBeVerified")
"""How a shape says that what it finds is neither right nor wrong."""

_FIRST_SENTENCE = re.compile(r"(.+?[.!?])(?:\s+(?=[A-Z])(.*))?", re.DOTALL)


FILE = "urn:compgraph:file:"
"""The beginning of the name of a file that can't be read, wherever it lies."""


class Severity(StrEnum):
    """What a finding means for its graph, the worst first (SHACL, section 2.1.4)."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @classmethod
    def of(cls, stated: Node | None) -> Severity:
        """The severity that a shape or a result states; a violation if it states none, or one of its own making."""
        return next((each for each in cls if stated == SH[each]), cls.VIOLATION)


RANKS = {severity: rank for rank, severity in enumerate(Severity)}
"""The severities, the worst lowest."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a graph departs from one rule.

    The rule is the IRI of a property shape or of a SPARQL constraint, and of a node shape for anything else that it
    says. The path is an IRI or a SPARQL property path. Path and value are None where the node as a whole is at fault.
    Shape and component are what a SHACL report calls source shape and source constraint component.
    """

    severity: Severity
    rule: str
    node: Node
    path: str | None
    value: Node | None
    message: str
    shape: str
    component: str
    unverifiable: bool = False
    """Neither right nor wrong: what it would take to tell is not here."""
    file: Path | None = None
    place: Place | None = None
    """Where the file says what is wrong, or begins to speak of the node if something is missing."""
    label: str | None = None
    """What the node is called."""
    nearest: str | None = None
    """What exists, where something that doesn't exist was named."""

    @property
    def wrong(self) -> str:
        """The sentence that says what is wrong."""
        return self._sentences()[0]

    @property
    def cure(self) -> str:
        """What to do about it, empty if the rule doesn't say."""
        return self._sentences()[1]

    @property
    def file_from_here(self) -> str | None:
        """The file as seen from here."""
        if self.file is None:
            return None
        path, here = self.file.resolve(), Path.cwd()
        return str(path.relative_to(here) if path.is_relative_to(here) else path)

    @property
    def where(self) -> str:
        """``file:line:column`` as compilers write it."""
        if self.place is not None:
            return f"{self.file_from_here}:{self.place.line}:{self.place.column}"
        return "position not known" if self.file is None else f"{self.file_from_here}: position not known"

    def _sentences(self) -> tuple[str, str]:
        found = _FIRST_SENTENCE.fullmatch(self.message)
        return (found[1], found[2] or "") if found else (self.message, "")


def is_iri(term: object) -> bool:
    """Whether the node or the value of a finding is an IRI."""
    return isinstance(term, URIRef)


def is_blank(term: object) -> bool:
    """Whether the node or the value of a finding is a blank node."""
    return isinstance(term, BNode)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of holding files against shapes."""

    findings: tuple[Finding, ...]
    """The worst first, those that can't be verified last; without what is waived."""
    waived: int
    """How many findings a waiver took away."""
    files: int
    """How many files were held against the shapes."""

    def gate(self, level: Severity) -> bool:
        """Whether anything found is as bad as ``level`` or worse. What can't be verified stops nothing."""
        return any(not each.unverifiable and RANKS[each.severity] <= RANKS[level] for each in self.findings)


def order(finding: Finding) -> tuple[object, ...]:
    """A sort key that puts the worst first, then groups by rule, then goes by place in the files."""
    value = "" if finding.value is None else finding.value
    where = (str(finding.file or ""), finding.place or (0, 0))
    named = map(str, (finding.node, value, finding.path or "", finding.message))
    rest = (repr(finding.value), finding.shape, finding.component)
    return finding.unverifiable, RANKS[finding.severity], finding.rule, where, *named, *rest
