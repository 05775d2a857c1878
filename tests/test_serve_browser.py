"""serve in a browser: a walk with the mouse and by keyboard alone, axe-core, and without JavaScript."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.test_browser import VIEWS, is_accessible
from tests.test_serve_pages import BROKEN

pytestmark = pytest.mark.needs_browser

PAGES = (
    "index.html",
    "search.html?q=thorougness",
    "search.html",
    "questions/becomes.html?competency=Thoroughness",
    "questions/becomes.html?competency=Thorougness",
    "questions/weak-links.html",
    "compare.html",
    "compare.html?one=it-services&other=washington-ofm",
    "explain.html?one=Thoroughness&other=Results+Orientation",
    "sparql.html",
    "sparql.html?query=SELECT+*+{+california:thoroughness+?p+?o+}",
    "sparql.html?query=SELECT+*+{",
    "validate.html",
    "no-such-page",
    "doc/california/thoroughness.html",
)


@pytest.fixture
def root(live_port: int) -> str:
    return f"http://localhost:{live_port}/"


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page on which nothing may be blocked or fail, and nothing may come from elsewhere."""
    context = browser.new_context(accept_downloads=True)
    opened = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if _is_meant(message) else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    assert said == []
    assert asked and not [url for url in asked if not url.startswith("http://localhost:")]


def _is_meant(message: Any) -> bool:
    """Whether a message of the browser says more than that a page has another status than 200, or no icon."""
    return "the server responded with a status of 4" not in message.text


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_violation(browser: Any, root: str, view: str) -> None:
    theme, width = VIEWS[view]
    # Only so that the checker itself may run; the other tests look at the pages under their own policy.
    context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    for name in PAGES:
        page.goto(root + name)
        is_accessible(page, name)
    _validate(page, root)
    is_accessible(page, "findings")
    context.close()


def _validate(page: Any, root: str) -> None:
    page.goto(f"{root}validate.html")
    page.get_by_label("Document", exact=True).fill(BROKEN)
    page.get_by_role("button", name="Validate").click()


def test_a_walk_with_the_mouse(page: Any, root: str, tmp_path: Path) -> None:
    """A competency by a misspelt name, its counterpart, a question, the CSV, a comparison, a broken file."""
    page.goto(root)
    page.get_by_role("searchbox").first.fill("Thorougness")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name="Thoroughness", exact=True).click()
    assert page.locator("h1").inner_text() == "Thoroughness"
    page.get_by_role("link", name="Leadership/Achievement Orientation").first.click()
    assert "Michigan" in page.locator(".trail").inner_text()

    page.get_by_role("link", name="Questions").click()
    page.get_by_role("link", name="What does this competency become at a higher level?").click()
    competency = page.get_by_label("competency", exact=True)
    competency.fill("")
    competency.press_sequentially("Thoro")
    page.wait_for_selector("datalist option[value=Thoroughness]", state="attached")
    competency.fill("Thoroughness")
    page.get_by_role("button", name="Ask").click()
    assert page.get_by_role("cell", name="Results Orientation").or_(page.locator("dd", has_text="Results Or")).count()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    _is_golden(download.value, tmp_path)

    page.get_by_role("link", name="Compare").click()
    page.get_by_label("one", exact=True).fill("california")
    page.get_by_label("other", exact=True).fill("michigan")
    page.get_by_role("button", name="Compare").click()
    assert "California" in page.locator("h1").inner_text() and page.locator("main table").count()

    broken = tmp_path / "mine.ttl"
    broken.write_text(BROKEN)
    page.get_by_role("link", name="Validate").click()
    page.get_by_label("File").set_input_files(broken)
    page.get_by_text("is in the text area.").wait_for()
    assert page.locator("#document").input_value() == BROKEN
    page.get_by_role("button", name="Validate").click()
    finding = page.locator("article", has_text="This competency has no label.")
    assert "Line 4" in finding.inner_text() and "mine:listening a cg:Competency" in finding.locator("mark").inner_text()


def _is_golden(download: Any, folder: Path) -> None:
    path = folder / "answer.csv"
    download.save_as(path)
    assert path.read_bytes() == (ROOT / "tests/questions/becomes.csv").read_bytes()


def test_the_walk_by_keyboard(page: Any, root: str, tmp_path: Path) -> None:
    """The same, and nothing is pressed but keys."""
    page.goto(root)
    _tab_to(page, "search")
    page.keyboard.type("Thorougness")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html**")
    _follow(page, "Thoroughness")
    assert page.locator("h1").inner_text() == "Thoroughness"
    _follow(page, "Leadership/Achievement Orientation")
    assert "Michigan" in page.locator(".trail").inner_text()

    page.goto(f"{root}questions/becomes.html")
    _tab_to(page, "field-competency")
    page.keyboard.press("Control+A")
    page.keyboard.type("Thoroughness")
    page.keyboard.press("Enter")
    page.wait_for_url("**competency=Thoroughness**")
    with page.expect_download() as download:
        _follow(page, "CSV")
    _is_golden(download.value, tmp_path)

    page.goto(f"{root}compare.html")
    _tab_to(page, "field-one")
    page.keyboard.type("california")
    page.keyboard.press("Tab")
    page.keyboard.type("michigan")
    page.keyboard.press("Enter")
    page.wait_for_url("**other=michigan**")
    assert page.locator("main table").count()

    page.goto(f"{root}sparql.html")
    _tab_to(page, "query")
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT * {\n?c a cg:Cluster ; }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("h2:has-text('rows')")
    _tab_to(page, "query")
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT * {\n?c a a a }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[role=alert]")
    place = page.evaluate("[document.activeElement.id, document.activeElement.selectionStart > 10]")
    assert place == ["query", True]

    page.goto(f"{root}validate.html")
    _tab_to(page, "document")
    page.keyboard.insert_text(BROKEN)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("article")
    assert "mine:listening a cg:Competency" in page.locator("article mark").first.inner_text()


def _tab_to(page: Any, identifier: str) -> None:
    _press_until(page, f"document.activeElement.id === '{identifier}'")


def _follow(page: Any, name: str) -> None:
    _press_until(page, f"document.activeElement.matches('main a') && document.activeElement.textContent === '{name}'")
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def _press_until(page: Any, condition: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"the Tab key does not lead there: {condition}")


def test_a_dropped_file_is_read(page: Any, root: str) -> None:
    page.goto(f"{root}validate.html")
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "mine.sssom.tsv"));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        BROKEN,
    )
    page.get_by_text("is in the text area.").wait_for()
    assert page.locator("#document").input_value() == BROKEN
    assert page.get_by_label("Format").input_value() == "text/tab-separated-values"


def test_everything_works_without_javascript(browser: Any, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(root)
    page.get_by_role("searchbox").first.fill("Thorougness")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name="Thoroughness", exact=True).click()
    page.get_by_role("link", name="Explain", exact=True).click()
    page.get_by_label("one", exact=True).fill("Thoroughness")
    page.get_by_label("other", exact=True).fill("Results Orientation")
    page.get_by_role("button", name="Explain").click()
    assert "confidence 0.6" in page.locator("main").inner_text()
    page.goto(f"{root}sparql.html")
    page.get_by_text("The questions, to begin from").click()
    page.get_by_role("link", name="What does this competency become at a higher level?").click()
    page.get_by_role("button", name="Run").click()
    assert "row" in page.locator("#answer").inner_text()
    _validate(page, root)
    assert page.locator("article").count()
    context.close()
