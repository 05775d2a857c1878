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
        ("#+ title: T\n", "", "1: the header lacks 'title'"),
        ("#+ tags:", "#+ tag:", "8: the header has an unknown key 'tag'"),
        ("#+ tags: [a]", "#+ tags: [a", "9: the header is no YAML"),
        ("#+ tags: [a]", "#+ tags: [a\a]", r"8: the header has the character U\+0007"),
        ("#+ tags: [a]", "#+ tags: " + "[" * 5000, "1: the header has too many brackets"),
        ("#+ title: T", "#+ title:", "1: 'title' is empty"),
        ("#+ question: Q?", "#+ question: ''", "2: 'question' is empty"),
        ("#+ description: D.", "#+ description: [D.]", "3: 'description' is empty, or no text"),
        ("#+ misread: M.", '#+ misread: " "', "9: 'misread' is empty"),
        ("#+   it: I", "#+   it:", "7: 'it' is empty"),
        ("#+ tags: [a]", "#+ tags: []", "8: 'tags' is empty"),
        ("#+ tags: [a]", "#+ tags: [a, '']", "8: a member of 'tags' is empty"),
        ("#+ title: T", "#+ title: T\n#+ title: U", "2: the header has the key 'title' twice"),
        ("#+   it: I", "#+   it: I\n#+   it: J", "8: 'columns' has the key 'it' twice"),
        ("description: The one", "description: The one, kind: level", "5: 'it' has the key 'kind' twice"),
        ("#+   it: {kind: competency, description: The one}", "#+   none", "5: 'parameters' is to have keys"),
        ("{kind: competency, description: The one}", "competency", "5: 'it' is to have keys"),
        ("kind: competency", "kind: colour", "5: parameter 'it' needs a kind"),
        (", description: The one", "", "5: parameter 'it' needs a kind .* and a description"),
        ("description: The one", "description: The one, colour: x", "5: parameter 'it' has an unknown key 'colour'"),
        ("kind: competency", "kind: choice", "needs choices if it is a choice"),
        (
            "kind: competency",
            "kind: choice, choices: [<urn:x>], default: b",
            "the default .* is one of <urn:x>, not 'b'",
        ),
        ("kind: competency", "kind: choice, choices: [a, b]", "the example in VALUES .* is one of a, b, not '<urn:x>'"),
        ("kind: competency", "kind: number, default: lots", "the default .* is a number such as 3 or 0.5, not 'lots'"),
        ("VALUES (?it) { (<urn:x>) }", "", "5: parameter 'it' needs a line 'VALUES"),
        (
            "VALUES (?it) { (<urn:x>) }",
            "VALUES (?it) { (<urn:x>)",
            "10: this VALUES is not closed, or has not just one",
        ),
        ("VALUES (?it) { (<urn:x>) }", "VALUES (?it) { (<urn:x>) (<urn:y>) }", "10: this VALUES .* has not just one"),
        ("ORDER BY", "VALUES ?other { <urn:x> ORDER BY", "10: this VALUES is not closed. Write"),
        ("ORDER", "\nVALUES (?it) { (<urn:y>) } ORDER", "11: VALUES gives .it the example '<urn:y>', and '<urn:x>' ab"),
        ("(<urn:x>)", '("\\x")', r"10: SPARQL has no escape \\x in a string"),
        ("(<urn:x>)", '("\\uD800")', r"10: SPARQL has no escape \\uD800 in a string"),
        ("(?it) {", "(?b) { (1) } VALUES (?a) { (1) } VALUES (?it) {", r"VALUES gives \?a and \?b, which the header"),
        (
            "#+   it: I\n",
            "#+   that: I\n",
            r"7: the header describes the columns \['that'\], the query selects \['it'\]",
        ),
    ],
)
def test_a_header_that_is_wrong_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "q.rq"
    assert old in HEADER
    path.write_text(HEADER.replace(old, new))
    with pytest.raises(FileError, match=rf"q\.rq:({message}|\d+: .*{message}| {message})"):
        read_question(path)


@pytest.mark.parametrize("none", ["#+ parameters: {}\n", "#+ parameters: { }\n"])
def test_a_question_without_parameters(tmp_path: Path, none: str) -> None:
    path = tmp_path / "q.rq"
    start, end = HEADER.index("#+ parameters:"), HEADER.index("#+ columns:")
    path.write_text((HEADER[:start] + none + HEADER[end:]).replace("VALUES (?it) { (<urn:x>) }", ""))
    assert read_question(path).parameters == ()


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
