"""The answers of the REST binding, for a site that any web server can hold (CASE Service, OpenAPI of 1.0 and 1.1).

All operations but the search in CFDocuments (limit, filter, sort), which takes a program; CFConcepts, CFSubjects and
CFAssociationGroupings have nothing to answer with.
"""

from collections import defaultdict
from collections.abc import Iterable

from compgraph.exchange.case.nodes import SERVICE, Json, Object, Version
from compgraph.exchange.case.package import Package, package
from compgraph.exchange.contents import Contents, Surroundings
from compgraph.exchange.identifiers import uuid_of
from compgraph.exchange.reader import Reader


def answers(frameworks: Iterable[Contents], version: Version, service: str = SERVICE) -> dict[str, Object]:
    """The answer to each path below the server's root, as ``ims/case/v1p1/CFItems/...``.

    ``service`` is the address up to ``ims/case/``, ending in a slash. Raises ExchangeError as ``package`` does.
    """
    root = f"ims/case/{version.path}"
    found: dict[str, Object] = {}
    documents: list[Json] = []
    for contents in sorted(frameworks, key=lambda contents: contents.iri):
        made = package(Reader(contents), version, service)
        answer = _Answer(contents.around, version, service)
        documents.append(answer.document(made))
        found |= {f"{root}/{path}": value for path, value in answer.all(made).items()}
    found[f"{root}/CFDocuments"] = {"CFDocuments": documents}
    return dict(sorted(found.items()))


class _Answer:
    """Objects as they stand alone: with a link to what they are in."""

    def __init__(self, around: Surroundings, version: Version, service: str) -> None:
        self._around = around
        self._service = f"{service}{version.path}"

    def all(self, made: Package) -> dict[str, Object]:
        """Every answer about one package, by resource and identifier."""
        document = self.document(made)
        items = {str(item["identifier"]): item | {"CFDocumentURI": _link(document)} for item in made.items}
        identifier = document["identifier"]
        return {
            f"CFPackages/{identifier}": made.json(),
            f"CFDocuments/{identifier}": document,
            **{f"CFItems/{key}": item for key, item in items.items()},
            **{f"CFItemAssociations/{key}": answer for key, answer in _by_item(items, made.associations).items()},
            **{f"CFAssociations/{each['identifier']}": self._association(each) for each in made.associations},
            **{f"CFItemTypes/{each['identifier']}": {"CFItemTypes": [each]} for each in made.item_types},
            **{f"CFLicenses/{each['identifier']}": each for each in made.licenses},
            **{f"CFRubrics/{each['identifier']}": each for each in made.rubrics},
        }

    def document(self, made: Package) -> Object:
        """The document with the address of its package."""
        identifier, title = made.document["identifier"], made.document["title"]
        address = f"{self._service}/CFPackages/{identifier}"
        return made.document | {"CFPackageURI": {"title": title, "identifier": identifier, "uri": address}}

    def _association(self, association: Object) -> Object:
        """The association with the document of its origin, so that both ends' packages give the same answer."""
        origin = association["originNodeURI"]
        owner = self._around.owners.get(str(origin["uri"])) if isinstance(origin, dict) else None
        if owner is None:
            return association
        title = self._around.labels.get(owner, owner)
        return association | {"CFDocumentURI": {"title": title, "identifier": uuid_of(owner), "uri": owner}}


def _link(document: Object) -> Object:
    return {name: document[name] for name in ("title", "identifier", "uri")}


def _by_item(items: dict[str, Object], associations: list[Object]) -> dict[str, Object]:
    touching: dict[str, list[Json]] = defaultdict(list)
    for association in associations:
        for end in ("originNodeURI", "destinationNodeURI"):
            node = association[end]
            if isinstance(node, dict):
                touching[str(node["identifier"])].append(association)
    return {key: {"CFItem": item, "CFAssociations": touching[key]} for key, item in items.items()}
