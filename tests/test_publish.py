"""Publishing: a folder that is whole, that repeats to the byte, that leads nowhere wrong and leaks nothing."""

import gzip
import os
import posixpath
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from compgraph import load
from compgraph.cli import main
from compgraph.errors import PublishError
from compgraph.pages import FORMATS, POLICY, is_ours
from compgraph.pages.phrases import SOURCES
from compgraph.publish import Published, check_base, publish, selection
from compgraph.terms import BASE, CG, ID, SOURCE
from compgraph.workspace import Workspace, find
from tests.conftest import ROOT
from tests.test_pages import Elements

OTHER = "https://example.org/competencies/"
SMALL = (
    "ontology/compgraph.ttl",
    "data/it-services.ttl",
    "data/washington-ofm.ttl",
    "data/mappings/it-services--washington-ofm.sssom.tsv",
    "queries/counterparts.rq",
    "queries/contents.rq",
)


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """A workspace of two frameworks and their mappings."""
    for name in SMALL:
        (tmp_path / "small" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "small" / name)
    return Workspace((tmp_path / "small",))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def pages(published: tuple[Path, Published]) -> dict[str, Elements]:
    """The pages of the site, by path, read once for all tests."""
    return _pages(published[0])


def _pages(folder: Path) -> dict[str, Elements]:
    paths = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): Elements(path.read_text(encoding="utf-8")) for path in paths}


def test_no_link_inside_the_site_leads_nowhere(published: tuple[Path, Published], pages: dict[str, Elements]) -> None:
    present = {path.relative_to(published[0]).as_posix() for path in published[0].rglob("*") if path.is_file()}
    marks = {name: page.attributes("id") for name, page in pages.items()}
    assert len(pages) > 1500
    for name, page in pages.items():
        assert len(marks[name]) == len(set(marks[name])), f"{name} has an id twice"
        for link in [*page.attributes("href"), *page.attributes("src"), *page.attributes("data-index")]:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
            ).removeprefix("/")  # the pages of errors answer at any path, so their links begin at the root
            assert target in present, f"{name} links to {link}"
            assert not parts.fragment or parts.fragment in marks[target], f"{name} links to {link}"


def test_every_identifier_of_ours_has_a_page_and_its_data(
    published: tuple[Path, Published], pages: dict[str, Elements]
) -> None:
    folder, done = published
    ours = {
        term.value
        for document in load.documents(find())
        for triple in document.triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode) and (is_ours(term.value) or term.value.startswith(CG))
    }
    terms = set(pages["ns.html"].attributes("id"))
    for iri in ours:
        if iri.startswith(CG):
            assert iri.removeprefix(CG) in terms
        else:
            path = done.site.addresses.page(iri)
            assert path == iri.replace(ID, "doc/").replace(SOURCE, "source/")
            assert all((folder / f"{path}.{ending}").is_file() for ending in ("html", *FORMATS)), iri
    assert len(ours) > 1400
    assert not done.site.addresses.irregular


def _named(triples: set[ox.Triple]) -> set[ox.Triple]:
    return {each for each in triples if not isinstance(each.subject, ox.BlankNode)} - {
        each for each in triples if isinstance(each.object, ox.BlankNode)
    }


def test_the_data_of_all_pages_together_is_what_the_files_say(published: tuple[Path, Published]) -> None:
    said = {triple for document in selection(load.documents(find())).documents for triple in document.triples}
    written = {
        quad.triple
        for path in published[0].rglob("*.nt")
        for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES)
    }
    assert _named(written) == _named(said)
    assert len(written) == len(said)  # the blank nodes of the ontology, labelled anew, count as well


