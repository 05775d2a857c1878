r"""Content negotiation (RFC 9110, section 12.5.1) by regular expressions, for servers that can do no sums.

For each format the server notes with what quality it is asked for: the narrowest range counts. The notes become one
text, as ``html=08 ttl=1 jsonld= rdf=095 nt=``: the digits of the quality without its point, nothing for what is not
acceptable. ``best`` then finds the greatest digit of those in front, among the formats that have it the greatest second
digit, and so on, and with these digits the first format that has them all: qualities count exactly, to the three
decimals that they can have, and among equals the order of our table counts.
"""

from compgraph.publish.servers.table import FORMATS, Format

ASKED = r"\s*(?<{name}>;[^,]*)?(?:,|$)"
REFUSED = r";\s*q\s*=\s*0?(?:\.0*)?\s*(?:;|$)"
"""Parameters that say that a format is not acceptable: a quality of 0."""
PARAMETER = "_mediatype"
"""The parameter of an address by which it asks for a format itself (Content Negotiation by Profile, section 8)."""
PART = r";\s*q\s*=\s*0?\.(?<{name}>[0-9]{{0,2}}[1-9])"
"""Parameters with a quality below 1, and its digits up to the last that counts: 0.90 is no more than 0.9."""


def ranges(each: Format) -> list[str]:
    """The media ranges that ask for a format, the narrowest first."""
    return [each.media_type, *each.also, f"{each.media_type.partition('/')[0]}/*", "*/*"]


def asks_for(media_range: str, name: str) -> str:
    """The expression that finds a range in an Accept header, and its parameters under a name."""
    text = "".join(rf"\{sign}" if sign in "+.*" else sign for sign in media_range)
    return rf"(?:^|,)\s*{text}" + ASKED.format(name=name)


def named_by_parameter(each: Format) -> str:
    """The expression of a value of ``_mediatype`` that names a format, encoded or not."""
    return "(?:" + "|".join(_encoded(name) for name in (each.media_type, *each.also)) + ")"


def _encoded(media_type: str) -> str:
    signs = {"/": "(?:/|%2F)", "+": r"(?:\+|%2B|%20)", ".": r"\."}
    return "".join(signs.get(sign, sign) for sign in media_type)


def _greatest(before: str, digits: str, *, or_none: bool) -> str:
    found = [rf".*?={before}({digit})" for digit in digits]
    return f"(?=(?|{'|'.join(found)}{f'|.*?={before}() ' if or_none else ''}))"


def best(name: str) -> str:
    """The expression that finds the best format in the text of the notes, under a name."""
    digits = "9876543210"
    looks = [_greatest("", "10", or_none=False)]
    looks += [_greatest("".join(rf"\{number}" for number in range(1, at)), digits, or_none=True) for at in (2, 3, 4)]
    return rf"^{''.join(looks)}(?:.*? )??(?<{name}>\w+)=\1\2\3\4 "


def notes(variable: str) -> str:
    """The text of the notes, whose variables have this pattern (``{}`` is the format)."""
    return "".join(f"{each.ending}={variable.format(each.ending)} " for each in FORMATS)
