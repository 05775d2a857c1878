"""The lines of a query that give a parameter its value, such as ``VALUES (?level) { (california:level.manager) }``."""

import re
from collections.abc import Container, Mapping
from pathlib import Path

from compgraph.errors import FileError

_QUOTED = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
_VALUES = re.compile(
    rf"VALUES\s*\(\s*\?(\w+)\s*\)\s*\{{\s*\(\s*({_QUOTED}|<[^<>\s]*>|(?:[^\s()\"'\\]|\\.)+)\s*\)\s*\}}"
)
_BEGUN = re.compile(r"\bVALUES\s*(?:\(\s*\?(\w+)\s*\)|\([^()]*\)|\?\w+)")
_CLOSED = re.compile(rf"\s*\{{(?:{_QUOTED}|<[^<>\s]*>|[^{{}}\"'])*\}}")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
"""What an escape in a string stands for (SPARQL 1.1, section 19.7)."""


def examples(path: Path, text: str, declared: Container[str]) -> dict[str, str]:
    """The examples that a file has for its parameters, by name: a string as it reads, all else as it is written.

    Raises FileError, with the line, for a ``VALUES`` that nothing closes, one of the ``declared`` parameters that has
    several examples, and a string with an escape that SPARQL doesn't have.
    """
    found: dict[str, str] = {}
    for begun in _BEGUN.finditer(text):
        name, line = begun[1], text.count("\n", 0, begun.start()) + 1
        whole = _VALUES.match(text, begun.start())
        if whole:
            value = _value(path, whole[2], line)
            if found.setdefault(name, value) != value:
                problem = (
                    f"VALUES gives ?{name} the example {value!r}, and {found[name]!r} above. Give the same in both."
                )
                raise FileError(path, problem, line=line)
        elif name in declared or not _CLOSED.match(text, begun.end()):
            what = "is not closed" if name not in declared else "is not closed, or has not just one example"
            raise FileError(path, f"this VALUES {what}. Write 'VALUES (?name) {{ (<example>) }}'.", line=line)
    return found


def with_values(query: str, terms: Mapping[str, str]) -> str:
    """The query with these terms, as SPARQL writes them, in the place of the examples of their parameters."""

    def put(match: re.Match[str]) -> str:
        return f"VALUES (?{match[1]}) {{ ({terms[match[1]]}) }}" if match[1] in terms else match[0]

    return _VALUES.sub(put, query)


def _value(path: Path, term: str, line: int) -> str:
    if not term.startswith(('"', "'")):
        return term

    def sign(match: re.Match[str]) -> str:
        escape = match[1]
        code = int(escape[1:], 16) if len(escape) > 1 else None
        if (code is None and escape not in _ESCAPED) or (code is not None and not _is_character(code)):
            known = " ".join(f"\\{each}" for each in _ESCAPED)
            problem = f"SPARQL has no escape {match[0]} in a string. It has {known}, \\u and 4 or \\U and 8 digits."
            raise FileError(path, problem, line=line)
        return _ESCAPED[escape] if code is None else chr(code)

    return _ESCAPE.sub(sign, term[1:-1])


def _is_character(code: int) -> bool:
    return code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
