"""Why two things are linked, to be read and for documents."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from compgraph.links import MOST_HOPS, Chain, Evidence, Explanation, Thing
from compgraph.render.documents import markdown_cell
from compgraph.render.people import Style, shorten
from compgraph.store import Term
from compgraph.store.proofs import Proof

_POINTERS = 4
"""How many pointers to a place are told."""
_INDENT = "    "


class Line(NamedTuple):
    """A line of an explanation, before it is laid out."""

    depth: int
    text: str
    kind: Literal["item", "heading", "remark"] = "item"


def links_text(
    found: Explanation | Proof | None, *, prefixes: Mapping[str, str], width: int, style: Style = str
) -> str:
    """Everything that links two things, or why one triple holds (None says that it doesn't), to be read."""
    told: list[str] = []
    for line in links_lines(found, prefixes):
        indent = _INDENT * line.depth
        wrapped = textwrap.wrap(
            line.text,
            width,
            initial_indent=indent,
            subsequent_indent=f"{indent}  ",
            break_on_hyphens=False,
            break_long_words=False,
        )
        if line.kind != "item" and told:
            told.append("")
        told += map(style, wrapped) if line.kind == "heading" else wrapped
    return "".join(f"{line}\n" for line in told)


def links_markdown(found: Explanation | Proof | None, *, prefixes: Mapping[str, str]) -> str:
    """The same for a document: headings, and lists under them."""
    told: list[str] = []
    before = ""
    for line in links_lines(found, prefixes):
        if told and (line.kind != "item" or before != "item"):
            told.append("")
        start = {"heading": "### " if told else "## ", "remark": "", "item": f"{'  ' * line.depth}- "}[line.kind]
        told.append(f"{start}{markdown_cell(line.text)}")
        before = line.kind
    return "".join(f"{line}\n" for line in told)


def links_lines(found: Explanation | Proof | None, prefixes: Mapping[str, str]) -> Iterator[Line]:
    """Everything that links two things, line by line."""
    if isinstance(found, Explanation):
        return _explanation(found, prefixes)
    if isinstance(found, Proof):
        return _proof(found, prefixes, 0, set())
    return iter([Line(0, "This is neither asserted nor inferred. For what links the two, leave --property out.")])


def _explanation(found: Explanation, prefixes: Mapping[str, str]) -> Iterator[Line]:
    most = f"at most {found.hops} {'assertion' if found.hops == 1 else 'assertions'}"
    yield Line(0, f"From {_called(found.start)} to {_called(found.end)}", "heading")
    told: dict[Evidence, int] = {}
    for number, chain in enumerate(found.chains, 1):
        yield from _chain(number, chain, told, prefixes)
    if not found.chains:
        yield Line(0, f"No chain of {most} links them.")
    if found.is_capped:
        yield Line(0, f"There are more chains of {most} than these: --limit N tells N of them.", "remark")
    if found.inferred:
        yield Line(0, "Inferred of the two", "heading")
        shown: set[Proof] = set()
        for proof in found.inferred:
            yield from _proof(proof, prefixes, 0, shown)
    yield from _remarks(found, prefixes)


def _chain(number: int, chain: Chain, told: dict[Evidence, int], prefixes: Mapping[str, str]) -> Iterator[Line]:
    """The steps of a chain; what one rests on is told where it comes first."""
    size = len(chain.steps)
    yield Line(0, f"{number}. {size} {'assertion' if size == 1 else 'assertions'}{_confidence(chain)}", "heading")
    for step in chain.steps:
        yield Line(0, f"{step.relation}: {_called(step.end)}")
        if step.is_judgement and not step.evidence.record:
            yield Line(1, "stated without a record: no author, confidence or reason")
        elif step.evidence in told:
            yield Line(1, f"as told in {told[step.evidence]}")
        elif texts := list(_evidence(step.evidence, prefixes)):
            told[step.evidence] = number
            yield from (Line(1, text) for text in texts)


def _confidence(chain: Chain) -> str:
    if not chain.confidence:
        return ""
    product = " × ".join(chain.factors) if len(chain.factors) > 1 else "that of its one judgement"
    return f", confidence {chain.confidence}" + (f" (computed: {product})" if len(chain.steps) > 1 else "")


def _evidence(rests_on: Evidence, prefixes: Mapping[str, str]) -> Iterator[str]:
    if rests_on.comment:
        yield rests_on.comment
    if rests_on.record:
        sure = f"confidence {rests_on.confidence}" if rests_on.confidence else "no confidence stated"
        how = shorten(rests_on.justification, prefixes)
        yield ", ".join(filter(None, (sure, *rests_on.authors, rests_on.date, how)))
        yield f"record {shorten(rests_on.record, prefixes)}"
    places = [shorten(source, prefixes) for source in rests_on.sources[:_POINTERS]]
    if len(rests_on.sources) > _POINTERS:
        places.append(f"and {len(rests_on.sources) - _POINTERS} more")
    if rests_on.locators or places:
        yield "; ".join((*rests_on.locators, *places))


def _proof(proof: Proof, prefixes: Mapping[str, str], depth: int, shown: set[Proof]) -> Iterator[Line]:
    """A statement, the axiom that gives it, and its premises; what is shown already is not shown again."""
    said = " ".join((_term(proof.subject, prefixes), shorten(proof.predicate, prefixes), _term(proof.object, prefixes)))
    if proof.axiom is None or proof in shown:
        yield Line(depth, f"{said} ({'inferred above' if proof.axiom else 'asserted'})")
        return
    shown.add(proof)
    yield Line(depth, said)
    yield Line(depth + 1, f"since {proof.axiom}, and")
    for premise in proof.premises:
        yield from _proof(premise, prefixes, depth + 1, shown)


def _remarks(found: Explanation, prefixes: Mapping[str, str]) -> Iterator[Line]:
    if any(sum(step.is_judgement for step in chain.steps) > 1 for chain in found.chains):
        composed = "A chain of several judgements is composed: nobody has judged its two ends together by it."
        yield Line(0, composed, "remark")
    for each in found.none_found:
        yield Line(0, f"Looked for, and none found: a counterpart of {_called(each.thing)}", "remark")
        yield from (Line(1, text) for text in _evidence(each.evidence, prefixes))
    if found.containers and not found.chains:
        both = "; ".join(_called(thing) for thing in found.containers)
        yield Line(0, f"Both are in: {both}. That alone explains no link.", "remark")
    if not found.chains:
        further = f" further with --hops {min(found.hops + 2, MOST_HOPS)}, or" if found.hops < MOST_HOPS else ""
        yield Line(0, f"Look{further} at either with: compgraph show NAME", "remark")


def _called(thing: Thing) -> str:
    return f"{thing.label} ({thing.framework})" if thing.framework else thing.label


def _term(term: Term, prefixes: Mapping[str, str]) -> str:
    if term.kind == "literal":
        return json.dumps(term.value, ensure_ascii=False)
    return shorten(term.value, prefixes) if term.kind == "uri" else f"_:{term.value}"
