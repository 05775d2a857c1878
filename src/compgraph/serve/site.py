"""The addresses of the published site: identifiers are looked up and sent on, pages and data are answered."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from compgraph.pages import LIVE_POLICY
from compgraph.publish.servers.table import FORMATS as TABLE
from compgraph.publish.servers.table import TYPES
from compgraph.publish.servers.withdrawn import Withdrawn
from compgraph.serve.answers import answer
from compgraph.serve.documents import Document
from compgraph.serve.negotiation import Format, asked_for, negotiated
from compgraph.serve.problems import Problem
from compgraph.serve.served import Served
from compgraph.terms import DCTERMS, ONTOLOGY

_FORMATS = tuple(Format(each.ending, each.media_type, each.also) for each in TABLE)
_NOTHING = (
    "No page and no identifier has this address. Identifiers are never used again: look whether it is spelled right. "
    "What there is begins at the home page, for programs at /api."
)
_IN_A_LINK = ":/?#[]@!$&'()*+,;=%~"
PAGE_HEADERS = {"Content-Security-Policy": f"{LIVE_POLICY}; frame-ancestors 'none'"}
"""What the answer with a page says beside what every answer says."""


async def site_path(asked: Request, served: Served) -> Response:
    """Whatever stands at a path of the published site, or the identifier that is asked for there."""
    path = asked.path_params["path"] or "index.html"
    if gone := served.paths.withdrawn(path):
        return _gone(asked, served, gone, path)
    if page := served.paths.pages.get(path):
        return await _identified(asked, served, page)
    if page := served.paths.documents.get(path):
        return await _page(asked, served, page)
    return await document_at(asked, served, path)


def _gone(asked: Request, served: Served, gone: Withdrawn, path: str) -> Response:
    """What is said of withdrawn identifiers as data, to whom asks for data. Raises Problem for all others."""
    ending = "" if path in served.paths.gone else path.rpartition(".")[2]
    named = next((each for each in _FORMATS if each.name == ending), None)
    format_ = named or asked_for(asked, _FORMATS)
    body = served.paths.tombstones.get(f"410.{format_.name}") if format_ else None
    if format_ is None or body is None:
        raise Problem(
            410,
            f"{gone.iri} was given by mistake ({gone.reason}), and withdrawn on {gone.date}. It means nothing, and "
            "will never be given again.",
        )
    headers = {"Vary": "Accept", "Cache-Control": "no-store", "Content-Type": TYPES[format_.name]}
    return Response(body, 410, headers)


async def document_at(asked: Request, served: Served, path: str) -> Response:
    """The document at a path. Raises Problem if there is none."""
    if document := await served.documents.get(path):
        return _sent(asked, served, document, path)
    raise Problem(404, _NOTHING)


async def _identified(asked: Request, served: Served, page: str) -> Response:
    """A thing is no page: 303 See Other to one about it (httpRange-14), or 200 with Content-Location if so chosen."""
    if served.is_direct:
        return await _page(asked, served, page)
    path = f"{page}.{_ending(asked, served, page)}"
    headers = {"Location": _location(asked, path), "Vary": "Accept", "Link": _links(asked, served, page, path)}
    return Response(status_code=303, headers=headers | {"Data-Version": served.version})


async def _page(asked: Request, served: Served, page: str) -> Response:
    path = f"{page}.{_ending(asked, served, page)}"
    document = await served.documents.get(path)
    assert document is not None  # noqa: S101  (it has this ending)
    sent = _sent(asked, served, document, path)
    sent.headers["Content-Location"] = _location(asked, path)
    return sent


def _location(asked: Request, path: str) -> str:
    """A path of the site as the headers of an answer name it."""
    return f"{asked.scope['root_path']}/{quote(path)}"


def _ending(asked: Request, served: Served, page: str) -> str:
    """The ending of the format that is asked for."""
    endings = served.documents.endings(page)
    return negotiated(asked, [each for each in _FORMATS if each.name in endings]).name


def _sent(asked: Request, served: Served, document: Document, path: str) -> Response:
    page = path.rpartition(".")[0]
    headers = {"Cache-Control": "public, no-cache", "Data-Version": served.version}
    if served.documents.endings(page):
        headers["Link"] = _links(asked, served, page, path)
    if document.content_type == TYPES["html"]:
        headers |= PAGE_HEADERS
    return answer(asked, document.body, document.content_type, changed=served.made, headers=headers, tag=document.tag)


def _links(asked: Request, served: Served, page: str, path: str) -> str:
    """RFC 8288: the other formats, what describes the data, its licence, and the address that is to be cited."""
    if path not in served.links:
        served.links[path] = _made_links(served, page, path, root=f"{asked.scope['root_path']}/")
    return served.links[path]


def _made_links(served: Served, page: str, path: str, *, root: str) -> str:
    site = served.site
    stem = root + quote(page)
    endings = served.documents.endings(page)
    iri = site.addresses.identifier(page)
    told = [
        f'<{stem}.{each.ending}>; rel="alternate"; type="{each.media_type}"' for each in TABLE if each.ending in endings
    ]
    told.append(f'<{root}catalog.ttl>; rel="describedby"; type="text/turtle"')
    licences = site.catalogue.links(site.framework(iri) or ONTOLOGY, DCTERMS + "license")
    told += [f'<{quote(each, safe=_IN_A_LINK)}>; rel="license"' for each in licences]
    told.append(f'<{site.base}{quote(path)}>; rel="canonical"')
    return ", ".join(told)
