"""What is around the content of every page."""

from collections.abc import Sequence

from compgraph.pages.addresses import href
from compgraph.pages.sheets import Download
from compgraph.pages.site import Ref, Site
from compgraph.render.templates import filled, part

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""The Content-Security-Policy of every page (CSP Level 3): nothing runs, and nothing is asked of another host. A server
adds ``frame-ancestors``, which a page cannot say of itself."""
LIVE_POLICY = POLICY.replace("form-action 'none'", "form-action 'self'")
"""That of pages with forms, which are answered by their own server."""

_MENU = (
    ("Frameworks", "index.html"),
    ("Compare", "compare.html"),
    ("Questions", "questions.html"),
    ("Ontology", "ns.html"),
)
_LIVE_MENU = (
    *_MENU[:2],
    ("Explain", "explain.html"),
    _MENU[2],
    ("SPARQL", "sparql.html"),
    ("Validate", "validate.html"),
    _MENU[3],
)


def framed(
    site: Site,
    *,
    path: str,
    title: str,
    content: str,
    json_ld: str = "",
    downloads: Sequence[Download] = (),
    related: Sequence[tuple[str, str]] = (),
    is_listed: bool = True,
) -> str:
    """A page at a path (without ``.html``), with its content in place.

    ``related`` are links of the whole page: relation (RFC 8288) and address. What is not listed is not for crawlers.
    """
    menu = _LIVE_MENU if site.live else _MENU
    return filled(
        "pages/frame.html",
        title=title if len(title) <= 90 else f"{title[:89].rstrip()}…",
        policy=LIVE_POLICY if site.live else POLICY,
        live=site.live,
        root=href("", path),
        menu=tuple((Ref(name, href(place, path)), place == f"{path}.html") for name, place in menu),
        canonical=f"{site.base}{path}.html" if path != "index" else site.base,
        downloads=downloads,
        related=related,
        is_listed=is_listed,
        json_ld=part(json_ld),
        content=part(content),
        version=site.version,
    )
