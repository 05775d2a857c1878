"""All questions of a workspace, read once and kept ready in the snapshot."""

import json
from collections.abc import Iterable, Iterator

from compgraph.errors import QuestionError
from compgraph.questions.header import Parameter, Question, read_question
from compgraph.store import Snapshot, Store
from compgraph.workspace import Workspace


def by_family(questions: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    """Questions under the names of their families, both in order."""
    families: dict[str, list[Question]] = {}
    for question in questions:
        families.setdefault(question.family, []).append(question)
    return sorted(families.items())


def compile_questions(workspace: Workspace) -> bytes:
    """The questions of a workspace, as the snapshot keeps them. Raises FileError for a file that is wrong.

    A workspace's own question takes the place of one of ours that has its name.
    """
    found = {path.stem: read_question(path) for path in workspace.questions()}
    entries = [found[name]._asdict() for name in sorted(found)]
    for entry in entries:
        entry["parameters"] = [parameter._asdict() for parameter in entry["parameters"]]
    return json.dumps(entries, ensure_ascii=False).encode()


class Library:
    """The questions that a snapshot, open or not, can be asked, by name."""

    def __init__(self, kept: Store | Snapshot) -> None:
        self._by_name = {entry["name"]: entry for entry in json.loads(kept.attachment("questions.json"))}

    def __iter__(self) -> Iterator[Question]:
        """The questions, by name."""
        return (self[name] for name in self.names())

    def names(self) -> list[str]:
        """Their names, in order."""
        return sorted(self._by_name)

    def __getitem__(self, name: str) -> Question:
        """The question of this name. Raises QuestionError with the nearest names if there is none."""
        if name not in self._by_name:
            raise QuestionError(self._unknown(name))
        entry = self._by_name[name]
        parameters = tuple(
            Parameter(**fields | {"choices": tuple(fields["choices"])}) for fields in entry["parameters"]
        )
        return Question(**entry | {"parameters": parameters, "tags": tuple(entry["tags"])})

    def _unknown(self, name: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(name, self._by_name, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "Run compgraph ask for the list."
        return f"No question is called {name!r}. {hint}"
