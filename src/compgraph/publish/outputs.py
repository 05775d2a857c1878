"""Everything of a site that is not a page: dumps, descriptions, other formats, and rules for servers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from compgraph.exchange import Contents, contents_of
from compgraph.exchange.identifiers import read_ctids
from compgraph.load import Document, MappingSet, read_mappings
from compgraph.pages import FIXED, Dump, Site
from compgraph.publish.bases import rebased_iri
from compgraph.publish.datasets import Dataset, datasets
from compgraph.publish.dcat import PREFIXES as DCAT_PREFIXES
from compgraph.publish.dcat import dcat_triples
from compgraph.publish.dumps import FOLDER, by_dataset, checksums, dump_format, dumps, turtle
from compgraph.publish.foreign import foreign
from compgraph.publish.mapping_tables import published_table
from compgraph.publish.selection import Selection
from compgraph.publish.servers import SiteRules, read_withdrawn, server_files
from compgraph.publish.sitemap import citation, deprecated, last_changes, robots, sitemap
from compgraph.publish.steps import steps
from compgraph.publish.void import void_triples
from compgraph.store import Progress
from compgraph.terms import ONTOLOGY, OWL
from compgraph.workspace import Workspace


class Outputs(NamedTuple):
    """Files by path, and what could not be written, each with its reason."""

    files: dict[str, bytes]
    left_out: tuple[str, ...]
    dumps: dict[str, tuple[Dump, ...]]
    """The dumps that hold a whole, by its IRI; those of everything, by none."""


class Material(NamedTuple):
    """What the files are made from."""

    documents: Sequence[Document]
    """What is published, under the site's base."""
    frameworks: Sequence[Contents]
    """The same by framework, under the base of the files: identifiers of other formats are made from theirs."""
    tables: Sequence[MappingSet]
    """The mapping sets as their files have them, with what is hidden."""


def data_outputs(
    material: Material,
    pages: Mapping[str, str],
    rules: SiteRules,
    progress: Progress = lambda _stage, _done, _all: None,
) -> Outputs:
    """All files for programs.

    ``pages`` are the paths of the pages, with their ending, by identifier (under the site's base) or, where a page is
    of no identifier, by path. The same material gives the same bytes. Nothing is read but the files of the material.
    """
    base = rules.base
    every = datasets(material.documents)
    translated = foreign(steps("Translating frameworks", material.frameworks, progress), base)
    taken_home = dumps(steps("Writing dumps", every, progress)) | translated.files | _tables(material, every, base)
    beside = {path: content for path, content in taken_home.items() if path.startswith(FOLDER)}
    found = by_dataset(beside)
    return Outputs(
        taken_home
        | checksums(beside)
        | _descriptions(every, base, beside)
        | _index(every, base, pages)
        | server_files(rules),
        translated.left_out,
        {
            dataset.graph: tuple(
                Dump(format_.name, path, len(beside[path]))
                for path, format_ in found.get(dataset.name, ())
                if not path.endswith(".gz")
            )
            for dataset in every
        },
    )


def lasting_dumps(documents: Iterable[Document]) -> dict[str, tuple[Dump, ...]]:
    """The dumps that every publication of these documents has, as ``Outputs`` holds them, before any is made."""
    return {dataset.graph: tuple(_lasting(dataset)) for dataset in datasets(documents)}


def _lasting(dataset: Dataset) -> Iterator[Dump]:
    endings = (".jsonld", ".nq", *([".sssom.tsv"] if dataset.is_mapping_set else []), ".ttl")
    for path in (f"{FOLDER}{dataset.name}{ending}" for ending in endings):
        if found := dump_format(path):
            yield Dump(found.name, path)


def material(workspace: Workspace, chosen: Selection, shown: Sequence[Document]) -> Material:
    """What is chosen of a workspace, and ``shown`` under the site's base. Raises FileError for a broken file."""
    frameworks = contents_of(chosen.documents, read_ctids(workspace)).values()
    tables = tuple(read_mappings(path) for path in workspace.mappings())
    return Material(shown, sorted(frameworks, key=lambda each: each.iri), tables)


def pages(site: Site) -> dict[str, str]:
    """The paths of the pages of a site, by identifier, or by path where a page is of no identifier."""
    addresses = site.addresses
    things = {iri: f"{addresses.page(iri)}.html" for iri in addresses.identifiers()}
    fixed = [path for path in FIXED if path.endswith(".html") and path not in things.values()]
    others = (*site.comparisons.values(), *(f"questions/{each}" for each in site.questions))
    return things | {path: path for path in [*fixed, *(f"{each}.html" for each in others)]}


def rules(site: Site, workspace: Workspace) -> SiteRules:
    """What the servers of a site have to know. Raises FileError for a broken list of what was withdrawn."""
    return SiteRules(
        base=site.base,
        irregular=site.addresses.irregular,
        withdrawn=read_withdrawn(workspace),
        version=site.catalogue.text(ONTOLOGY, OWL + "versionInfo"),
    )


def _tables(material: Material, every: Iterable[Dataset], base: str) -> dict[str, bytes]:
    by_graph = {dataset.graph: dataset for dataset in every}
    found = ((each, by_graph.get(rebased_iri(each.iri, base))) for each in material.tables)
    return {
        f"{FOLDER}{dataset.name}.sssom.tsv": published_table(each, dataset.triples, base).encode()
        for each, dataset in found
        if dataset is not None
    }


def _descriptions(every: Sequence[Dataset], base: str, beside: Mapping[str, bytes]) -> dict[str, bytes]:
    prefixes = every[0].prefixes | DCAT_PREFIXES
    void = turtle(void_triples(every, base, beside), prefixes)
    catalogue = turtle(dcat_triples(every, base, beside), prefixes)
    return {"void.ttl": void, ".well-known/void": void, "catalog.ttl": catalogue}


def _index(every: Sequence[Dataset], base: str, pages: Mapping[str, str]) -> dict[str, bytes]:
    out_of_use = deprecated(every)
    shown = {iri: path for iri, path in pages.items() if iri not in out_of_use}
    return sitemap(shown, base, last_changes(every)) | robots(base) | citation(every, base)
