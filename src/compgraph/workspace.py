"""Where the files are: compgraph's own folders, and a user's beside them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from compgraph.errors import WorkspaceError

FOLDERS = ("ontology", "data", "queries", "shapes")
RDF_SUFFIXES = frozenset({".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf", ".owl"})
SSSOM_SUFFIX = ".sssom.tsv"

_OTHER_RDF = RDF_SUFFIXES | {".json", ".n3", ".xml"}
_RDF_ENDINGS = f"RDF ends in {', '.join(sorted(RDF_SUFFIXES))}, in small letters"
_LOOKS_READ = {
    "ontology": (_OTHER_RDF, f"{_RDF_ENDINGS}."),
    "data": (
        RDF_SUFFIXES | {".csv", ".json", ".n3", ".xlsx", ".xml"},
        f"{_RDF_ENDINGS}; of sheets, compgraph import makes it.",
    ),
    "queries": (frozenset({".rq", ".sparql"}), "Questions end in .rq."),
    "shapes": (_OTHER_RDF, "Shapes are Turtle, and end in .ttl."),
    "mappings": (frozenset({".tsv"}), f"Mapping sets stand in data/mappings/ and end in {SSSOM_SUFFIX}."),
}
# Loaded on request only: our terms beside those of other vocabularies.
ON_REQUEST = "alignments.ttl"


class Workspace(NamedTuple):
    """The folders that make up one graph, compgraph's own first."""

    roots: tuple[Path, ...]

    def ontology(self) -> Iterator[Path]:
        """The files of terms and axioms, in a fixed order."""
        return (path for path in self._files("ontology", RDF_SUFFIXES) if path.name != ON_REQUEST)

    def data(self) -> Iterator[Path]:
        """The files of frameworks, in a fixed order."""
        return self._files("data", RDF_SUFFIXES)

    def mappings(self) -> Iterator[Path]:
        """The SSSOM files, in a fixed order."""
        return (path for path in self._files("data", frozenset({".tsv"})) if path.name.endswith(SSSOM_SUFFIX))

    def questions(self) -> Iterator[Path]:
        """The files of canned questions, in a fixed order."""
        return self._files("queries", frozenset({".rq"}))

    def shapes(self) -> Iterator[Path]:
        """The files of SHACL shapes, in a fixed order."""
        return self._files("shapes", frozenset({".ttl"}))

    def rule_page(self, rule: str) -> Path | None:
        """The page of one of compgraph's own rules, if it has one."""
        pages = (root / "docs/rules" / f"{rule}.md" for root in self.roots)
        return next((page for page in pages if page.is_file()), None)

    def inputs(self) -> Iterator[Path]:
        """Every file that the snapshot is made of."""
        yield from self.ontology()
        yield from self.data()
        yield from self.mappings()
        yield from self.questions()

    def unread(self) -> Iterator[tuple[Path, str]]:
        """The files of a user that look as if they were read, and are not; each with what to do about it."""
        read = {*self.inputs(), *self.shapes()}
        for root in self.roots:
            for folder, (suffixes, hint) in _LOOKS_READ.items() if root != own() else ():
                for path in sorted(set((root / folder).rglob("*")) - read):
                    if path.suffix.lower() in suffixes and path.name != ON_REQUEST:
                        yield path, hint
                    elif folder == "data" and path.suffix == ".tsv" and path.read_bytes()[:1] == b"#":
                        yield path, _LOOKS_READ["mappings"][1]

    def _files(self, folder: str, suffixes: frozenset[str]) -> Iterator[Path]:
        for root in self.roots:
            found = (root / folder).rglob("*")
            yield from sorted(path for path in found if path.suffix in suffixes and not path.name.startswith("."))


def find(folder: Path | None = None, *, bundled: bool = True) -> Workspace:
    """The workspace of ``folder`` together with compgraph's own folders, or without them if not ``bundled``.

    Raises WorkspaceError if the folder has none of the folders that a workspace is made of.
    """
    roots = [own()] if bundled else []
    if folder is not None:
        roots.append(_checked(folder.resolve()))
    if not roots:
        raise WorkspaceError("Without compgraph's own data nothing is left: name a folder with --workspace DIR.")
    return Workspace(tuple(dict.fromkeys(roots)))


def own() -> Path:
    """The folder that holds compgraph's own ontology, data, shapes and questions.

    In a checkout it is the checkout (the one we stand in before the one we were installed from), elsewhere what
    travelled inside the wheel.
    """
    here = Path(__file__).resolve().parent
    current = Path.cwd()
    for candidate in (current, *current.parents, here.parents[1]):
        if _is_checkout(candidate):
            return candidate
    return here / "bundle"


def _is_checkout(folder: Path) -> bool:
    return (folder / "ontology/compgraph.ttl").is_file() and (folder / "src/compgraph/workspace.py").is_file()


def _checked(folder: Path) -> Path:
    if not folder.is_dir():
        raise WorkspaceError(f"{folder} is not a folder. A workspace is a folder with {_list()}.")
    if not any((folder / name).is_dir() for name in FOLDERS):
        raise WorkspaceError(f"{folder} holds none of the folders of a workspace: {_list()}. Make at least one.")
    return folder


def _list() -> str:
    return ", ".join(f"{name}/" for name in FOLDERS[:-1]) + f" or {FOLDERS[-1]}/"
