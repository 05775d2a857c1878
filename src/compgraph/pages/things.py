"""The page of each thing: one value in, HTML out, whatever asks for it, a site on disk or a server."""

from compgraph.pages.bodies import BODIES, Body
from compgraph.pages.frames import framed
from compgraph.pages.node_json import node_json
from compgraph.pages.sheets import sheet
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
    )
