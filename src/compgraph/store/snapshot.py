"""What a snapshot is: everything derived from the files of a workspace, in a folder."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from compgraph.store.cache import remove
from compgraph.store.holds import Hold
from compgraph.workspace import Workspace

if TYPE_CHECKING:
    from pyoxigraph import Triple

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how many steps are behind, and how many there are."""
Reasoner = Literal["rules", "owlrl"]
"""What draws the conclusions: our own rules, or the reference reasoner, slower by far."""
Compile = Callable[[Workspace], bytes]
"""Makes an attachment: what a room above wants to keep ready in the snapshot."""


class Snapshot(NamedTuple):
    """A finished snapshot on disk."""

    folder: Path
    temporary: bool = False
    hold: Hold | None = None
    """What keeps others from removing it."""

    @property
    def store(self) -> Path:
        """The folder of the triple store."""
        return self.folder / "store"

    @property
    def names(self) -> Path:
        """The file of the index of names."""
        return self.folder / "names.sqlite"

    @property
    def ontology(self) -> Path:
        """The file of the ontology's triples (N-Triples), whose axioms a proof goes by."""
        return self.folder / "ontology.nt"

    @property
    def version(self) -> Path:
        """The file that holds a name for what the data says."""
        return self.folder / "version"

    def attachment(self, name: str) -> bytes:
        """What was kept under ``name`` when the snapshot was built."""
        return (self.folder / name).read_bytes()

    def discard(self) -> None:
        """Use the snapshot no more, and remove it if it was made for this run alone."""
        if self.hold:
            self.hold.let_go()
        if self.temporary:
            remove(self.folder)


Derived = Iterable["Triple"]
Derive = Callable[[Snapshot], Derived]
"""Makes triples that no file of data holds, from the attachments: what a room above has to say in the graph."""
