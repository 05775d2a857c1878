"""The pages of errors: what happened, and where to go on. As they answer at any path, links begin at the root."""

from collections.abc import Sequence
from html import escape

from compgraph.pages import POLICY
from compgraph.publish.servers.site_rules import SiteRules
from compgraph.publish.servers.table import FORMATS
from compgraph.publish.servers.withdrawn import Withdrawn


def error_pages(rules: SiteRules) -> dict[str, bytes]:
    """404, 406 and 410, by path."""
    formats = "".join(
        f"<li><code>{each.media_type}</code>: the address of the page with <code>.{each.ending}</code></li>"
        for each in FORMATS
    )
    return {
        "404.html": _page(rules, "Nothing here", "<p>No page and no identifier has this address. Identifiers are never "
                          "used again: look whether it is spelled right.</p>"),
        "406.html": _page(rules, "Not in that format", "<p>What you ask for is here, but in none of the formats that "
                          f"your request accepts. These are there:</p><ul>{formats}</ul>"),
        "410.html": _page(rules, "Withdrawn", "<p>This identifier was given by mistake. It means nothing, and will "
                          f"never be given again.</p>{_tombstones(rules.withdrawn)}"),
    }  # fmt: skip


def _tombstones(withdrawn: Sequence[Withdrawn]) -> str:
    if not withdrawn:
        return ""
    rows = "".join(
        f"<tr><td>{escape(iri)}</td><td>{escape(day)}</td><td>{escape(why)}</td></tr>" for iri, day, why in withdrawn
    )
    heads = "<tr><th scope=col>identifier</th><th scope=col>withdrawn on</th><th scope=col>because</th></tr>"
    return f"<table><caption>All that were withdrawn</caption>{heads}{rows}</table>"


def _page(rules: SiteRules, title: str, content: str) -> bytes:
    folder = escape(rules.folder, quote=True)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY, quote=True)}">\n'
        f'<title>{title}</title>\n<link rel="stylesheet" href="{folder}style.css">\n</head>\n<body>\n'
        f'<main id="content">\n<h1>{title}</h1>\n{content}\n'
        f'<p><a href="{folder}index.html">To the home page</a></p>\n</main>\n</body>\n</html>\n'
    ).encode()
