"""Findings for programs: JSON, CSV, JUnit, SARIF, the W3C report in Turtle; and HTML for the browser."""

import csv
import json
import re
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from compgraph.render.findings import (
    advice,
    causes,
    findings_markdown,
    heading,
    rule_name,
    sentence,
    subject,
    summary,
    with_frameworks,
)
from compgraph.validate import Finding, Report, Severity, is_blank, report_turtle
from compgraph.version import __version__

_COLUMNS = (
    "severity",
    "file",
    "line",
    "column",
    "rule",
    "node",
    "label",
    "property",
    "value",
    "wrong",
    "cure",
    "nearest",
)
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Prefixes = Mapping[str, str]


def json_text(report: Report, prefixes: Prefixes) -> str:
    """An object with the findings and what they add up to."""
    found = [dict(zip(_COLUMNS, _row(each), strict=True)) for each in report.findings]
    whole = {"files": report.files, "waived": report.waived, "summary": summary(report), "findings": found}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def csv_text(report: Report, prefixes: Prefixes) -> str:
    """A line for each finding (RFC 4180)."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows(_row(each) for each in report.findings)
    return out.getvalue()


def html_text(report: Report, prefixes: Prefixes) -> str:
    """A page that stands alone: no script, nothing fetched."""
    from compgraph.render.templates import filled

    known = with_frameworks(prefixes, report.findings)
    told = [
        {
            "heading": heading(same[0]),
            "rule": rule_name(same[0]),
            "wrong": same[0].wrong,
            "cure": same[0].cure,
            "places": [(each.where, subject(each, known), each.nearest) for each in same],
        }
        for same in causes(report.findings)
    ]
    return filled("findings.html", causes=told, summary=summary(report))


def junit_text(report: Report, prefixes: Prefixes) -> str:
    """JUnit XML: a failing case for each finding, for continuous integration; one that passes if all is well."""
    known = with_frameworks(prefixes, report.findings)
    judged = [each for each in report.findings if not each.unverifiable]
    suite = Element("testsuite", name="compgraph validate", tests=str(max(len(report.findings), 1)), errors="0")
    suite.set("failures", str(len(judged)))
    suite.set("skipped", str(len(report.findings) - len(judged)))
    for finding in report.findings:
        case = SubElement(
            suite, "testcase", classname=rule_name(finding), name=_xml(subject(finding, known) or finding.where)
        )
        if finding.file_from_here is not None:
            case.set("file", finding.file_from_here)
            case.set("line", str(finding.place.line if finding.place else ""))
        kind = "skipped" if finding.unverifiable else "failure"
        told = SubElement(case, kind, message=_xml(sentence(finding, known)), type=heading(finding))
        told.text = _xml(f"{finding.where}\n{advice(finding, known)}")
    if not report.findings:
        SubElement(suite, "testcase", classname="compgraph.validate", name=summary(report))
    suites = Element("testsuites")
    suites.append(suite)
    indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def sarif_text(report: Report, prefixes: Prefixes) -> str:
    """SARIF 2.1.0, whose regions point at the line, so that code hosts show each finding beside it."""
    known = with_frameworks(prefixes, report.findings)
    rules = sorted({each.rule: each for each in report.findings}.values(), key=rule_name)
    run = {
        "tool": {
            "driver": {"name": "compgraph", "version": __version__, "rules": [_sarif_rule(each) for each in rules]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(each, known) for each in report.findings],
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Report, Prefixes], str]] = {
    "json": json_text,
    "csv": csv_text,
    "html": html_text,
    "md": findings_markdown,
    "junit": junit_text,
    "sarif": sarif_text,
    "ttl": report_turtle,
}
"""Each format by the name that ``--format`` takes."""


def _row(finding: Finding) -> Sequence[Any]:
    return (
        "Unverifiable" if finding.unverifiable else str(finding.severity),
        finding.file_from_here,
        finding.place.line if finding.place else None,
        finding.place.column if finding.place else None,
        finding.rule,
        _term(finding.node),
        finding.label,
        finding.path,
        None if finding.value is None else _term(finding.value),
        finding.wrong,
        finding.cure,
        finding.nearest,
    )


def _term(term: object) -> str:
    return f"_:{term}" if is_blank(term) else str(term)


def _xml(text: str) -> str:
    """Text without the characters that XML 1.0 can't hold (section 2.2)."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _sarif_rule(finding: Finding) -> dict[str, Any]:
    return {
        "id": rule_name(finding),
        "shortDescription": {"text": finding.wrong},
        "help": {"text": finding.cure or finding.message},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
    }


def _sarif_result(finding: Finding, prefixes: Prefixes) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": rule_name(finding),
        "level": "none" if finding.unverifiable else _LEVELS[finding.severity],
        "kind": "open" if finding.unverifiable else "fail",
        "message": {"text": f"{sentence(finding, prefixes)} {advice(finding, prefixes)}".rstrip()},
    }
    if finding.file_from_here is not None:
        result["locations"] = [{"physicalLocation": _sarif_location(finding, finding.file_from_here)}]
    return result


def _sarif_location(finding: Finding, file: str) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(file)}}
    if finding.place is not None:
        location["region"] = {"startLine": finding.place.line, "startColumn": finding.place.column}
    return location
