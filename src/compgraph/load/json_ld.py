"""JSON-LD, as far as its parser needs help: it crashes on what is nested deeply, and keeps no places (JSON-LD 1.1)."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from compgraph.load.files import DEEPEST, file_error

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],]', re.DOTALL)
_NAMED = re.compile(r"'([^']+)'|(@\w+)")
_CLOSED = re.compile(r"\s*\}")


class _Text(NamedTuple):
    """A string that is a value: under which keys it stands, from the outermost, and where."""

    keys: tuple[str, ...]
    value: str
    offset: int
    is_alone: bool
    """whether its key is the only one of its object"""


def check_json_ld(path: Path, text: str) -> None:
    """Raises FileError for a remote context, which would have to be fetched, and for objects too deep in each other."""
    for found in _texts(path, text):
        if _names_context(found.keys):
            problem = (
                f"names a context elsewhere, {found.value!r}, and nothing is ever fetched. "
                "Put what that document has under @context in the place of its name."
            )
            raise file_error(path, problem, text, found.offset)


def json_ld_nodes(path: Path, text: str, iris: Collection[str]) -> dict[str, int]:
    """The offset of the identifier of each of these nodes: where it is described, else where it is first named."""
    texts = list(_texts(path, text))
    context = {found.keys[-1]: found.value for found in texts if found.keys[-2:-1] == ("@context",)}
    context |= {found.keys[-2]: found.value for found in texts if found.keys[-3::2] == ("@context", "@id")}
    identifiers = {"@id", *(key for key, value in context.items() if value == "@id")}
    named = [found for found in texts if found.keys[-1:] and found.keys[-1] in identifiers]
    nodes: dict[str, int] = {}
    for found in sorted(named, key=lambda found: (found.is_alone, found.offset)):
        iri = _expanded(found.value, context)
        if iri in iris and "@context" not in found.keys:
            nodes.setdefault(iri, found.offset)
    return nodes


def json_ld_mistake(text: str, message: str) -> int | None:
    """The offset of what the parser complains about without a place, if the text has it only once."""
    for value, keyword in _NAMED.findall(message):
        written = json.dumps(value or keyword, ensure_ascii=False)
        if text.count(written) == 1:
            return text.index(written)
    return None


def _names_context(keys: tuple[str, ...]) -> bool:
    return keys[-1:] == ("@context",) or (keys[-1:] == ("@import",) and "@context" in keys)


def _expanded(value: str, context: Mapping[str, str]) -> str:
    prefix, colon, local = value.partition(":")
    if colon and prefix in context and not local.startswith("//"):
        return context[prefix] + local
    return value if colon else urljoin(context.get("@base", ""), value)


def _texts(path: Path, text: str) -> Iterator[_Text]:
    """The strings that are values, in the order of the file, as far as the text is JSON."""
    keys: list[str | None] = []  # of each open bracket: the key that we are at, None between keys and in an array
    sizes: list[int] = []  # of each open bracket: the number of its keys, -1 for an array
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            if len(keys) == DEEPEST:
                problem = f"is nested deeper than {DEEPEST} brackets. Give the inner nodes an @id, and refer to it."
                raise file_error(path, problem, text, token.start())
            keys.append(None)
            sizes.append(0 if sign == "{" else -1)
        elif not keys:
            return
        elif sign in "}]":
            keys.pop()
            sizes.pop()
        elif sign == ",":
            keys[-1] = None
        elif sizes[-1] >= 0 and keys[-1] is None:
            keys[-1] = _string(sign)
            sizes[-1] += 1
        else:
            is_alone = sizes[-1] == 1 and _CLOSED.match(text, token.end()) is not None
            yield _Text(tuple(key for key in keys if key is not None), _string(sign), token.start(), is_alone)


def _string(written: str) -> str:
    try:
        return str(json.loads(written))
    except ValueError:  # the parser will say what is wrong
        return written
