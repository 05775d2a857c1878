"""Which of several formats a client wants: by extension, by ``_mediatype``, by Accept (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from starlette.requests import Request

from compgraph.serve.problems import Problem

PARAMETER = "_mediatype"
"""The query parameter that beats the header (W3C Content Negotiation by Profile, section 7)."""

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^;]*)*)")
_QUALITY = re.compile(r";\s*q\s*=\s*([0-9.]+)\s*(?=;|$)", re.IGNORECASE)


class Format(NamedTuple):
    """One way in which an answer can be written."""

    name: str
    """as it stands behind the dot of an extension"""
    media_type: str
    """as it is asked for"""
    also: tuple[str, ...] = ()
    """Media types by which it is asked for too, though it is never called so."""

    @property
    def content_type(self) -> str:
        """The media type as the answer says it, with the encoding where that is not fixed by the type."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


class _Range(NamedTuple):
    type_: str
    subtype: str
    quality: float

    def fits(self, format_: Format) -> int:
        """How closely this names a format: 0 if not at all, 4 if by its own name."""
        named = f"{self.type_}/{self.subtype}"
        if named == format_.media_type:
            return 4
        if named in format_.also:
            return 3
        if self.subtype != "*":
            return 0
        return 2 if self.type_ == format_.media_type.partition("/")[0] else int(self.type_ == "*")


def chosen(accept: str | None, formats: Sequence[Format]) -> Format | None:
    """The format that an Accept header likes best, of equals the first; None if it takes none of them.

    A closer range counts before a wider one. Without a header all are as good.
    """
    if accept is None or not accept.strip():
        return formats[0]
    ranges = [found for part in accept.split(",") if (found := _range(part))]
    if not ranges:
        return None
    best = max(formats, key=lambda format_: _quality(format_, ranges))  # max keeps the first of equals
    return best if _quality(best, ranges) > 0 else None


def wanted(media_type: str, formats: Sequence[Format]) -> Format | None:
    """The format of this media type or short name."""
    asked = media_type.lower().replace(" ", "+")  # what a bare + in an address is decoded to
    return next((each for each in formats if asked in (each.media_type, each.name, *each.also)), None)


def asked_for(asked: Request, formats: Sequence[Format]) -> Format | None:
    """The format that a request asks for: by the parameter if that is given, else by the header; None if by neither."""
    named = asked.query_params.get(PARAMETER)
    return wanted(named, formats) if named else chosen(asked.headers.get("accept"), formats)


def negotiated(asked: Request, formats: Sequence[Format]) -> Format:
    """The format that a request asks for. Raises Problem with those that there are."""
    format_ = asked_for(asked, formats)
    if format_ is None:
        raise not_acceptable(formats)
    return format_


def not_acceptable(formats: Sequence[Format]) -> Problem:
    """What to answer where none of these is wanted: the list of them."""
    types = list(dict.fromkeys(each.media_type for each in formats))
    return Problem(406, f"This can be had as: {', '.join(types)}. Ask for one of these in Accept.", available=types)


def _quality(format_: Format, ranges: Sequence[_Range]) -> float:
    fits = [(found.fits(format_), found.quality) for found in ranges]
    closest, quality = max(fits)
    return quality if closest else 0.0


def _range(part: str) -> _Range | None:
    match = _RANGE.fullmatch(part)
    if match is None:
        return None
    found = _QUALITY.search(match[3])
    try:
        quality = float(found[1]) if found else 1.0
    except ValueError:
        return None
    return _Range(match[1].lower(), match[2].lower(), min(quality, 1.0))
