"""A workspace to begin with: the files of ``template/``, with the name of the framework filled in."""

import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from compgraph.errors import WorkspaceError
from compgraph.load import canonical_text
from compgraph.terms import PREFIXES
from compgraph.workspace import own

NAME, IDENTIFIER = "Workshop Competencies", "workshop"
"""What the framework is called where nobody says."""
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TAKEN = frozenset({*PREFIXES, "mappings", "record", "rule"})
_LONGEST = 100


def workspace_files(name: str, identifier: str) -> dict[str, bytes]:
    """The files of a new workspace, by their paths in it, for a framework of this name and identifier.

    Raises WorkspaceError for an identifier that is none or is taken, and for a name that a file can't hold.
    """
    _check(name, identifier)
    filled = ((_fill(path, name, identifier), _fill(text, name, identifier)) for path, text in _template())
    return {path: _canonical(path, text).encode() for path, text in filled}


def identifier_for(name: str) -> str:
    """The identifier that a framework of this name gets: ``Garden & Park`` gives ``garden-park``."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _check(name: str, identifier: str) -> None:
    if not _IDENTIFIER.fullmatch(identifier) or len(identifier) > _LONGEST:
        rule = "Write small letters and digits, a letter first, with single hyphens between"
        raise WorkspaceError(f"{identifier!r} can't be the identifier of a framework. {rule}: --id my-framework")
    if identifier in _TAKEN or (own() / "data" / f"{identifier}.ttl").exists():
        raise WorkspaceError(f"The identifier {identifier!r} is taken by compgraph itself. Choose another with --id.")
    if name != name.strip() or not name.isprintable() or set(name) & set('"\\{}<>') or not 0 < len(name) <= _LONGEST:
        rule = f"Write up to {_LONGEST} letters on one line, without quotation marks, backslashes or brackets"
        raise WorkspaceError(f"{name!r} can't be the name of a framework. {rule}: --name 'My Framework'")


def _template() -> Iterator[tuple[str, str]]:
    """The texts of the template, by path."""
    with as_file(files(__package__).joinpath("template")) as folder:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def _fill(text: str, name: str, identifier: str) -> str:
    return text.replace("{{id}}", identifier).replace("{{name}}", name)


def _canonical(path: str, text: str) -> str:
    """The text as tidy would write it: where the prefix of a framework stands depends on its name."""
    if not path.startswith("data/"):
        return text
    with TemporaryDirectory() as folder:
        aside = Path(folder) / path.rpartition("/")[2]
        aside.write_text(text, encoding="utf-8")
        return canonical_text(aside)
