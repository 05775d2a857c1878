"""serve: the pages that only a server can have, as someone without JavaScript sees them; and headers and addresses."""

import html
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from compgraph.graph import Graph
from compgraph.serve import Source
from tests.conftest import PUBLISH_CASES
from tests.serving import client

THING = "/id/california/thoroughness"
PAGE = "/doc/california/thoroughness"
BROKEN = """@prefix cg: <https://w3id.org/compgraph/ns#> .
@prefix mine: <https://w3id.org/compgraph/id/mine/> .

mine:listening a cg:Competency .
"""


@pytest.fixture(scope="module")
def web() -> Iterator[TestClient]:
    with client() as opened:
        yield opened


def _text(page: str) -> str:
    """What there is to read on a page."""
    content = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
    return " ".join(html.unescape(content).split())


def test_a_question_is_a_form_with_its_answer(web: TestClient) -> None:
    example = web.get("/questions/becomes.html")
    assert example.status_code == 200 and 'name="competency"' in example.text
    found = web.get("/questions/becomes.html?competency=Thoroughness")
    assert "Results Orientation" in _text(found.text) and 'value="Thoroughness"' in found.text
    links = {html.unescape(link) for link in re.findall(r'href="([^"]+)" download', found.text)}
    assert links == {
        f"../api/questions/becomes.{each}?competency=Thoroughness" for each in ("csv", "tsv", "json", "rq")
    }
    for link in links:
        assert web.get(link.removeprefix("..")).status_code == 200
    [permalink] = re.findall(r'href="(\?[^"]+)">Permalink', found.text)
    assert web.get("/questions/becomes.html" + html.unescape(permalink)).text == found.text
    assert web.get("/questions/becomes.html?competency=Thoroughness&_data=000000000000").status_code == 410
    assert web.get("/questions/become.html").status_code == 404


def test_the_identifier_of_an_answer_leads_to_it(web: TestClient, graph: Graph) -> None:
    """And every page of forms is found without the ending of its address, with what it is asked."""
    cited = graph.citation("becomes", competency="Thoroughness")
    [path] = re.findall(r"Identifier: https://w3id.org/compgraph(/.+)", cited)
    sent_on = web.get(path, follow_redirects=False)
    assert (sent_on.status_code, sent_on.headers["Location"]) == (301, path.replace("?", ".html?", 1))
    assert "Results Orientation" in _text(web.get(path, follow_redirects=True).text)
    for page in ("search?q=thorougness", "compare", "explain", "validate"):
        assert web.get(f"/{page}", follow_redirects=True).status_code == 200, page
    assert web.get("/questions/become", follow_redirects=False).status_code == 404


def test_what_was_filled_in_wrongly_is_said_on_the_page(web: TestClient) -> None:
    for path, said in (
        ("/questions/becomes.html?competency=Thorougness", "Did you mean one of these? california:thoroughness"),
        ("/compare.html?one=Thorougness&other=michigan", "Did you mean one of these?"),
        ("/compare.html?one=california", "Name two things."),
        ("/compare.html?one=california&other=Thoroughness", "Compare"),
        ("/explain.html?one=Thorougness&other=michigan", "Did you mean one of these?"),
        ("/explain.html?one=Thoroughness&other=california:thoroughness", "Name two different things."),
        ("/explain.html?other=" + "x" * 501, "at most 500 characters"),
    ):
        found = web.get(path)
        assert found.status_code == 400 and said in _text(found.text), path
        assert 'role="alert"' in found.text and "<form" in found.text


def test_only_what_was_asserted_can_be_asked_for(web: TestClient) -> None:
    asked = "/questions/counterparts.html?competency=michigan:leadership&framework=any"
    rows = [web.get(asked + more).text.count("<tr>") for more in ("", "&_asserted=true")]
    assert rows[1] < rows[0]


def test_any_two_things_are_compared(web: TestClient) -> None:
    found = web.get("/compare.html?one=Thoroughness&other=Flexibility")
    assert found.status_code == 200 and "Thoroughness and Flexibility" in _text(found.text)
    matrix = web.get("/compare.html?one=it-services&other=washington-ofm")
    assert matrix.text.count("<table") >= 1


