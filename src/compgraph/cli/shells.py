"""How each shell asks for completions and is told them.

Click's own ways, made to hold for the values we have: with blanks, commas and colons (at which bash cuts
``california:thoroughness`` into three words), and after ``--option=``.
"""

import os
import re
from typing import NamedTuple

import click
from click.shell_completion import (
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

SHELLS = ("bash", "fish", "zsh")
_COMMAND = "compgraph"
_VARIABLE = "_COMPGRAPH_COMPLETE"

# What stands together in a line of bash: a blank, a quoted piece, the quote that opens one that is still open.
_PIECE = re.compile(r"\s+|\\.|'[^']*'|\"(?:[^\"\\]|\\.)*\"|.", re.DOTALL)
# What means something to bash between double quotation marks, and outside of any.
_TO_ESCAPE = {'"': re.compile(r'[\\"$`]'), "": re.compile(r"[^\w@%+=:,./\-]")}


class _Place(NamedTuple):
    """Where in a line of bash the cursor is."""

    arguments: list[str]
    """The words before, without the command itself."""
    word: str
    """The word so far, without quotes."""
    settled: str
    """The part of it that bash takes for a word of its own, and leaves as it is."""
    quote: str
    """The quotation mark that is still open, if one is."""


@add_completion_class
class Bash(ShellComplete):
    """Completion in bash (4.4 or newer), from the whole line, as it is before bash cuts it at colons."""

    name = "bash"
    source_template = """\
%(complete_func)s() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            dir,*) compopt -o dirnames ;;
            file,*) compopt -o default ;;
            plain,*) COMPREPLY+=("${line#plain,}") ;;
        esac
    done < <(COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_BREAKS="$COMP_WORDBREAKS" %(complete_var)s=bash_complete "$1")
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

    def complete(self) -> str:
        """What the script reads: a line for each completion, its type in front."""
        place = _place(os.environ["COMP_LINE"], os.environ["COMP_BREAKS"])
        items = self.get_completions(place.arguments, place.word)
        return "\n".join(f"{item.type},{_written(item.value, place)}" for item in items if _fits(item, place))


class _WholeWords(ShellComplete):
    """For shells that take a completion for the whole word, and would lose the ``--option=`` before a value."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """What click finds, as whole words."""
        option, equals, _ = incomplete.partition("=")
        items = super().get_completions(args, incomplete)
        if not (equals and option.startswith("-")):
            return items
        return [CompletionItem(f"{option}={item.value}", item.type, item.help) for item in items]


@add_completion_class
class Zsh(_WholeWords, ZshComplete):
    """Completion in zsh."""


@add_completion_class
class Fish(_WholeWords, FishComplete):
    """Completion in fish; click's script would cut a value at its first comma."""

    source_template = """\
function %(complete_func)s
    env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp | string collect) \\
        COMP_CWORD=(commandline -t | string collect) %(prog_name)s | while read --local line
        set --local parts (string split --max 1 , -- $line)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                echo $parts[2]
        end
    end
end
complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


def script(shell: str) -> str:
    """What one of SHELLS has to run to complete our command lines from then on."""
    class_ = get_completion_class(shell)
    assert class_ is not None  # noqa: S101  (SHELLS names ours and click's)
    return class_(click.Command(_COMMAND), {}, _COMMAND, _VARIABLE).source()


def _place(line: str, breaks: str) -> _Place:
    """What the line up to the cursor says; at ``breaks`` bash begins a new word."""
    start, settled, quote = 0, 0, ""
    for piece in _PIECE.finditer(line):
        if piece[0].isspace():
            start = settled = piece.end()
        elif piece[0] in ("'", '"'):
            settled, quote = piece.end(), piece[0]
            break
        elif piece[0] in breaks:
            settled = piece.end()
    word, front = (" ".join(split_arg_string(text)[:1]) for text in (line[start:], line[start:settled]))
    return _Place(split_arg_string(line[:start])[1:], word, _value(front), quote)


def _value(front: str) -> str:
    """The beginning of a value, without the option it is given to by ``--option=``."""
    return front.partition("=")[2] if front.startswith("-") else front


def _fits(item: CompletionItem[str], place: _Place) -> bool:
    """What bash has settled can't be changed any more."""
    return item.type != "plain" or item.value.startswith(place.settled)


def _written(value: str, place: _Place) -> str:
    """The part of a value that bash is to put in place, as it has to be written there."""
    rest = value.removeprefix(place.settled)
    if place.quote == "'":
        return rest.replace("'", "'\\''")
    return _TO_ESCAPE[place.quote].sub(r"\\\g<0>", rest)
