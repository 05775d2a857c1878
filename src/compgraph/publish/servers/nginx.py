"""Rules for nginx: one file for its ``http`` block, one for a ``server`` block."""

from collections.abc import Iterator

from compgraph.publish.servers.negotiation import (
    PARAMETER,
    PART,
    REFUSED,
    asks_for,
    best,
    named_by_parameter,
    notes,
    ranges,
)
from compgraph.publish.servers.site_rules import SiteRules
from compgraph.publish.servers.table import (
    ENDINGS,
    ERRORS,
    FORMATS,
    GONE,
    HEADERS,
    JSON_FOLDER,
    NAMED_TYPES,
    PLACES,
    SAFE,
    TYPES,
    Place,
    links,
    literal,
)

_CHARSET = "; charset=utf-8"


def http_text(rules: SiteRules) -> str:
    """What belongs into the ``http`` block: which format a client likes best, and headers that depend on the path."""
    return "".join(f"{line}\n" for line in _http(rules))


def server_text(rules: SiteRules) -> str:
    """What belongs into the ``server`` block, beside ``root`` and ``listen``."""
    return "".join(f"{line}\n" for line in _server(rules))


def _map(source: str, variable: str, lines: list[tuple[str, str]]) -> Iterator[str]:
    yield f"map {source} {variable} {{"
    for pattern, value in lines:
        told = pattern if pattern == "default" else f'"{pattern}"'
        yield f'    {told} "{value}";'
    yield "}"


def _http(rules: SiteRules) -> Iterator[str]:
    folder = literal(rules.folder)
    yield "# For the http block of nginx. Made by compgraph publish: it is written anew with the site."
    yield ""
    yield "# With what quality each format is asked for, and which is the best (see README.md)."
    for each in FORMATS:
        name = each.ending
        asked = [
            (f"~*{asks_for(media_range, f'cg_{name}_{number}')}", f";$cg_{name}_{number}")
            for number, media_range in enumerate(ranges(each))
        ]
        yield from _map("$http_accept", f"$cg_asked_{name}", [("", ";"), *asked, ("default", "")])
        quality = [("", ""), (f"~*{REFUSED}", ""), (f"~*{PART.format(name=f'cg_part_{name}')}", f"0$cg_part_{name}")]
        yield from _map(f"$cg_asked_{name}", f"$cg_quality_{name}", [*quality, ("default", "1")])
    wanted = (f"~{best('cg_best')}", "$cg_best")
    yield from _map(f'"{notes("$cg_quality_{}")}"', "$cg_liked", [wanted, ("default", "")])
    yield "# What the address itself asks for (?_mediatype=text/turtle) goes before the header."
    named = [(f"~*^{named_by_parameter(each)}$", each.ending) for each in FORMATS]
    yield from _map(f"$arg_{PARAMETER}", "$cg_format", [("", "$cg_liked"), *named, ("default", "")])
    yield ""
    yield "# The path as it was asked for, still encoded, behind its first part; and headers by path."
    first = "|".join(place.start for place in PLACES if place.start.endswith("/"))
    yield from _map(
        "$request_uri", "$cg_rest", [(f"~^{folder}(?:{first})(?<cg_tail>[^?#]*)", "$cg_tail"), ("default", "")]
    )
    yield from _map("$request_uri", "$cg_path", [("~^(?<cg_asked_path>[^?#]*)", "$cg_asked_path"), ("default", "")])
    negotiated = f"~^{folder}(?:{first}|ns(?:[/?]|$))"
    yield from _map("$request_uri", "$cg_vary", [(negotiated, "Accept"), ("default", "")])
    ending = rf"~^[^?]*\.(?<cg_asked_ending>{ENDINGS})(?:\?|$)"
    yield from _map("$request_uri", "$cg_ending", [(ending, "$cg_asked_ending"), ("default", "$cg_format")])
    yield from _map("$cg_ending", "$cg_gone", [("", "html"), ("default", "$cg_ending")])
    page = rf"~^(?<cg_stem>{folder}(?:(?:doc|source)/{SAFE}+|ns))\.(?:{ENDINGS})$"
    yield from _map("$uri", "$cg_link", [(page, _escaped(links("$cg_stem"))), ("default", "")])


