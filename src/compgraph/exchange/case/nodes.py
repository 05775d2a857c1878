"""What the objects of a CASE package have in common: version, identifiers, addresses, dates and links."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from compgraph.errors import ExchangeError
from compgraph.exchange.dates import date_time
from compgraph.exchange.identifiers import uuid_of
from compgraph.exchange.reader import Reader
from compgraph.terms import BASE, DCTERMS

Json: TypeAlias = "str | int | float | list[Json] | dict[str, Json]"
Object: TypeAlias = "dict[str, Json]"

SERVICE = BASE + "ims/case/"
"""Where the REST binding answers on compgraph's own site."""
_MODIFIED = DCTERMS + "modified"


class Version(StrEnum):
    """A version of CASE, by the name that the command line has for it."""

    CASE_1_0 = "case-1.0"
    CASE_1_1 = "case-1.1"

    @property
    def path(self) -> str:
        """The last part of the base path of its REST binding."""
        return "v1p0" if self is Version.CASE_1_0 else "v1p1"


class Nodes:
    """Makes the parts that all objects of one framework's package have.

    Raises ExchangeError if the framework does not say when it was last changed, which CASE asks of every object.
    """

    def __init__(self, reader: Reader, version: Version, service: str = SERVICE) -> None:
        self.reader = reader
        self.version = version
        self.framework = reader.contents.iri
        self.language = next(iter(reader.see(self.framework, DCTERMS + "language")), "en")
        self._service = f"{service}{version.path}/"
        self._changed = self._latest(reader.take(self.framework, _MODIFIED))

    def address(self, resource: str, identifier: str) -> str:
        """Where the service answers for an object."""
        return f"{self._service}{resource}/{identifier}"

    def link(self, iri: str) -> Object:
        """A link to the object that stands for an IRI (LinkURI, LinkGenURI)."""
        return {"title": self.reader.contents.around.labels.get(iri, iri), "identifier": uuid_of(iri), "uri": iri}

    def changed(self, iri: str = "", relation: str = _MODIFIED) -> str:
        """When a node was last changed, failing that its framework, as a date and time (RFC 3339)."""
        own = self.reader.take(iri, relation) if iri else []
        return self._latest(own) if own else self._changed

    def _latest(self, dates: list[str]) -> str:
        latest = date_time(max(dates, default=""))
        if latest is None:
            stated = f"says {max(dates)!r}" if dates else "does not say"
            problem = (
                f"CASE asks for the day of the last change, and the file of <{self.framework}> {stated}: "
                f'add dcterms:modified "2026-01-31"^^xsd:date to it.'
            )
            raise ExchangeError(problem)
        return latest


def stated(fields: Mapping[str, "Json | None"]) -> Object:
    """The fields that have a value: CASE has no null."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
