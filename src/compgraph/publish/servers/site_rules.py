"""What the rules of one site are made from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from compgraph.publish.servers.table import PLACES, literal
from compgraph.publish.servers.withdrawn import Withdrawn
from compgraph.terms import BASE

_REDIRECTORS = ("https://w3id.org/", "https://purl.org/", "http://purl.org/")
# What may stand in a rule once it is decoded: nothing that could end the rule and begin another.
_IN_A_RULE = re.compile(r"[^\x00-\x1f\x7f\"'\\`\x80-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class SiteRules:
    """What differs from site to site."""

    base: str = BASE
    """What the identifiers begin with."""
    irregular: Mapping[str, str] = field(default_factory=dict)
    """The identifiers whose page does not stand where their name says, with its path without ending."""
    withdrawn: Sequence[Withdrawn] = ()
    version: str = ""
    """The version of the ontology, whose IRI resolves as well; empty if it has none."""

    @property
    def folder(self) -> str:
        """The path at which the site stands on its host, with slashes at both ends.

        It is that of the base, unless the base is at a service that redirects: then the site has a host of its own.
        """
        return "/" if self.base.startswith(_REDIRECTORS) else urlsplit(self.base).path

    def exceptions(self) -> list[tuple[str, str]]:
        """The paths of the irregular identifiers below the folder, decoded, and the pages that they go to."""
        found = []
        for iri, page in sorted(self.irregular.items()):
            path = self.path(iri)
            if path and _is_reachable(path):
                found.append((path, page))
        return found

    def gone(self) -> list[str]:
        """Expressions for the withdrawn identifiers and their pages: the paths below the folder, without a format."""
        paths = (path for each in self.withdrawn if (path := self.path(each.iri)) and _is_reachable(path))
        steps = (path.partition("/") for path in paths)
        return [f"{'(?:id|doc)' if start == 'id' else start}/{literal(name)}" for start, _, name in steps]

    def path(self, iri: str) -> str:
        """The path of an identifier below the folder, decoded; empty if it is not ours."""
        for start in (self.base, BASE):
            rest = iri.removeprefix(start)
            if rest != iri and rest.startswith(tuple(place.start for place in PLACES if place.sees_other)):
                return unquote(rest)
        return ""


def _is_reachable(path: str) -> bool:
    """Whether a client can ask for a path: servers resolve steps up, and merge slashes, before they look."""
    steps = path.split("/")
    return bool(_IN_A_RULE.fullmatch(path)) and not any(step in ("", ".", "..") for step in steps)
