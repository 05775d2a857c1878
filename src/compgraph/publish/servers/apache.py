"""Rules for Apache: an ``.htaccess`` for the site, and one for the redirecting service w3id.org."""

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


def site_text(rules: SiteRules) -> str:
    """The ``.htaccess`` at the root of the site; README.md names the modules that it takes."""
    return "".join(f"{line}\n" for line in _site(rules))


def w3id_text(rules: SiteRules, site: str) -> str:
    """The ``.htaccess`` of the folder at w3id.org: redirections alone, to the site at an address."""
    return "".join(f"{line}\n" for line in _w3id(rules, site))


def _site(rules: SiteRules) -> Iterator[str]:
    folder = rules.folder
    yield "# Made by compgraph publish: it is written anew with the site."
    yield "DirectorySlash Off"
    yield "FileETag MTime Size"
    for status in ERRORS:
        yield f"ErrorDocument {status} {folder}{status}.html"
    yield from _types()
    yield from _asked()
    yield "RewriteEngine On"
    yield "RewriteOptions AllowNoSlash"
    yield f"RewriteBase {folder}"
    yield from _best()
    yield r"RewriteRule (?:^|/)\.(?!well-known(?:/|$)) - [R=404,L]"
    for path in rules.gone():
        yield f'RewriteRule "^{path}\\.({ENDINGS})$" - [E=CG_GONE:$1,G]'
        yield f'RewriteRule "^{path}$" - [E=CG_GONE:%{{ENV:CG_FORMAT}},G]'
    yield f'RewriteCond %{{ENV:REDIRECT_STATUS}} "={GONE}"'
    yield f'RewriteCond %{{ENV:REDIRECT_CG_GONE}} "^({ENDINGS})$"'
    yield rf'RewriteRule "^{GONE}\.html$" {GONE}.%1 [L]'
    for path, page in rules.exceptions():
        yield from _see_other(f"^{literal(path)}$", page, folder)
    yield rf"RewriteRule ^((?:doc|source)/{SAFE}+|ns)\.(?:{ENDINGS})$ - [E=PAGE:{folder}$1]"
    if rules.version:
        yield f'RewriteRule "^ns/{literal(rules.version)}$" {folder}ns [PT]'
    for place in PLACES:
        yield from _place(place, folder)
    yield "RewriteCond %{REQUEST_FILENAME}/index.json -f"
    yield f'RewriteRule "^({JSON_FOLDER}.+)$" $1/index.json [L]'
    yield "RewriteCond %{REQUEST_FILENAME} -d"
    yield "RewriteCond %{REQUEST_FILENAME}/index.html !-f"
    yield "RewriteRule ^ - [R=404,L]"
    yield from _headers(rules)


def _types() -> Iterator[str]:
    """Types by the last ending alone: mod_mime looks at all of them, and identifiers have full stops."""
    for ending, media_type in TYPES.items():
        yield rf'<FilesMatch "\.{ending}$">'
        yield f'ForceType "{media_type}"'
        yield "SetHandler default-handler"
        yield "</FilesMatch>"
    for path, media_type in NAMED_TYPES.items():
        yield f'<FilesMatch "^{literal(path.rpartition("/")[2])}$">'
        yield f'ForceType "{media_type}"'
        yield "</FilesMatch>"
    yield '<FilesMatch "^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$">'
    yield "ForceType application/json"
    yield "</FilesMatch>"


def _asked() -> Iterator[str]:
    """Notes with what quality each format is asked for; later lines, which are narrower, win."""
    for each in FORMATS:
        asked, quality = f"CG_ASKED_{each.ending}", f"CG_QUALITY_{each.ending}"
        yield f'SetEnvIf Accept "^$" {asked}=;'
        for media_range in reversed(ranges(each)):
            yield f'SetEnvIfNoCase Accept "{_numbered(asks_for(media_range, "asked"))}" {asked}=;$1'
        yield f'SetEnvIf {asked} "^;" {quality}=1'
        yield f'SetEnvIfNoCase {asked} "{_numbered(PART.format(name="part"))}" {quality}=0$1'
        yield f'SetEnvIfNoCase {asked} "{REFUSED}" !{quality}'


