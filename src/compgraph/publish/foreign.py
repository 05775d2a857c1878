"""The frameworks in the formats of others: files to take home, and the answers of the CASE service."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from compgraph.errors import ExchangeError
from compgraph.exchange import FORMATS, Contents, case
from compgraph.publish.bases import rebased_contents, rebased_json
from compgraph.publish.dumps import FOLDER
from compgraph.render.losses import losses_table
from compgraph.terms import BASE

PUBLISHED = ("case-1.0", "case-1.1", "ctdl-asn", "skos")
"""The formats of exchange that are published: those that programs of others take. JSON-LD is a dump."""
_CASE = {version.value: version for version in case.Version}


class Foreign(NamedTuple):
    """Files by path, and what could not be written, each with its reason and its cure."""

    files: dict[str, bytes]
    left_out: tuple[str, ...]


def foreign(frameworks: Iterable[Contents], base: str) -> Foreign:
    """Each framework in each format, with the reports of what was lost beside.

    ``frameworks`` are those to be published, in their order, before rebasing: a CASE identifier is made from our own
    IRI and does not change with the base. One that lacks what a format asks for is left out of it.
    """
    files: dict[str, bytes] = {}
    left_out: list[str] = []
    answering: dict[str, list[Contents]] = {name: [] for name in _CASE}
    for contents in frameworks:
        for name in PUBLISHED:
            try:
                files |= _files(contents, name, base)
            except ExchangeError as error:
                left_out.append(f"{contents.name} is not there in {name}: {error}")
            else:
                answering.get(name, []).append(contents)
    for name, version in _CASE.items():
        files |= _answers(answering[name], version, base)
    return Foreign(files, tuple(left_out))


def _files(contents: Contents, name: str, base: str) -> dict[str, bytes]:
    is_case = name in _CASE
    exported = FORMATS[name](contents if is_case else rebased_contents(contents, base))
    losses = {f"{FOLDER}{contents.name}.{name}.losses.tsv": losses_table(exported).encode()}
    files = {
        f"{FOLDER}{path}": _moved(content, base) if is_case else content for path, content in exported.files.items()
    }
    return files | losses


def _moved(content: bytes, base: str) -> bytes:
    if base == BASE:
        return content
    return (json.dumps(rebased_json(json.loads(content), base), ensure_ascii=False, indent=2) + "\n").encode()


def _answers(frameworks: list[Contents], version: case.Version, base: str) -> dict[str, bytes]:
    """Each answer at its own path; where that path is a folder too, at ``index.json`` in it."""
    if not frameworks:
        return {}
    answers = case.answers(frameworks, version)
    folders = {path.rpartition("/")[0] for path in answers}
    return {
        f"{path}/index.json" if path in folders else path: _compact(rebased_json(answer, base))
        for path, answer in answers.items()
    }


def _compact(value: object) -> bytes:
    """JSON for programs: thousands of answers, which nobody reads with bare eyes."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
