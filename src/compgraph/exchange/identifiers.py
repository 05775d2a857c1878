"""Identifiers that other formats ask for: UUIDs made from our IRIs, and CTIDs that are minted once and kept."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import NAMESPACE_URL, uuid4, uuid5

from compgraph.errors import FileError
from compgraph.workspace import Workspace

CTIDS = "data/ctids.tsv"
"""Where a workspace keeps its CTIDs: a heading, then an IRI, a tab and a CTID on each line, by IRI."""

_HEADING = "iri\tctid"
# "About the CTID", https://credreg.net/ctdl/ctid: ce- and a UUID in lower case.
_CTID = re.compile(r"ce-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def uuid_of(iri: str) -> str:
    """The UUID, version 5 in the name space of URLs (RFC 4122, section 4.3), that stands for an IRI."""
    return str(uuid5(NAMESPACE_URL, iri))


def read_ctids(workspace: Workspace) -> dict[str, str]:
    """The CTIDs that a workspace keeps, by IRI, those of its last folder first. Raises FileError for a broken line."""
    found: dict[str, str] = {}
    for root in workspace.roots:
        found |= _read(root / CTIDS)
    return found


def minted(path: Path, nodes: Iterable[str]) -> dict[str, str]:
    """The CTIDs of a file together with a new one (of a UUID version 4) for each of ``nodes``. Raises FileError."""
    return _read(path) | {iri: f"ce-{uuid4()}" for iri in sorted(nodes)}


def ctids_text(ctids: Mapping[str, str]) -> str:
    """The text of the file that keeps them."""
    return "".join(f"{line}\n" for line in [_HEADING, *(f"{iri}\t{ctid}" for iri, ctid in sorted(ctids.items()))])


def _read(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    minted: set[str] = set()
    for number, line in enumerate(_lines(path), 2):
        iri, tab, ctid = line.partition("\t")
        if not tab or not _CTID.fullmatch(ctid):
            problem = f"{line!r} is not an IRI, a tab and a CTID (ce- and a UUID in lower case): correct the line."
            raise FileError(path, problem, line=number)
        if iri in found or ctid in minted:
            raise FileError(path, f"{line!r} repeats an IRI or a CTID: remove one of the lines.", line=number)
        found[iri] = ctid
        minted.add(ctid)
    return found


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    heading, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
    if heading != _HEADING:
        raise FileError(path, f"begins with {heading!r}: the first line must be 'iri', a tab and 'ctid'.", line=1)
    return lines
