"""The pages in a browser: axe-core finds nothing, nothing is blocked or fetched from elsewhere, search works."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compgraph.publish import Published
from tests.conftest import AXE

pytestmark = pytest.mark.needs_browser

PAGES = (
    "index.html",
    "compare.html",
    "questions.html",
    "ns.html",
    "compare/california/with/michigan.html",
    "compare/california/thoroughness/with/california/results-orientation.html",
    "questions/becomes.html",
    "questions/coverage.html",
    "doc/california.html",
    "doc/it-services.html",
    "doc/california/thoroughness.html",
    "doc/michigan/quality-service.html",
    "doc/california/thoroughness.manager.html",
    "doc/california/thoroughness.manager.1.html",
    "doc/california/thoroughness.indicator.1.html",
    "doc/california/cluster.building-coalitions.html",
    "doc/california/segment.executive.html",
    "doc/california/level.manager.html",
    "doc/california/issuer.html",
    "doc/michigan/scale.management.html",
    "doc/michigan/family.management.html",
    "doc/michigan/passage.goal.1.html",
    "doc/client-service-manager/role.html",
    "doc/it-services/weighting.competencies.html",
    "doc/mappings/california--michigan.html",
    "doc/mappings/california--california/thoroughness.html",
    "source/michigan-organizational-2007.html",
)
"""One page of each type."""
VIEWS = {"light": ("light", 1280), "dark": ("dark", 1280), "phone": ("light", 390)}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def root(published: tuple[Path, Published]) -> Iterator[str]:
    """The site on loopback, below a path of its own."""
    handler = functools.partial(_Quiet, directory=str(published[0].parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{published[0].name}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_violation_on_any_type_of_page(browser: Any, root: str, view: str) -> None:
    theme, width = VIEWS[view]
    # Only so that the checker itself may run; the next test looks at the pages under their own policy.
    context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    for name in PAGES:
        page.goto(root + name)
        is_accessible(page, name)
    context.close()


def is_accessible(page: Any, name: str) -> None:
    """Hold an open page to the rules of axe-core, and to the width of the screen."""
    page.add_script_tag(path=str(AXE))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert not [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]], name
    assert len(result["passes"]) > 10
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the screen"


def test_nothing_is_blocked_and_nothing_comes_from_elsewhere(browser: Any, root: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "favicon" not in str(message.location) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for name in PAGES:
        page.goto(root + name)
    assert said == []
    assert len(asked) >= 3 * len(PAGES)
    assert all(url.startswith(root) for url in asked)
    context.close()


def test_search_works_from_the_keyboard(browser: Any, root: str) -> None:
    page = browser.new_page()
    page.goto(f"{root}doc/california/thoroughness.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.get_by_role("searchbox").focus()
    page.keyboard.type("customer fo")
    page.wait_for_function("document.querySelector('.found a')?.textContent.startsWith('Customer Focus')")
    assert "found" in page.locator("#search-said").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent").startswith("Customer Focus")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Customer Focus"
    page.get_by_role("searchbox").fill("qqqq")
    page.wait_for_function("document.querySelector('#search-said').textContent === '0 found'")
    page.close()


def test_without_javascript_lists_lead_everywhere(browser: Any, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}index.html")
    assert not page.locator("form.search").is_visible()
    page.locator("summary").first.click()
    page.get_by_role("link", name="Thoroughness", exact=True).click()
    page.get_by_role("link", name="Results Orientation", exact=True).first.click()
    assert page.locator("h1").inner_text() == "Results Orientation"
    context.close()
