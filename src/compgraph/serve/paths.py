"""What the paths mean that are no files: identifiers, pages without a format, what was withdrawn."""

from compgraph.publish.servers.table import FORMATS, PLACES
from compgraph.publish.servers.tombstones import tombstones
from compgraph.publish.servers.withdrawn import Withdrawn
from compgraph.serve.sources import Opened

_ENDINGS = frozenset(each.ending for each in FORMATS)


class Paths:
    """What the paths below the root mean, for one state of the data."""

    def __init__(self, opened: Opened) -> None:
        site, rules = opened.site, opened.rules
        regular = [iri for iri in site.addresses.identifiers() if iri not in rules.irregular and rules.path(iri)]
        self.pages = {rules.path(iri): site.addresses.page(iri) for iri in regular} | dict(rules.exceptions())
        """The pages of the things, by the paths of their identifiers."""
        self.documents = {page: page for page in (*self.pages.values(), "ns") if page not in self.pages}
        """The pages that are asked for without a format, by their path and, of the ontology, by that of its version."""
        if rules.version:
            self.documents[f"ns/{rules.version}"] = "ns"
        places = {place.start: place.pages for place in PLACES if place.sees_other}
        self.gone: dict[str, Withdrawn] = {}
        self.tombstones = tombstones(rules)
        """What is said of them as data, by path."""
        for each in rules.withdrawn:
            path = rules.path(each.iri)
            for start, folder in places.items():
                if path.startswith(start):
                    self.gone[path] = self.gone[folder + path.removeprefix(start)] = each

    def withdrawn(self, path: str) -> Withdrawn | None:
        """What was withdrawn and had this path, its page this path, or its data."""
        stem, _, ending = path.rpartition(".")
        return self.gone.get(path) or (self.gone.get(stem) if ending in _ENDINGS else None)