def test_pages_are_light_and_ask_nothing_of_others(
    published: tuple[Path, Published], pages: dict[str, Elements]
) -> None:
    shared = sum(len(gzip.compress((published[0] / name).read_bytes())) for name in ("style.css", "script.js"))
    for name, page in pages.items():
        text = (published[0] / name).read_bytes()
        assert len(gzip.compress(text)) + shared < 60_000, name
        assert (text.count(b"<style"), text.count(b" style=")) == (0, 0), name
        policies = [
            attrs["content"] for tag, attrs in page.found if attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policies == [POLICY]
        fetched = [attrs.get("src", "") for tag, attrs in page.found if tag in ("script", "img")]
        fetched += [attrs["href"] for tag, attrs in page.found if tag == "link" and attrs["rel"] == "stylesheet"]
        assert not [each for each in fetched if urlsplit(each).scheme], name
    assert len(gzip.compress((published[0] / "search.json").read_bytes())) < 60_000


def test_headings_go_down_step_by_step(pages: dict[str, Elements]) -> None:
    for name, page in pages.items():
        levels = [int(tag[1]) for tag, _ in page.found if tag in ("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1 and levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_pages_say_that_they_restate(published: tuple[Path, Published]) -> None:
    folder, done = published
    pointed = [
        iri
        for iri in done.site.addresses.identifiers()
        if not SOURCES.keys().isdisjoint(done.site.catalogue.facts(iri))
    ]
    assert len(pointed) > 300
    for iri in pointed:
        assert "Restated in our words" in (folder / f"{done.site.addresses.page(iri)}.html").read_text()


def test_a_framework_and_a_mapping_set_offer_what_holds_them_whole(pages: dict[str, Elements]) -> None:
    for name, dumps in {
        "index.html": ("all.ttl", "all.nq", "all.jsonld"),
        "doc/california.html": (
            *("california.ttl", "california.nq", "california.jsonld", "california.skos.ttl"),
            *("california.case-1.0.json", "california.case-1.1.json", "california.ctdl-asn.json"),
            "california.ctdl-asn.losses.tsv",
        ),
        "doc/mappings/california--michigan.html": ("california--michigan.sssom.tsv", "california--michigan.ttl"),
    }.items():
        offered = {posixpath.basename(link) for link in pages[name].attributes("href") if "dumps/" in link}
        assert set(dumps) <= offered, name


def test_a_cell_of_a_matrix_leads_to_both_side_by_side(pages: dict[str, Elements]) -> None:
    links = pages["compare/california/with/michigan.html"].attributes("href")
    assert sum("/with/michigan/" in link for link in links) == 46
    assert "../../../doc/california/thoroughness.html" in links


def test_two_publications_have_the_same_bytes(small: Workspace, tmp_path: Path) -> None:
    found = []
    for seed in ("1", "2"):
        place = tmp_path / f"site{seed}"
        command = [
            sys.executable,
            "-m",
            "compgraph",
            "publish",
            str(place),
            "--workspace",
            str(small.roots[0]),
            "--no-bundled",
        ]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True)
        found.append(_files(place))
    assert found[0] == found[1]
    assert len(found[0]) > 500


def test_another_base_rewrites_our_identifiers_and_nothing_else(small: Workspace, tmp_path: Path) -> None:
    data = small.roots[0] / "data/it-services.ttl"
    told = f"See {ID}it-services."
    text = (
        data.read_text() + f'\nit-services:issuer cg:locator "{told}" ; '
        f"cg:seen <{BASE}doc/it-services>, <https://w3id.org/compgraph/idle> .\n"
    )
    data.write_text(text)
    stages: dict[str, tuple[int, int]] = {}
    done = publish(
        small,
        tmp_path / "site",
        base=OTHER,
        progress=lambda stage, step, steps: stages.update({stage: (step, steps)}),
    )
    waited_for = ("Translating frameworks", "Writing dumps", "Writing pages", "Laying side by side", "Asking questions")
    assert all(stages[stage][0] == stages[stage][1] - 1 for stage in waited_for)
    files = _files(tmp_path / "site")
    turtle = files["doc/it-services/issuer.ttl"].decode()
    assert f'"{told}"' in turtle
    assert f"<{OTHER}doc/it-services>" in turtle and "<https://w3id.org/compgraph/idle>" in turtle
    assert f"{OTHER}id/it-services/" in turtle and CG in turtle
    for name, body in files.items():
        if name.endswith(".nt"):
            kept = body.decode().replace(told, "")
            assert ID not in kept, name
            assert f"{OTHER}ns" not in kept and f"{OTHER}source/" not in kept, name
    assert done.site.addresses.identifier("doc/it-services") == f"{OTHER}id/it-services"
    assert f'<link rel="canonical" href="{OTHER}doc/it-services.html">' in files["doc/it-services.html"].decode()
    assert f"PREFIX id: &lt;{OTHER}id/&gt;" in files["questions/counterparts.html"].decode()


BASES = [
    "",
    "example.org",
    "https://example.org",
    "ftp://example.org/",
    "https://example.org/a b/",
    "javascript:alert(1)/",
    "https://a/#/",
    "https://a/<b>/",
]


@pytest.mark.parametrize("base", BASES)
def test_a_base_that_identifiers_cannot_begin_with(base: str) -> None:
    with pytest.raises(PublishError, match="can't be what identifiers begin with"):
        check_base(base)


def test_the_reasoner_that_is_named_reasons(small: Workspace, tmp_path: Path) -> None:
    data = small.roots[0] / "data/same.ttl"
    data.write_text("<urn:a> <http://www.w3.org/2002/07/owl#sameAs> <urn:b> .")
    asked = ["--workspace", str(small.roots[0]), "--no-bundled", "publish", str(tmp_path / "site")]
    refused = CliRunner().invoke(main, asked)
    assert refused.exit_code == 1 and "reason with owlrl (--reasoner owlrl)" in refused.output
    done = CliRunner().invoke(main, ["--reasoner", "owlrl", *asked])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "site/index.html").is_file()


def test_a_restricted_framework_is_left_out(small: Workspace, tmp_path: Path) -> None:
    data = small.roots[0] / "data/it-services.ttl"
    data.write_text(
        data.read_text().replace("a cg:Framework ;", "a cg:Framework ;\n    cg:publication cg:Restricted ;")
    )
    done = publish(small, tmp_path / "site")
    files = _files(tmp_path / "site")
    assert done.restricted == (f"{ID}it-services",)
    assert not [name for name in files if name.startswith(("doc/it-services", "source/it-services", "compare/"))]
    secrets = [
        "Listens and responds",
        "Customer Service & Satisfaction",
        "IT Services Performance Management",
    ]
    for name, body in files.items():
        assert not [each for each in secrets if each.encode() in body], name
    page = files["doc/washington-ofm/customer-focus.html"].decode()
    assert "<span>id:it-services/customer-service-and-satisfaction</span>" in page
    assert "it-services" not in " ".join(link for link in Elements(page).attributes("href") if "mappings" not in link)


def test_odd_identifiers_stay_inside_the_folder(small: Workspace, tmp_path: Path) -> None:
    names = (
        "it-services/../../../escaped",
        "it-services/%2e%2e/%2e%2e/escaped",
        "it-services/" + "a" * 3000,
        "it-services/Issuer",
    )
    (small.roots[0] / "data/odd.ttl").write_text(
        "".join(f'<{ID}{name}> <http://www.w3.org/2004/02/skos/core#prefLabel> "odd" .\n' for name in names)
    )
    (tmp_path / "a").mkdir()
    done = publish(small, tmp_path / "a/site")
    assert len(done.site.addresses.irregular) == 4
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["site"]
    assert not list(tmp_path.rglob("escaped*"))
    assert len(list((tmp_path / "a/site/doc").glob("~*.html"))) == 4


def test_without_its_example_a_question_says_so(small: Workspace, tmp_path: Path) -> None:
    shutil.copy(ROOT / "queries/becomes.rq", small.roots[0] / "queries/becomes.rq")
    publish(small, tmp_path / "site")
    assert "This example is not part of the data" in (tmp_path / "site/questions/becomes.html").read_text()


def test_an_empty_graph_has_a_site(tmp_path: Path) -> None:
    (tmp_path / "empty/data").mkdir(parents=True)
    publish(Workspace((tmp_path / "empty",)), tmp_path / "site")
    pages = _pages(tmp_path / "site")
    assert {"index.html", "compare.html", "questions.html", "ns.html"} <= set(pages)
