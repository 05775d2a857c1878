"""What a server has to know, as a table: the formats of a page, where pages stand, and the types of all other files."""

import re
from typing import NamedTuple

from compgraph.pages import POLICY


class Format(NamedTuple):
    """A format of a page."""

    ending: str
    media_type: str
    also: tuple[str, ...] = ()
    """Media types by which it is asked for too, though it is never called so."""
    charset: str = "; charset=utf-8"
    """Empty for types that have no such parameter."""


FORMATS = (
    Format("html", "text/html", ("application/xhtml+xml",)),
    Format("ttl", "text/turtle", ("text/n3", "application/x-turtle")),
    Format("jsonld", "application/ld+json", ("application/json",), ""),
    Format("rdf", "application/rdf+xml", ("application/xml", "text/xml"), ""),
    Format("nt", "application/n-triples", (), "; charset=utf-8"),
)
"""In the order of our choice, where a client likes several equally well."""


class Place(NamedTuple):
    """A kind of path that has no format in it."""

    start: str
    """What the path begins with; the whole of it if there is no slash at its end."""
    pages: str
    """What the path of the page begins with instead."""
    sees_other: bool
    """Whether it names a thing, which is no page: then the answer is 303 See Other (httpRange-14), else 200."""


PLACES = (
    Place("id/", "doc/", sees_other=True),
    Place("source/", "source/", sees_other=True),
    Place("doc/", "doc/", sees_other=False),
    Place("ns", "ns", sees_other=False),
)

TYPES = {
    **{each.ending: each.media_type + each.charset for each in FORMATS},
    "cff": "application/yaml",
    "css": "text/css; charset=utf-8",
    "gz": "application/gzip",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "nq": "application/n-quads; charset=utf-8",
    "svg": "image/svg+xml",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
}
"""The Content-Type of each file by its ending."""

NAMED_TYPES = {".well-known/void": TYPES["ttl"], "dumps/SHA256SUMS": TYPES["txt"]}
"""The Content-Type of the files that have no ending."""
JSON_FOLDER = "ims/case/"
"""Where the files without an ending are JSON."""

EXPOSED = "Link, ETag, Content-Location, Last-Modified"
"""What a script of another site may read of an answer, beside what all may read."""

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSED,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
}
"""What every answer says."""

ENDINGS = "|".join(each.ending for each in FORMATS)
GONE = 410
ERRORS = (404, 406, GONE)
SAFE = r"[A-Za-z0-9._~/-]"
"""The signs of a path that may be repeated in a header as they are."""


def links(stem: str) -> str:
    """The value of the Link header (RFC 8288) of a page and its data: all its formats."""
    others = (f'<{stem}.{each.ending}>; rel="alternate"; type="{each.media_type}"' for each in FORMATS)
    return ", ".join(others)


def literal(text: str) -> str:
    """A text as a regular expression that fits it alone, for PCRE."""
    return re.sub(r"([^A-Za-z0-9_/~-])", r"\\\1", text)