def test_links_are_explained(web: TestClient) -> None:
    found = web.get("/explain.html?one=Thoroughness&other=Results+Orientation")
    told = _text(found.text)
    assert "1 assertion" in told and "progresses to" in told and "confidence 0.6" in told
    assert 'href="doc/california/thoroughness.html"' in found.text


def test_search_forgives_typing_errors(web: TestClient) -> None:
    for words in ("Thorougness", "thoroughnes", "costumer fokus", "comunication"):
        told = _text(web.get("/search.html", params={"q": words}).text)
        right = {"c": "Communication" if "comm" in words or words == "comunication" else "Customer Focus"}
        assert right.get(words[0], "Thoroughness") in told, words
    assert "high quality work products" in _text(web.get("/search.html?q=quallity+work+produkts").text)
    found = web.get("/search.html?q=results+orient").text
    assert "Results Orientation" in _text(found) and "doc/california/results-orientation.html" in found
    assert "Nothing has these words" in _text(web.get("/search.html?q=qqqqqqq").text)


def test_sparql_can_be_written_on_a_page(web: TestClient) -> None:
    assert "SELECT ?competency ?label" in web.get("/sparql.html").text
    assert "VALUES" in web.get("/sparql.html?example=becomes").text
    query = "SELECT ?c ?label { ?c a cg:Competency ; skos:prefLabel ?label } ORDER BY ?label LIMIT 3"
    found = web.get("/sparql.html", params={"query": query})
    assert found.text.count("<tr>") == 4 and 'href="doc/' in found.text
    [link] = re.findall(r'href="([^"]+)" download', found.text)
    assert web.get(f"/{html.unescape(link)}").text.count("\n") == 4
    wrong = web.get("/sparql.html", params={"query": "SELECT * {\n  ?s ?p \n"})
    assert wrong.status_code == 400 and 'data-line="' in wrong.text and "<mark>" in wrong.text
    assert "line 3" in _text(wrong.text)
    triples = web.get("/sparql.html", params={"query": "CONSTRUCT WHERE { california:thoroughness a ?c }"})
    assert "ns#Competency>" in _text(triples.text)
    assert "Yes." in _text(web.get("/sparql.html?query=ASK%7B%7D").text)
    assert "only read" in _text(web.get("/sparql.html?query=CLEAR+ALL").text)
    assert "no term" in _text(web.get("/sparql.html?query=ASK{+?c+cg:inClutser+?d+}").text)


def test_a_browser_finds_the_page_where_programs_find_the_service(web: TestClient) -> None:
    page = web.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8" and "<textarea" in page.text
    assert web.get("/sparql").headers["content-type"] == "text/turtle; charset=utf-8"


