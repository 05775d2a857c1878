"""Names to identifiers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from compgraph.errors import ResolveError
from compgraph.store.names import OFFERED, Names, Node, write_index
from compgraph.terms import CG, COMPETENCY, INDICATOR

CLUSTER = CG + "Cluster"
A, B = "https://e.org/id/a/", "https://e.org/id/b/"
NODES = [
    Node(A + "care", "a:care", "Care", "a", (COMPETENCY,), ("Care", "Attention", "15")),
    Node(A + "care.indicator.1", "a:care.indicator.1", "Checks twice", "a", (INDICATOR,), ("Checks twice",)),
    Node(B + "care", "b:care", "Care", "b", (COMPETENCY,), ("Care",)),
    Node(B + "group", "b:group", "Quality", "b", (CLUSTER,), ("Quality",)),
    Node(B + "quality", "b:quality", "Quality", "b", (COMPETENCY,), ("Quality", 'says "so"')),
]


@pytest.fixture
def names(tmp_path: Path) -> Iterator[Names]:
    write_index(tmp_path / "names.sqlite", NODES, {"a": A, "b": B})
    index = Names(tmp_path / "names.sqlite")
    yield index
    index.close()


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("a:care", A + "care"),
        (A + "care", A + "care"),
        (f"<{A}care>", A + "care"),
        ("Attention", A + "care"),
        ("  attention ", A + "care"),
        ("15", A + "care"),
        ("a:Care", A + "care"),
        ("b:CARE", B + "care"),
        ("checks  TWICE", A + "care.indicator.1"),
        ('says "so"', B + "quality"),
    ],
)
def test_names_that_fit_one_thing(names: Names, name: str, iri: str) -> None:
    assert names.resolve(name).iri == iri


def test_a_kind_narrows(names: Names) -> None:
    assert names.resolve("Quality", kind=CLUSTER).iri == B + "group"
    with pytest.raises(ResolveError, match="No cluster is called 'Care'"):
        names.resolve("Care", kind=CLUSTER)


def test_several_that_fit_are_listed(names: Names) -> None:
    with pytest.raises(ResolveError) as caught:
        names.resolve("care")
    assert str(caught.value) == (
        "'care' fits 2 things. Name one by its identifier:\n  a:care  Care (competency)\n  b:care  Care (competency)"
    )


@pytest.mark.parametrize(
    ("name", "near"), [("Qualty", "b:quality"), ("atention", "a:care"), ("Chek twice", "a:care.indicator.1")]
)
def test_the_nearest_is_named(names: Names, name: str, near: str) -> None:
    with pytest.raises(ResolveError, match=f"Did you mean one of these\\?(.|\n)*{near}"):
        names.resolve(name)


@pytest.mark.parametrize("name", ["zzzz", "", "x", '"', "x:y", "'; DROP TABLE node; --", "*", "a OR b"])
def test_nothing_like_it(names: Names, name: str) -> None:
    with pytest.raises(ResolveError, match=r"nothing is spelled like it|Did you mean"):
        names.resolve(name)
    assert names.resolve("Attention").curie == "a:care"


@pytest.mark.parametrize(
    ("start", "kind", "offered"),
    [
        ("att", None, {"Attention": "a:care"}),
        ("Care", None, {"a:Care": "a:care", "b:Care": "b:care"}),
        ("a:", COMPETENCY, {"a:care": "a:care"}),
        ("a:Ca", None, {"a:Care": "a:care"}),
        ("a:at", None, {"a:Attention": "a:care"}),
        ("Qual", None, {"b:group": "b:group", "b:quality": "b:quality"}),
        ("Qual", CLUSTER, {"Quality": "b:group"}),
        ("checks ", None, {"Checks twice": "a:care.indicator.1"}),
        ("checkst", None, {}),
        ("", COMPETENCY, {"a:Care": "a:care", "b:Care": "b:care", "Quality": "b:quality"}),
        ("' OR 1 --", None, {}),
        ("a:\udcff", COMPETENCY, {"a:care": "a:care"}),
    ],
)
def test_the_beginning_of_a_name(names: Names, start: str, kind: str | None, offered: dict[str, str]) -> None:
    """Each thing once, by a name that stands for it alone."""
    found = names.beginning_with(start, kind=kind)
    assert {name: node.curie for name, node in found.items()} == offered
    assert list(found) == sorted(found)
    for name, node in found.items():
        assert names.resolve(name, kind=kind) == node


def test_too_many_names_are_no_help(tmp_path: Path) -> None:
    many = [Node(f"{A}{n}", f"a:{n}", f"Care {n}", "a", (COMPETENCY,), (f"Care {n}",)) for n in range(OFFERED + 1)]
    write_index(tmp_path / "names.sqlite", many, {"a": A})
    index = Names(tmp_path / "names.sqlite")
    assert index.beginning_with("Ca") == {}
    assert len(index.beginning_with("Care 99")) == 11
    index.close()
