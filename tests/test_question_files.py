"""questions: a file whose header is wrong is refused, and says why; a workspace brings files of its own."""

from pathlib import Path

import pytest

from compgraph.cli import main
from compgraph.cli.commands.ask import _command
from compgraph.errors import FileError
from compgraph.graph import open_graph
from compgraph.questions import answer, read_question
from compgraph.questions.header import TAKEN
from compgraph.terms import ID

HEADER = """\
#+ title: T
#+ question: Q?
#+ description: D.
#+ parameters:
#+   it: {kind: competency, description: The one}
#+ columns:
#+   it: I
#+ tags: [a]
#+ misread: M.
SELECT ?it WHERE { VALUES (?it) { (<urn:x>) } ?it ?p ?o } ORDER BY ?it
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#+ title: T\n", "", "1?.*the header lacks 'title'"),
        ("#+ tags:", "#+ tag:", "unknown key 'tag'"),
        ("#+ tags: [a]", "#+ tags: [a", "the header is no YAML"),
        ("#+ tags: [a]", "#+ tags: []", "the header has no tag: name at least one"),
        ("kind: competency", "kind: colour", "parameter 'it' needs a kind"),
        ("description: The one", "description: The one, colour: x", "has an unknown key 'colour'"),
        ("kind: competency", "kind: choice", "needs choices if it is a choice"),
        ("VALUES (?it) { (<urn:x>) }", "", "parameter 'it' needs a line 'VALUES"),
        ("#+   it: {kind: competency, description: The one}\n", "", "VALUES gives \\?it, which the header"),
        ("#+   it: I\n", "#+   that: I\n", "describes the columns \\['that'\\], the query selects \\['it'\\]"),
    ],
)
def test_a_header_that_is_wrong_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "q.rq"
    assert old in HEADER
    path.write_text(HEADER.replace(old, new))
    with pytest.raises(FileError, match=rf"q\.rq.*{message}"):
        read_question(path)


@pytest.mark.parametrize("name", ["timeout", "Level", "_data"])
def test_a_parameter_that_could_not_be_given_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "q.rq"
    path.write_text(HEADER.replace("#+   it: {", f"#+   {name}: {{").replace("(?it)", f"(?{name})"))
    with pytest.raises(FileError, match=rf"q\.rq.*'{name}' becomes an option of compgraph ask.*Rename it"):
        read_question(path)


def test_no_option_of_ask_can_be_the_name_of_a_parameter(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(HEADER)
    asking = _command(read_question(path))
    options = {name.removeprefix("--") for each in [*asking.params, *main.params] for name in each.opts}
    callback = {each.name for each in asking.params if each.name}
    assert {name for name in options | callback if name.isidentifier()} - {"it", "no_bundled"} | {"help"} == TAKEN


def test_a_parameter_may_be_called_like_what_python_calls_its_own(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    text = HEADER.replace("<urn:x>", f"<{ID}california/thoroughness>")
    text = (
        text.replace("#+   it: {", "#+   question: {")
        .replace("(?it)", "(?question)")
        .replace("?it ?p ?o", "?question ?p ?it")
    )
    (tmp_path / "queries/mine.rq").write_text(text)
    with open_graph(tmp_path) as graph:
        assert graph.ask("mine", question="Thoroughness").rows


def test_a_workspace_brings_its_own_questions(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    text = HEADER.replace("<urn:x>", "<https://w3id.org/compgraph/id/california/thoroughness>")
    (tmp_path / "queries/mine.rq").write_text(text)
    with open_graph(tmp_path) as graph:
        assert "mine" in graph.questions.names() and "becomes" in graph.questions.names()
        rows = answer(graph.store, graph.questions["mine"], {"it": "Thoroughness"})
        assert rows.values()[0] == {"it": "https://w3id.org/compgraph/id/california/thoroughness"}
