"""Frameworks in the formats of others, each with a report of what it could not hold."""

from collections.abc import Mapping

from compgraph.exchange import case, ctdl_asn, jsonld, skos, spreadsheets
from compgraph.exchange.contents import Contents, contents, contents_of, framework
from compgraph.exchange.contract import Exported, Exporter, Loss
from compgraph.workspace import Workspace

FORMATS: Mapping[str, Exporter] = {
    "case-1.0": case.export_1_0,
    "case-1.1": case.export_1_1,
    "csv": spreadsheets.to_csv,
    "ctdl-asn": ctdl_asn.export,
    "jsonld": jsonld.export,
    "skos": skos.export,
    "xlsx": spreadsheets.to_xlsx,
}
"""Each format by the name that the command line has for it."""

__all__ = [
    "FORMATS",
    "Contents",
    "Exported",
    "Exporter",
    "Loss",
    "contents",
    "contents_of",
    "framework",
    "lacking_ctids",
]


def lacking_ctids(workspace: Workspace) -> list[str]:
    """The IRIs that CTDL-ASN would identify by a CTID and that have none, in all frameworks. Raises FileError."""
    every = contents(workspace).values()
    return sorted({node for each in every for node in ctdl_asn.needing_ctids(each) if node not in each.around.ctids})
