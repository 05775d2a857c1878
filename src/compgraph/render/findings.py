"""Findings for people: what is wrong, where, and what to do; the same causes together, the worst first."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from compgraph.render.people import Style, shorten
from compgraph.terms import BASE, ID
from compgraph.validate import FILE, Finding, Report, Severity, is_blank, is_iri

PLACES = 5
"""How many places of one cause are shown, if not all are asked for."""

_NOUNS = {Severity.VIOLATION: "violation", Severity.WARNING: "warning", Severity.INFO: "remark"}


def findings_text(
    report: Report, *, prefixes: Mapping[str, str], width: int, style: Style = str, most: int | None = PLACES
) -> str:
    """A block for each cause, with at most so many of its places, and a last line that counts and says what to do."""
    known = with_frameworks(prefixes, report.findings)
    blocks = [_block(same, known, width, style, most) for same in causes(report.findings)]
    return "".join(f"{block}\n" for block in blocks) + "\n".join(textwrap.wrap(summary(report), width)) + "\n"


def findings_markdown(report: Report, prefixes: Mapping[str, str]) -> str:
    """The same for a comment in a code review, every place shown."""
    known = with_frameworks(prefixes, report.findings)
    return "".join(_section(same, known) for same in causes(report.findings)) + summary(report) + "\n"


def causes(findings: Iterable[Finding]) -> list[Sequence[Finding]]:
    """The findings of one rule and message together, in the order of the report."""
    return [list(same) for _, same in groupby(findings, key=lambda each: (each.unverifiable, each.rule, each.message))]


def summary(report: Report) -> str:
    """How many of what in how many files, and what to do next."""
    held = f"{_many(report.files, 'file')} held against the rules"
    told = [*_counts(report.findings)]
    if report.waived:
        told.append(f"{report.waived} waived")
    if not told:
        return f"Nothing found: {held}."
    return f"{held}: {', '.join(told)}. {_next(report)}"


def _counts(findings: Sequence[Finding]) -> Iterable[str]:
    judged = [finding for finding in findings if not finding.unverifiable]
    counts = Counter(finding.severity for finding in judged)
    yield from (_many(counts[severity], _NOUNS[severity]) for severity in Severity if counts[severity])
    if unverifiable := len(findings) - len(judged):
        yield f"{unverifiable} that cannot be verified"


def _next(report: Report) -> str:
    if not report.findings:
        return "Nothing else was found."
    worst = report.findings[0]
    name = rule_name(worst)
    if worst.unverifiable:
        return "Nothing is wrong as far as can be told; load what is missing to be sure."
    return f"Begin at the top; compgraph rule {name} tells more about the first."


def heading(finding: Finding) -> str:
    """Which kind of finding it is, in a word or two."""
    return "cannot be verified" if finding.unverifiable else _NOUNS[finding.severity]


def rule_name(finding: Finding) -> str:
    """The name by which compgraph rule knows a rule."""
    return finding.rule.removeprefix(f"{BASE}shapes#")


def sentence(finding: Finding, prefixes: Mapping[str, str]) -> str:
    """What is wrong in one sentence, with what it is about in front."""
    about = subject(finding, prefixes)
    return f"{about}: {finding.wrong}" if about else finding.wrong


def advice(finding: Finding, prefixes: Mapping[str, str]) -> str:
    """What to do, with what was probably meant."""
    meant = f"Did you mean {shorten(finding.nearest, prefixes)}?" if finding.nearest else ""
    return " ".join(part for part in (finding.cure, meant) if part)


def subject(finding: Finding, prefixes: Mapping[str, str], longest: int = 80) -> str:
    """The node by identifier and label, and the property and value that are at fault; nothing for a file as such."""
    if str(finding.node).startswith(FILE):
        return ""
    node = _term(finding.node, prefixes, longest)
    label = f" ({_short(finding.label.strip(), longest)})" if finding.label else ""
    path = f" {shorten(finding.path, prefixes)}" if finding.path else ""
    value = f" {_term(finding.value, prefixes, longest)}" if finding.value is not None else ""
    return f"{node}{label}{path}{value}"


def with_frameworks(prefixes: Mapping[str, str], findings: Iterable[Finding]) -> dict[str, str]:
    """The prefixes, and one for each framework that a finding is about, as in ``california:thoroughness``."""
    nodes = [iri for finding in findings for iri in (str(finding.node), str(finding.value), str(finding.nearest))]
    parts = [node.removeprefix(ID).partition("/") for node in nodes if node.startswith(ID)]
    own = {name: f"{ID}{name}/" for name, slash, _ in parts if slash}
    return {**prefixes, "cgsh": f"{BASE}shapes#", **own}


def _term(term: object, prefixes: Mapping[str, str], longest: int) -> str:
    if is_blank(term):  # its name is our own, and stands nowhere in the file
        return "a blank node"
    return shorten(str(term), prefixes) if is_iri(term) else f'"{_short(str(term), longest)}"'


def _short(text: str, longest: int) -> str:
    flat = text.replace("\n", "\\n")
    return flat if len(flat) <= longest else f"{flat[: longest - 3].rstrip()}..."


def _block(same: Sequence[Finding], prefixes: Mapping[str, str], width: int, style: Style, most: int | None) -> str:
    first = same[0]
    times = f", {len(same)} times" if len(same) > 1 else ""
    lines = [style(f"{heading(first)}: {rule_name(first)}{times}")]
    lines += _wrapped(first.wrong, width)
    if first.cure:
        lines += _wrapped(first.cure, width)
    for finding in same[:most]:
        lines += _wrapped(f"{finding.where}  {_told(finding, prefixes)}".rstrip(), width, 4)
    if most is not None and len(same) > most:
        lines.append(f"    and {len(same) - most} more; --all shows them")
    return "".join(f"{line}\n" for line in lines)


def _told(finding: Finding, prefixes: Mapping[str, str]) -> str:
    meant = f"; did you mean {shorten(finding.nearest, prefixes)}?" if finding.nearest else ""
    return subject(finding, prefixes) + meant


def _wrapped(text: str, width: int, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2 if indent > 2 else indent),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _section(same: Sequence[Finding], prefixes: Mapping[str, str]) -> str:
    first = same[0]
    places = "".join(f"- `{finding.where}` {_plain(_told(finding, prefixes))}\n" for finding in same)
    return (
        f"### {heading(first).capitalize()}: {rule_name(first)} ({len(same)})\n\n{_plain(first.message)}\n\n{places}\n"
    )


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>#|" else sign for sign in " ".join(text.split()))


def _many(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else noun + 's'}"
