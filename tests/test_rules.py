"""Every rule has a page, made from its shape and the cases that prove it."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from compgraph import workspace
from compgraph.render.rules import Example, rule_page, rules_index
from compgraph.validate import Rule, rules
from tests.conftest import ROOT

PAGES = ROOT / "docs/rules"
CASES = ROOT / "tests/shapes"
WITHOUT_CASE = {"File-readable"}  # a case of it could not be read; tests/validate has one


def own() -> Mapping[str, Rule]:
    return rules(workspace.find())


def broken(rule: Rule) -> Path | None:
    """The smallest case that breaks the rule, if possible no other with it."""
    told = [(len(text.splitlines()), path) for path, text in reports() if f"\tcgsh:{rule.name}\t" in text]
    ranked = sorted((many, len(path.read_bytes()), path) for many, path in told)
    return Path(str(ranked[0][2]).replace(".report.tsv", ".ttl")) if ranked else None


@cache
def reports() -> list[tuple[Path, str]]:
    return [(path, path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*/*.report.tsv"))]


def kept(rule: Rule) -> Path:
    """The smallest case that keeps all rules of the same file."""
    valid = (CASES / rule.file.stem).glob("valid-*.ttl")
    return min(valid, key=lambda path: (len(path.read_bytes()), path))


def example(path: Path | None) -> Example | None:
    return Example(path.stem, path.read_text(encoding="utf-8")) if path else None


def test_every_rule_has_its_page(golden: Callable[[str, Path], None]) -> None:
    known = own()
    golden(rules_index(known.values()), PAGES / "README.md")
    for rule in known.values():
        golden(rule_page(rule, example(kept(rule)), example(broken(rule))), PAGES / f"{rule.name}.md")
    assert {path.stem for path in PAGES.glob("*.md")} == {rule.name for rule in known.values()} | {"README"}


def test_every_rule_is_broken_by_a_case() -> None:
    unbroken = {rule.name for rule in own().values() if broken(rule) is None}
    print(f"{len(own()) - len(unbroken)} of {len(own())} rules are broken by a case")  # noqa: T201
    assert unbroken == WITHOUT_CASE
