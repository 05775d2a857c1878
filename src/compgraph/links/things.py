"""Nodes as people know them, each looked up once."""

from dataclasses import dataclass

from compgraph.store import Store
from compgraph.terms import ID


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as people know it."""

    iri: str
    curie: str
    label: str
    framework: str
    """The name of its framework; empty if it is of none, or is one."""


class Things(dict[str, Thing]):
    """Things by IRI; what the index of names does not have goes by its IRI."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store

    def __missing__(self, iri: str) -> Thing:
        node = self.store.names.node(iri)
        if node is None:
            self[iri] = Thing(iri, iri, iri, "")
        else:
            home = self.store.names.node(self._framework(node.framework)) if node.framework else None
            framework = home.label if home and home.iri != iri else ""
            self[iri] = Thing(iri, node.curie, node.label, framework)
        return self[iri]

    def _framework(self, name: str) -> str:
        return self.store.prefixes.get(name, ID + name).removesuffix("/")
