"""pages: where each identifier has its page, and how pages lead to one another."""

import re

import pytest

from compgraph.pages import FORMATS, Addresses, href
from compgraph.terms import ID, SOURCE

X = f"{ID}x"

REGULAR = ["california", "california/thoroughness.manager.1", "a/b/c", "x/über-uns", "x/thoroughness.ttl", "x/index"]


@pytest.mark.parametrize("name", REGULAR)
def test_a_page_stands_where_its_identifier_says(name: str) -> None:
    assert Addresses([ID + name]).page(ID + name) == f"doc/{name}"


ODD = {
    "up": "x/../../etc/passwd",
    "up at the end": "x/..",
    "encoded up": "x/%2e%2e/%2e%2e/etc/passwd",
    "encoded slash": "x/a%2fb",
    "encoded NUL": "x/a%00b",
    "NUL": "x/a\0b",
    "backslash": "x\\..\\y",
    "server's own file": ".htaccess",
    "hidden": "x/.git/config",
    "empty step": "x//y",
    "slash at the end": "x/",
    "very long": "x/" + "a" * 5000,
    "colon": "x/C:y",
    "blank": "x/a b",
    "full stop at the end": "x/a.",
    "query": "x/a?b=c",
    "line break": "x/a\nb",
    "ours": "~0123456789abcdef",
    "nothing": "",
    "folder like a file": "x/thoroughness.ttl/y",
}


@pytest.mark.parametrize("name", ODD.values(), ids=ODD.keys())
def test_a_name_that_is_no_safe_path_gets_one_that_is(name: str) -> None:
    addresses = Addresses([ID + name])
    path = addresses.page(ID + name)
    assert re.fullmatch(r"doc/~[0-9a-f]{32}", path)
    assert addresses.identifier(path) == ID + name
    assert addresses.irregular == {ID + name: path}


def test_no_two_identifiers_meet_on_any_disk() -> None:
    same = [f"{X}/Go", f"{X}/go", f"{X}/GO", f"{X}/caf\u00e9", f"{X}/cafe\u0301", f"{X}/\ufb01t", f"{X}/fit"]
    addresses = Addresses(same)
    paths = {addresses.page(iri).casefold() for iri in same}
    assert len(paths) == len(same)
    assert len(addresses.irregular) == 4
    assert Addresses(reversed(same)).irregular == addresses.irregular


def test_files_of_two_identifiers_never_have_one_name() -> None:
    addresses = Addresses([f"{X}/a", f"{X}/a.ttl", f"{X}/a.ttl.html", f"{X}/a/b", f"{X}/a.html"])
    files = [f"{addresses.page(iri)}.{ending}" for iri in addresses.identifiers() for ending in ("html", *FORMATS)]
    assert len(set(files)) == len(files) == 6 * 5  # the ontology has its page as well
    assert not {f"{addresses.page(f'{X}/a/b').rpartition('/')[0]}"} & set(files)


def test_sources_have_pages_and_others_have_none() -> None:
    addresses = Addresses([f"{SOURCE}a", f"{SOURCE}a#char=1,2", "https://example.org/id/a"], "https://example.org/")
    assert addresses.page(f"{SOURCE}a") == "source/a"
    assert addresses.page("https://example.org/id/a") == "doc/a"
    assert addresses.page(f"{SOURCE}a#char=1,2") == ""
    assert addresses.page(f"{ID}a") == ""


def test_links_are_relative() -> None:
    assert href("doc/x/a.html", "doc/y/b") == "../../doc/x/a.html"
    assert href("doc/x/é a.html", "index") == "doc/x/%C3%A9%20a.html"
