"""Findings for people: what is wrong, where, and what to do."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from compgraph.render.people import Style, shorten
from compgraph.terms import BASE, ID
from compgraph.validate import Finding, Severity

_SHAPES = {"cgsh": f"{BASE}shapes#"}


def findings_text(findings: Sequence[Finding], *, prefixes: Mapping[str, str], width: int, style: Style = str) -> str:
    """A block for each finding, in their order, and a last line that counts them."""
    known = {**prefixes, **_SHAPES, **_frameworks(str(finding.node) for finding in findings)}
    return "".join(f"{_finding(finding, known, width, style)}\n" for finding in findings) + summary(findings) + "\n"


def summary(findings: Sequence[Finding]) -> str:
    """How many findings of which severity, and whether that stops anything."""
    if not findings:
        return "Nothing found: the data keeps every rule."
    counts = Counter(finding.severity for finding in findings)
    told = ", ".join(_many(counts[severity], severity) for severity in Severity if counts[severity])
    return f"{told}. " + ("Mend the violations first." if counts[Severity.VIOLATION] else "None is a violation.")


def _frameworks(nodes: Iterable[str]) -> dict[str, str]:
    """A prefix for each framework that a finding is about, as everywhere else: ``california:thoroughness``."""
    parts = [node.removeprefix(ID).partition("/") for node in nodes if node.startswith(ID)]
    return {name: f"{ID}{name}/" for name, slash, _ in parts if slash}


def _finding(finding: Finding, prefixes: Mapping[str, str], width: int, style: Style) -> str:
    node = shorten(str(finding.node), prefixes)
    lines = [style(f"{finding.severity.lower()}: {node}")]
    lines += textwrap.wrap(finding.message, width, initial_indent="  ", subsequent_indent="  ")
    if finding.path:
        lines.append(f"  property: {shorten(finding.path, prefixes)}")
    if finding.value is not None:
        value = textwrap.shorten(str(finding.value), width - 9, placeholder="...")
        lines.append(f"  value: {shorten(value, prefixes)}")
    return "".join(f"{line}\n" for line in [*lines, f"  rule: {shorten(finding.rule, prefixes)}"])


def _many(count: int, severity: Severity) -> str:
    noun = {Severity.VIOLATION: "violation", Severity.WARNING: "warning", Severity.INFO: "remark"}[severity]
    return f"{count} {noun if count == 1 else noun + 's'}"