def _server(rules: SiteRules) -> Iterator[str]:
    folder = rules.folder
    yield "# For a server block of nginx, beside listen, server_name and root. Made by compgraph publish."
    yield "index index.html;"
    yield "absolute_redirect off;"
    yield f"default_type {TYPES['txt'].removesuffix(_CHARSET)};"
    yield "types {"
    for ending, media_type in TYPES.items():
        yield f"    {media_type.removesuffix(_CHARSET)} {ending};"
    yield "}"
    with_charset = sorted(
        {each.removesuffix(_CHARSET) for each in TYPES.values() if each.endswith(_CHARSET)} - {"text/html"}
    )
    yield "charset utf-8;"
    yield f"charset_types {' '.join(with_charset)};"
    yield "gzip on;"
    yield "gzip_vary on;"
    compressible = sorted({each.removesuffix(_CHARSET) for each in TYPES.values()} - {"text/html", "application/gzip"})
    yield f"gzip_types {' '.join(compressible)};"
    yield 'set $cg_content_location "";'
    for name, value in HEADERS.items():
        yield f'add_header {name} "{_escaped(value)}" always;'
    yield "add_header Vary $cg_vary always;"
    yield "add_header Link $cg_link always;"
    yield "add_header Content-Location $cg_content_location always;"
    for status in ERRORS:
        yield f"error_page {status} {folder}{status}.{'$cg_gone' if status == GONE else 'html'};"
        yield f"location = {folder}{status}.html {{ internal; }}"
    yield f"location ~ ^{literal(folder)}{GONE}\\.(?:{ENDINGS})$ {{ internal; }}"
    yield f"error_page 403 =404 {folder}404.html;"
    yield r"location ~ /\.(?!well-known(?:/|$)) { return 404; }"
    yield f"location ~ ^{literal(folder)}servers/.*\\.conf$ {{ default_type text/plain; }}"
    yield from _gone(rules)
    for path, page in rules.exceptions():
        yield f'location = "{folder}{path}" {{'
        yield from _see_other(f"{folder}{page}", f"{folder}{page}")
        yield "}"
    for path, media_type in NAMED_TYPES.items():
        yield f"location = {folder}{path} {{ types {{ }} default_type {media_type.removesuffix(_CHARSET)}; }}"
    yield f"location ^~ {folder}{JSON_FOLDER} {{"
    yield "    types { }"
    yield "    default_type application/json;"
    yield "    try_files $uri $uri/index.json =404;"
    yield "}"
    if rules.version:
        yield f"location = {folder}ns/{rules.version} {{ rewrite ^ {folder}ns last; }}"
    for place in PLACES:
        yield from _place(place, folder)


def _gone(rules: SiteRules) -> Iterator[str]:
    for path in rules.gone():
        yield f'location ~ "^{literal(rules.folder)}{path}(?:\\.(?:{ENDINGS}))?$" {{ return 410; }}'


def _place(place: Place, folder: str) -> Iterator[str]:
    behind, name, rest = ("(?<cg_name>.+)", "$cg_name", "$cg_rest") if place.start.endswith("/") else ("", "", "")
    page = f"{folder}{place.pages}"
    yield f'location ~ "^{literal(folder)}{place.start}{behind}$" {{'
    if place.start == place.pages:
        yield "    if (-f $request_filename) { break; }"
    if place.sees_other:
        yield from _see_other(page + name, page + rest)
    else:
        yield from _found(page + name)
        address = "$cg_path" if name else page
        yield f"    set $cg_content_location {address}.$cg_format;"
        yield "    rewrite ^(.*)$ $1.$cg_format break;"
    yield "}"


def _see_other(page: str, address: str) -> Iterator[str]:
    yield from _found(page)
    yield f"    return 303 {address}.$cg_format;"


def _found(page: str) -> Iterator[str]:
    yield f'    if (!-f "$document_root{page}.html") {{ return 404; }}'
    yield '    if ($cg_format = "") { return 406; }'
    yield f'    if (!-f "$document_root{page}.$cg_format") {{ return 406; }}'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