def test_a_document_is_validated_on_a_page(web: TestClient) -> None:
    assert "<textarea" in web.get("/validate.html").text
    found = web.post("/validate.html", data={"kind": "text/turtle", "document": BROKEN.replace("\n", "\r\n")})
    told = _text(found.text)
    assert found.status_code == 200 and found.headers["cache-control"] == "no-store"
    assert "This competency has no label." in told and "Line 4" in told
    assert "<mark>4  mine:listening a cg:Competency .</mark>" in found.text
    assert "mine:listening a cg:Competency ." in found.text.split("<textarea")[1].split("</textarea>")[0]
    odd = web.post("/validate.html", data={"kind": "text/turtle", "document": f"# no line\u2028ends here\n{BROKEN}"})
    assert "<mark>5  mine:listening a cg:Competency .</mark>" in odd.text
    unread = web.post("/validate.html", data={"kind": "text/turtle", "document": "<a:b> <a:c> x ."})
    assert "Line 1" in _text(unread.text)
    assert web.post("/validate.html", content="x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert web.post("/validate.html", data={"kind": "text/html", "document": "x"}).status_code == 400


def test_each_page_says_what_stands_beside_it(web: TestClient) -> None:
    for ending in ("html", "ttl"):
        links = web.get(f"{PAGE}.{ending}").headers["link"]
        for each in ("html", "ttl", "jsonld", "rdf", "nt"):
            assert f'<{PAGE}.{each}>; rel="alternate"' in links
        assert '</catalog.ttl>; rel="describedby"' in links
        assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links
        assert f'<https://w3id.org/compgraph{PAGE}.{ending}>; rel="canonical"' in links


def test_what_is_there_is_not_sent_again(web: TestClient) -> None:
    for path in ("/", f"{PAGE}.html", f"{PAGE}.ttl", PAGE, "/style.css", "/compare.html", "/questions/becomes.html"):
        first = web.get(path)
        tag, since = first.headers["etag"], first.headers["last-modified"]
        assert re.fullmatch(r'"\w+"', tag)
        for headers in ({"If-None-Match": tag}, {"If-None-Match": f'"other", {tag}'}, {"If-Modified-Since": since}):
            again = web.get(path, headers=headers)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag and "Accept" in again.headers["vary"]
        assert web.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert web.options(PAGE).headers["allow"] == "GET, HEAD, OPTIONS"
    assert web.post(f"{PAGE}.html").status_code == 405


def test_the_parameter_beats_the_header(web: TestClient) -> None:
    asked = web.get(f"{THING}?_mediatype=text/turtle", headers={"Accept": "text/html"})
    assert asked.headers["location"] == f"{PAGE}.ttl"
    assert web.get(f"{PAGE}?_mediatype=nt").headers["content-location"] == f"{PAGE}.nt"
    refused = web.get(f"{PAGE}?_mediatype=image/png", headers={"Accept": "application/json"})
    assert refused.status_code == 406 and "text/turtle" in refused.json()["available"]


def test_identifiers_can_be_answered_at_once() -> None:
    with client(is_direct=True) as web:
        found = web.get(THING, headers={"Accept": "text/turtle"})
        assert (found.status_code, found.headers["content-location"]) == (200, f"{PAGE}.ttl")
        assert "Accept" in found.headers["vary"]


def test_what_is_restricted_is_in_no_answer() -> None:
    with client(source=Source(PUBLISH_CASES / "odd", bundled=False)) as web:
        assert web.get("/id/secret/hidden").status_code == 404
        query = "SELECT * { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } FILTER(ISLITERAL(?o)) }"
        told = web.get("/sparql", params={"query": query}).text
        assert "given twice" not in told and "Überblick" in told
        secret = (PUBLISH_CASES / "odd/data/secret.ttl").read_text()
        hidden = re.findall(r'"([^"]{6,})"@en', secret)
        assert hidden and not [text for text in hidden if text in told]
        for text in hidden:
            assert text not in web.get("/search.json").text
            assert web.get(f"/api/names?start={quote(text)}").json()["fits"] == []


def test_a_site_in_a_folder_of_its_host() -> None:
    """Asked by its visitors, and by a proxy that leaves the folder out."""
    odd = Source(PUBLISH_CASES / "odd", bundled=False, base="https://example.org/competencies/")
    with client(source=odd) as web:
        for start in ("/competencies", ""):
            asked = {"Host": "example.org", "Accept": "text/turtle"}
            found = web.get(f"{start}/id/odd/level.it", headers=asked)
            assert (found.status_code, found.headers["location"]) == (303, "/competencies/doc/odd/level.it.ttl")
            data = web.get(f"{start}/doc/odd/level.it.ttl", headers=asked)
            assert "<https://example.org/competencies/id/odd/>" in data.text
            assert "</competencies/doc/odd/level.it.html>" in data.headers["link"]
            assert web.get(f"{start}/id/odd/mistake", headers=asked).status_code == 410
            api = web.get(f"{start}/api").json()
            assert api["sparql"] == "https://example.org/competencies/sparql"
            described = web.get(f"{start}/sparql", headers=asked).text
            assert "<https://example.org/competencies/sparql>" in described
        told = web.get("/sparql?query=" + quote("SELECT ?s { ?s a cg:Competency }")).text
        assert "https://example.org/competencies/id/odd/" in told
        missing = web.get("/competencies/id/odd/nothing", headers={"Host": "example.org"}).text
        assert 'href="../../style.css"' in missing


def test_nothing_is_written(web: TestClient) -> None:
    from compgraph.workspace import find

    before = {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in find().inputs()}
    for method in ("PUT", "DELETE", "PATCH", "POST"):
        for path in (f"{PAGE}.ttl", THING, "/dumps/all.ttl", "/api/questions", "/../data/california.ttl"):
            assert web.request(method, path, content="<a:b> <a:c> <a:d> .").status_code == 405
    assert web.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403
    assert before == {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in find().inputs()}
