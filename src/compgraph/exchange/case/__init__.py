"""CASE 1.0 and 1.1 (1EdTech Competencies and Academic Standards Exchange): packages, and the answers of its service."""

import json
from functools import partial

from compgraph.exchange.case.nodes import Version
from compgraph.exchange.case.package import package
from compgraph.exchange.case.service import answers
from compgraph.exchange.contents import Contents
from compgraph.exchange.contract import Exported
from compgraph.exchange.losses import exported
from compgraph.exchange.reader import Reader

__all__ = ["Version", "answers", "export_1_0", "export_1_1", "package"]


def _export(contents: Contents, version: Version) -> Exported:
    """One file with the CFPackage. Raises ExchangeError if the framework does not say when it was last changed."""
    reader = Reader(contents)
    text = json.dumps(package(reader, version).json(), ensure_ascii=False, indent=2) + "\n"
    return exported(reader, {f"{contents.name}.{version}.json": text.encode()}, version)


export_1_0 = partial(_export, version=Version.CASE_1_0)
export_1_1 = partial(_export, version=Version.CASE_1_1)
