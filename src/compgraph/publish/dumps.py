"""Dumps: everything, and each framework and mapping set, to take home whole; and checksums of them."""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

import pyoxigraph as ox

from compgraph.exchange.jsonld import context, jsonld_text
from compgraph.publish.datasets import Dataset
from compgraph.tidy import turtle_text

FOLDER = "dumps/"
CHECKSUMS = FOLDER + "SHA256SUMS"
CONTEXT = "context.jsonld"


class DumpFormat(NamedTuple):
    """What a file of the folder is, by the end of its name."""

    ending: str
    media_type: str
    name: str
    standard: str
    """The IRI of what it conforms to; empty if it has none."""


_W3C = "http://www.w3.org/ns/formats/"
FORMATS = (
    DumpFormat(".skos.ttl", "text/turtle", "SKOS alone, in Turtle", "http://www.w3.org/2004/02/skos/core"),
    DumpFormat(".sssom.tsv", "text/tab-separated-values", "SSSOM", "https://w3id.org/sssom/"),
    *(
        DumpFormat(f".{name}.losses.tsv", "text/tab-separated-values", f"What {title} could not hold", "")
        for name, title in (
            ("case-1.0", "CASE 1.0"),
            ("case-1.1", "CASE 1.1"),
            ("ctdl-asn", "CTDL-ASN"),
            ("skos", "SKOS"),
        )
    ),
    DumpFormat(".case-1.0.json", "application/json", "CASE 1.0", "https://purl.imsglobal.org/spec/case/v1p0"),
    DumpFormat(".case-1.1.json", "application/json", "CASE 1.1", "https://purl.imsglobal.org/spec/case/v1p1"),
    DumpFormat(".ctdl-asn.json", "application/ld+json", "CTDL-ASN", "https://credreg.net/ctdlasn/terms"),
    DumpFormat(".ttl", "text/turtle", "Turtle", _W3C + "Turtle"),
    DumpFormat(".nq", "application/n-quads", "N-Quads", _W3C + "N-Quads"),
    DumpFormat(".jsonld", "application/ld+json", "JSON-LD", _W3C + "JSON-LD"),
)


def dump_format(path: str) -> DumpFormat | None:
    """The format of a dump by its path, compressed or not; None for the checksums."""
    return next((each for each in FORMATS if path.removesuffix(".gz").endswith(each.ending)), None)


def by_dataset(paths: Iterable[str]) -> dict[str, list[tuple[str, DumpFormat]]]:
    """The paths of dumps by the name of their dataset, in order, each with its format."""
    found: dict[str, list[tuple[str, DumpFormat]]] = {}
    for path in sorted(paths):
        if format_ := dump_format(path):
            name = path.removesuffix(".gz").removeprefix(FOLDER).removesuffix(format_.ending)
            found.setdefault(name, []).append((path, format_))
    return found


def dumps(every: Iterable[Dataset]) -> dict[str, bytes]:
    """Each dataset in Turtle, N-Quads and JSON-LD, plain and compressed, by path."""
    plain = {path: content for dataset in every for path, content in _dumps(dataset)}
    return plain | {f"{path}.gz": compressed(content) for path, content in plain.items()} | {CONTEXT: context_bytes()}


def checksums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The file by which ``sha256sum --check SHA256SUMS`` proves the dumps, which lie beside it."""
    lines = (f"{sha256(files[path]).hexdigest()}  {path.removeprefix(FOLDER)}\n" for path in sorted(files))
    return {CHECKSUMS: "".join(lines).encode()}


def compressed(content: bytes) -> bytes:
    """The content as gzip (RFC 1952) without name and time, so that the same content gives the same bytes."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """Canonical Turtle; where there are blank nodes, which that has not, what the library writes of sorted triples."""
    held = list(triples)
    if any(isinstance(term, ox.BlankNode) for each in held for term in (each.subject, each.object)):
        written = ox.serialize(sorted(set(held), key=str), format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
        return written or b""
    return turtle_text(held, prefixes).encode()


def context_bytes() -> bytes:
    """The JSON-LD context of our terms, as a document that others can refer to."""
    return (json.dumps({"@context": context()}, ensure_ascii=False, indent=1) + "\n").encode()


def _dumps(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    start = f"{FOLDER}{dataset.name}"
    yield f"{start}.ttl", turtle(dataset.triples, dataset.prefixes)
    yield f"{start}.nq", "".join(sorted(f"{quad} .\n" for quad in dataset.quads)).encode()
    yield f"{start}.jsonld", jsonld_text(dataset.triples).encode()
