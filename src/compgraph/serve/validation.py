"""A document held against the rules, in a process that can be killed; nothing of it is kept."""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.requests import Request
from starlette.responses import Response

from compgraph.serve.bodies import media_type, text_of, while_there
from compgraph.serve.limits import Limits
from compgraph.serve.problems import Problem
from compgraph.serve.served import Served

SUFFIXES = {
    "text/turtle": ".ttl",
    "application/trig": ".trig",
    "application/n-triples": ".nt",
    "application/n-quads": ".nq",
    "application/ld+json": ".jsonld",
    "application/rdf+xml": ".rdf",
    "text/tab-separated-values": ".sssom.tsv",
}
"""What can be validated: media types, and the files that hold them. Tables are SSSOM."""

WORKER = Path(__file__).with_name("validation_worker.py")
_TOO_MUCH = (b"MemoryError", b"RecursionError")
"""What Python says when the limit is reached; others end by a signal."""


class Validator:
    """Validates documents against the rules of a workspace, so many at a time."""

    def __init__(self, roots: Sequence[Path], limits: Limits) -> None:
        self._roots = tuple(roots)
        self._limits = limits
        self._running = 0

    async def validate(self, asked: Request, _served: Served) -> Response:
        """The findings of ``compgraph validate --format json`` on the document that is sent."""
        kind = media_type(asked)
        if kind not in SUFFIXES:
            detail = f"Say in Content-Type what the document is: one of {', '.join(SUFFIXES)}."
            raise Problem(415, detail, accepted=list(SUFFIXES))
        limits = self._limits
        text = await text_of(asked, most=limits.document_bytes, seconds=limits.waiting_seconds)
        findings = await self.findings(asked, text, kind)
        return Response(findings, media_type="application/json", headers={"Cache-Control": "no-store"})

    async def findings(self, asked: Request, text: str, kind: str) -> bytes:
        """The findings on a document of a media type, as JSON. Raises Problem."""
        limits = self._limits
        if self._running >= limits.validations:
            detail = f"{limits.validations} documents are being validated, and no more may. Try again in a moment."
            raise Problem(503, detail, headers={"Retry-After": "5"})
        self._running += 1
        try:
            return await while_there(asked, self._findings(text, SUFFIXES[kind]))
        finally:
            self._running -= 1

    async def _findings(self, text: str, suffix: str) -> bytes:
        with TemporaryDirectory(prefix="compgraph-") as folder:
            document = Path(folder) / f"document{suffix}"
            document.write_text(text, encoding="utf-8", newline="")
            return await _checked(document, self._roots, self._limits)


async def _checked(document: Path, roots: Sequence[Path], limits: Limits) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        str(WORKER),
        document.name,
        str(limits.memory),
        *map(str, roots),
        cwd=document.parent,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(limits.validation_seconds):
            told, complaints = await process.communicate()
    except TimeoutError as error:
        detail = f"The validation took more than {limits.validation_seconds:g} s and was stopped. Send less at a time."
        raise Problem(503, detail, headers={"Retry-After": "60"}) from error
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return _read(told, complaints, process.returncode)


def _read(told: bytes, complaints: bytes, code: int | None) -> bytes:
    if code is None or code < 0 or any(error in complaints for error in _TOO_MUCH):
        detail = "The validation took too much memory, and was stopped. Send less at a time."
        raise Problem(503, detail, headers={"Retry-After": "60"})
    if code:
        raise RuntimeError(f"The process that validates ended with {code}: {complaints.decode(errors='replace')}")
    if "problem" in (answer := json.loads(told)):  # with what it is held against: of a document all is a finding
        raise Problem(500, answer["problem"])
    return told
