"""Rules by which web servers answer for the identifiers of a site: redirection, negotiation, types and headers."""

from pathlib import Path
from string import Template

from compgraph.publish.servers.apache import site_text, w3id_text
from compgraph.publish.servers.errors import error_pages
from compgraph.publish.servers.nginx import http_text, server_text
from compgraph.publish.servers.site_rules import SiteRules
from compgraph.publish.servers.tombstones import tombstones
from compgraph.publish.servers.withdrawn import Withdrawn, read_withdrawn

__all__ = ["SiteRules", "Withdrawn", "read_withdrawn", "server_files"]

_README = Path(__file__).with_name("README.md")
NO_SITE = "https://site.example.org/"
"""What stands in the rules of a redirecting service until someone says where the site is."""

W3ID_README = """\
# {base}

Competency frameworks as linked data: identifiers, an ontology, and mappings with their reasons. What is here only
redirects, to {site}.

## Contact

- NAME, EMAIL, GitHub: @ACCOUNT
"""
"""What w3id.org asks for beside the rules; who keeps them, only whoever sends them in knows."""


def server_files(rules: SiteRules) -> dict[str, bytes]:
    """The rules for Apache, nginx and w3id.org, the pages of errors, and how to put it all up, by path."""
    readme = Template(_README.read_text(encoding="utf-8"))
    texts = {
        ".htaccess": site_text(rules),
        "servers/nginx-http.conf": http_text(rules),
        "servers/nginx-server.conf": server_text(rules),
        "servers/README.md": readme.safe_substitute(base=rules.base, folder=rules.folder, site=NO_SITE),
    }
    if rules.folder == "/":
        texts["servers/w3id.htaccess"] = w3id_text(rules, NO_SITE)
        texts["servers/w3id-README.md"] = W3ID_README.format(base=rules.base, site=NO_SITE)
    return {path: text.encode() for path, text in texts.items()} | error_pages(rules) | tombstones(rules)
