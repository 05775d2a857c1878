"""The page of each thing: one value in, HTML out, whatever asks for it, a site on disk or a server."""

from compgraph.pages.addresses import href
from compgraph.pages.bodies import BODIES, Body
from compgraph.pages.frames import framed
from compgraph.pages.node_json import node_json
from compgraph.pages.sheets import Sheet, sheet
from compgraph.pages.site import Site
from compgraph.render.templates import filled, part

_PLAIN = Body(hidden=(), fill=lambda _site, _iri, _path: "")


def thing_page(site: Site, iri: str) -> str:
    """The page of an identifier that ``site.addresses`` knows, in HTML."""
    body = BODIES.get(site.catalogue.kind(iri), _PLAIN)
    shown = sheet(site, iri, body.hidden)
    content = filled("pages/thing.html", sheet=shown, body=part(body.fill(site, iri, shown.path)))
    return framed(
        site,
        path=shown.path,
        title=f"{shown.title.text}, {shown.kind.lower()}" if shown.kind else shown.title.text,
        content=content,
        json_ld=node_json(site, iri),
        downloads=shown.downloads,
        related=_related(site, shown),
        is_listed=not shown.out_of_use,
    )


def _related(site: Site, shown: Sheet) -> list[tuple[str, str]]:
    """What the page belongs to: the whole, the step above, the licence, and the description of the datasets."""
    framework = site.href(site.framework(shown.iri), shown.path)
    links = [
        ("collection", framework),
        ("up", shown.trail[-1].href),
        *(("license", each.href) for each in shown.licence),
    ]
    described = [("describedby", href("void.ttl", shown.path))] if site.dumps else []
    return [(relation, address) for relation, address in [*links, *described] if address]
