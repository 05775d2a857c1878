"""Tables of requests to a site, and what must come back: ``negotiation.tsv`` in the folders of ``tests/publish``."""

import csv
import re
from hashlib import sha256
from urllib.parse import unquote, urlsplit

import pytest

from compgraph.exchange.identifiers import uuid_of
from compgraph.terms import ID
from tests.conftest import PUBLISH_CASES as CASES
from tests.web_servers import Answer

SITES = sorted(folder.name for folder in CASES.iterdir() if (folder / "negotiation.tsv").is_file())


def rows(site: str) -> list[dict[str, str]]:
    """The requests of a site."""
    with (CASES / site / "negotiation.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


REQUESTS = [
    pytest.param(site, row, id=f"{site}:{number}:{row['path']}")
    for site in SITES
    for number, row in enumerate(rows(site), 2)
]


def sent_path(path: str) -> str:
    """The path of a request: what stands in braces is a UUID of CASE."""
    return re.sub(r"\{(.*?)\}", lambda match: uuid_of(ID + match[1]), path)


def expected(row: dict[str, str]) -> dict[str, object]:
    location = row["location"]
    if location.startswith("{"):  # a page whose path is made up
        iri, ending = location[1:].split("}")
        location = f"/doc/~{sha256((ID + iri).encode()).hexdigest()[:32]}{ending}"
    return {
        "status": row["status"],
        "type": row["type"] or "any",
        "location": unquote(location),
        "vary": row["vary"] or "any",
        "says": True,
        "contains": True,
    }


def found(answer: Answer, row: dict[str, str]) -> dict[str, object]:
    """What a server said, in the form of ``expected``."""
    vary = {part.strip() for part in answer.headers.get("vary", "").split(",")}
    return {
        "status": str(answer.status),
        "type": answer.headers.get("content-type", "") if row["type"] else "any",
        "location": unquote(urlsplit(answer.headers.get("location", "")).path),
        "vary": ("Accept" if "Accept" in vary else "") if row["vary"] else "any",
        "says": says(answer, row["says"]),
        "contains": row["contains"].encode() in answer.body,
    }


def says(answer: Answer, told: str) -> bool:
    """Whether a header holds a text (``name: text``), or is absent (``!name``)."""
    if told.startswith("!"):
        return told[1:] not in answer.headers
    name, _, text = told.partition(": ")
    return not told or (name in answer.headers and text in answer.headers[name])
