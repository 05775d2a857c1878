"""What crawlers and quoters read: sitemap.xml, robots.txt and CITATION.cff."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape

import pyoxigraph as ox
import yaml

from compgraph.publish.datasets import ONTOLOGY_NAME, Dataset
from compgraph.terms import DCTERMS, FOAF, OWL, PREF_LABEL, SSSOM, TITLE

_LARGEST = 50_000
"""Addresses of one sitemap (sitemaps.org protocol 0.9)."""
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def last_changes(every: Sequence[Dataset]) -> dict[str, str]:
    """The day on which each subject was last changed, as far as its dataset says; its own date goes first."""
    own: dict[str, str] = {}
    found: dict[str, str] = {}
    for dataset in every[1:]:
        for triple in dataset.triples:
            subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
            found[subject] = max(dataset.modified, found.get(subject, ""))
            if triple.predicate.value == DCTERMS + "modified" and isinstance(triple.object, ox.Literal):
                own[subject] = triple.object.value[:10]
    return found | own


def deprecated(every: Sequence[Dataset]) -> set[str]:
    """What the data calls owl:deprecated: its page stays, but nobody is sent there."""
    return {
        triple.subject.value
        for triple in every[0].triples
        if triple.predicate.value == OWL + "deprecated"
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
        and triple.object.value in ("true", "1")
    }


def sitemap(pages: Mapping[str, str], base: str, changes: Mapping[str, str]) -> dict[str, bytes]:
    """The sitemap of pages, from identifier or path to the path of the page with its ending; several if need be."""
    entries = sorted((path, changes.get(iri, "")) for iri, path in pages.items())
    parts = [entries[start : start + _LARGEST] for start in range(0, len(entries), _LARGEST)] or [[]]
    if len(parts) == 1:
        return {"sitemap.xml": _urls(parts[0], base)}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    listed = [(name, max(day for _, day in part)) for name, part in zip(names, parts, strict=True)]
    return {
        "sitemap.xml": _xml("sitemapindex", "sitemap", listed, base),
        **{name: _urls(part, base) for name, part in zip(names, parts, strict=True)},
    }


def robots(base: str) -> dict[str, bytes]:
    """robots.txt (RFC 9309): everything may be read, and here is the list."""
    return {"robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n".encode()}


def citation(every: Sequence[Dataset], base: str) -> dict[str, bytes]:
    """CITATION.cff (Citation File Format 1.2.0), if the data names whoever made it."""
    authors = _authors(every)
    if not authors:
        return {}
    titles = [_title(each) for each in every[1:] if not each.is_mapping_set and each.name != ONTOLOGY_NAME]
    licences = {each.value for dataset in every[1:] for each in _licences(dataset)}
    found = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them so. Each framework has an issuer of its own, who is named "
        "in its data.",
        "type": "dataset",
        "title": "Competency frameworks as a knowledge graph",
        "abstract": f"{'; '.join(filter(None, titles))}: restated in own words, with pointers to the originals.",
        "authors": [{"name": name} for name in authors],
        "url": base,
    }
    if len(licences) == 1 and (name := _spdx(licences.pop())):
        found["license"] = name
    if every[0].modified:
        found["date-released"] = every[0].modified
    text = yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=2**31)
    return {"CITATION.cff": text.encode()}


def _authors(every: Sequence[Dataset]) -> list[str]:
    """The creators of the frameworks' restatements and the authors of the mappings, by name."""
    names: dict[str, None] = {}
    for dataset in every[1:]:
        creators = dataset.values(dataset.graph, DCTERMS + "creator")
        for creator in creators:
            names.update((name.value, None) for name in dataset.values(creator.value, FOAF + "name"))
    labels = {t.object.value for t in every[0].triples if t.predicate.value == SSSOM + "author_label"}  # type: ignore[union-attr]
    return [*names, *sorted(labels - names.keys())]


def _title(dataset: Dataset) -> str:
    return next((value.value for value in dataset.values(dataset.graph, TITLE, PREF_LABEL)), "")


def _licences(dataset: Dataset) -> list[ox.Literal | ox.NamedNode]:
    return dataset.values(dataset.graph, DCTERMS + "license", SSSOM + "license")


def _spdx(licence: str) -> str:
    """The SPDX identifier of a Creative Commons licence; empty for others."""
    parts = licence.rstrip("/").split("/")
    if "creativecommons.org" not in parts or len(parts) < 6:
        return ""
    return "CC0-1.0" if parts[-2] == "zero" else f"CC-{parts[-2].upper()}-{parts[-1]}"


def _urls(entries: Iterable[tuple[str, str]], base: str) -> bytes:
    return _xml("urlset", "url", entries, base)


def _xml(whole: str, part: str, entries: Iterable[tuple[str, str]], base: str) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{whole} xmlns="{_SITEMAPS}">']
    for path, day in entries:
        date = f"<lastmod>{escape(day)}</lastmod>" if day else ""
        lines.append(f"<{part}><loc>{escape(base + quote(path, safe='/~'))}</loc>{date}</{part}>")
    return "\n".join([*lines, f"</{whole}>\n"]).encode()