def _best() -> Iterator[str]:
    yield f'RewriteCond "{notes("%{{ENV:CG_QUALITY_{}}}")}" "{_numbered(best("best"))}"'
    yield "RewriteRule ^ - [E=CG_FORMAT:%5]"
    yield f'RewriteCond %{{QUERY_STRING}} "(?:^|&){PARAMETER}=[^&]"'
    yield "RewriteRule ^ - [E=!CG_FORMAT]"
    for each in FORMATS:
        yield f'RewriteCond %{{QUERY_STRING}} "(?:^|&){PARAMETER}={named_by_parameter(each)}(?:&|$)" [NC]'
        yield f"RewriteRule ^ - [E=CG_FORMAT:{each.ending}]"


def _place(place: Place, folder: str) -> Iterator[str]:
    pattern, name = (f"^{place.start}(.+)$", "$1") if place.start.endswith("/") else (f"^{place.start}$", "")
    page = f"{place.pages}{name}"
    if place.sees_other:
        yield from _see_other(pattern, page, folder, is_page=place.start == place.pages)
        return
    yield from _refusals(pattern, page, folder, is_page=True)
    yield "RewriteCond %{REQUEST_FILENAME} !-f"
    yield f'RewriteRule "{pattern}" {page}.%{{ENV:CG_FORMAT}} [E=CONTENT_LOCATION:{folder}{page}.%{{ENV:CG_FORMAT}},L]'


def _see_other(pattern: str, page: str, folder: str, *, is_page: bool = False) -> Iterator[str]:
    yield from _refusals(pattern, page, folder, is_page=is_page)
    if is_page:
        yield "RewriteCond %{REQUEST_FILENAME} !-f"
    yield f'RewriteRule "{pattern}" {folder}{page}.%{{ENV:CG_FORMAT}} [R=303,L]'


def _refusals(pattern: str, page: str, folder: str, *, is_page: bool) -> Iterator[str]:
    for suffix, status in ((".html", 404), (".%{ENV:CG_FORMAT}", 406)):
        if is_page:
            yield "RewriteCond %{REQUEST_FILENAME} !-f"
        yield f'RewriteCond "%{{DOCUMENT_ROOT}}{folder}{page}{suffix}" !-f'
        yield f'RewriteRule "{pattern}" - [R={status},L]'


def _headers(rules: SiteRules) -> Iterator[str]:
    for name, value in HEADERS.items():
        yield f'Header always set {name} "{value}"'
    folder = literal(rules.folder)
    places = "|".join(place.start if place.start.endswith("/") else f"{place.start}(?:[/? ])" for place in PLACES)
    yield f'Header always merge Vary Accept "expr=%{{THE_REQUEST}} =~ m#^\\S+ {folder}(?:{places})#"'
    for variable in ("PAGE", "REDIRECT_PAGE"):
        yield f"Header set Link '{links(f'%{{{variable}}}e')}' env={variable}"
    for variable in ("CONTENT_LOCATION", "REDIRECT_CONTENT_LOCATION"):
        yield f"Header set Content-Location %{{{variable}}}e env={variable}"


def _w3id(rules: SiteRules, site: str) -> Iterator[str]:
    yield "# compgraph: competency frameworks as linked data."
    yield "# Contact: name whoever keeps these redirections, with an account at GitHub (w3id.org asks for both)."
    yield "RewriteEngine On"
    yield from _asked()
    yield from _best()
    yield "RewriteCond %{ENV:CG_FORMAT} ^$"
    yield 'RewriteRule "^(?:id|source)/" - [R=406,L]'
    for path, page in rules.exceptions():
        yield f'RewriteRule "^{literal(path)}$" {site}{page}.%{{ENV:CG_FORMAT}} [R=303,L]'
    for place in PLACES:
        if place.sees_other:
            if place.start == place.pages:
                yield f'RewriteRule "^({place.start}.+\\.(?:{ENDINGS}))$" {site}$1 [R=302,L]'
            yield f'RewriteRule "^{place.start}(.+)$" {site}{place.pages}$1.%{{ENV:CG_FORMAT}} [R=303,L]'
    yield f'RewriteRule "^(.*)$" {site}$1 [R=302,L]'
    yield "<IfModule mod_headers.c>"
    yield "Header always merge Vary Accept"
    yield 'Header always set Access-Control-Allow-Origin "*"'
    yield "</IfModule>"


def _numbered(expression: str) -> str:
    """The same expression with numbers for names, which Apache does not know."""
    head, mark, tail = expression.partition("(?<")
    return head + "(" + tail.partition(">")[2] if mark else expression
