"""Turtle and TriG as no serializer writes them: every form of every term, nested, with odd gaps in between."""

from hypothesis import strategies as st

HEAD = 'PREFIX : <urn:x:> @prefix x: <http://x.example/> . @base <http://base.example/> . VERSION "1.2"\n'

_GAPS = st.sampled_from([" ", "\n", "\t", "\r\n", "  # a comment . ; [ \" <x> '''\n", ' #\n\n#"\n'])
_IRIS = st.sampled_from(
    [
        "<http://e.example/a#b>",
        "<c/d>",
        "<>",
        "<#é>",
        r"<http://e.example/\u00e9>",
        ":a",
        "x:b.c.d",
        "x:",
        ":%20.b",
        r":\~a\.",
        ":a:b",
        "x:été",
        "x:1",
        "x:a-b",
        "_:a",
        "_:b.c",
        "_:1-2",
    ]
)
_PREDICATES = st.sampled_from(["a", "<p>", "x:p.q", ":p", r"x:\#"])
_BARE = st.sampled_from(["1", "-1.5", "+.5", "1.e5", "1e-5", "12.0E+3", "true", "false"])
_TERMS = st.sampled_from(["<<( :a :b 1 )>>", '<<(_:x x:p <<( :a :b "." )>>)>>'])
_SUFFIXES = st.sampled_from(["", "@en", "@de-AT", "@en--ltr", "^^x:type", "^^<urn:type>"])
_QUOTES = st.sampled_from(['"', "'", '"""', "'''"])
_CHARACTERS = st.text(st.sampled_from(" ab\"'\\\n\r\t.;,[](){}<>#^@_:é\u2028😀"), max_size=8)
_ANNOTATIONS = st.sampled_from(["", "", "", "~ ", "~ :r ", "{| :a :b, [] |} ", "~ _:q {| a :b |} ~ :s {| x: 1 |}"])


@st.composite
def _literals(draw: st.DrawFn) -> str:
    quote, text = draw(_QUOTES), draw(_CHARACTERS).replace("\\", "\\\\").replace("\r", "\\r")
    if len(quote) == 1:
        text = text.replace(quote, rf"\{quote}").replace("\n", r"\n")
    else:
        text = text.replace(quote, rf"\u{ord(quote[0]):04x}\n").removesuffix(quote[0]).removesuffix(quote[0])
    suffix = draw(_SUFFIXES)
    if draw(st.booleans()):
        suffix = draw(_GAPS) + suffix.replace("^^", f"^^{draw(_GAPS)}")
    return f"{quote}{text}{quote}{suffix}"


def _is_short(literal: str) -> bool:
    """The parser knows no long strings in quoted triples."""
    return not literal.startswith(('"""', "'''"))


@st.composite
def _nodes(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.sampled_from(["iri", "iri", "[]", *["[", "(", "<<"] * (depth > 0)]))
    if kind == "iri":
        return draw(_IRIS)
    gap = draw(_GAPS)
    if kind == "[":
        return f"[{gap}{draw(_predicates(depth - 1))}{gap}]"
    if kind == "(":
        return f"({gap}{gap.join(draw(st.lists(_objects(depth - 1), max_size=3)))}{gap})"
    if kind == "<<":
        reifier = draw(st.sampled_from(["", " ~ :r", " ~ "]))
        object_ = draw(st.one_of(_literals().filter(_is_short), _nodes(0)))
        return f"<<{gap}{draw(_nodes(0))} {draw(_PREDICATES)} {object_}{reifier}{gap}>>"
    return f"[{gap}]"


def _objects(depth: int) -> st.SearchStrategy[str]:
    return st.one_of(_literals(), _BARE, _nodes(depth), _TERMS)


@st.composite
def _predicates(draw: st.DrawFn, depth: int = 2) -> str:
    """Predicates, each with its objects."""
    parts = []
    for predicate in draw(st.lists(_PREDICATES, min_size=1, max_size=3)):
        objects = draw(st.lists(_objects(depth), min_size=1, max_size=3))
        gaps = [draw(_GAPS) + draw(_ANNOTATIONS) for _ in objects]
        listed = f",{draw(_GAPS)}".join(f"{text}{gap}" for text, gap in zip(objects, gaps, strict=True))
        parts.append(f"{predicate}{draw(_GAPS)}{listed}")
    return f";{draw(_GAPS)}".join(parts) + draw(st.sampled_from(["", ";", " ; ;"]))


@st.composite
def _triples(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 4)) == 0:
        return f"[ {draw(_predicates(1))} ]{draw(_GAPS)}"
    return f"{draw(_nodes())}{draw(_GAPS)}{draw(_predicates())}{draw(_GAPS)}"


@st.composite
def _graphs(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["", "GRAPH :g", "x:g", "graph [ ]", "_:g", "[]"]))
    inside = f".{draw(_GAPS)}".join(draw(st.lists(_triples(), max_size=2)))
    end = draw(st.sampled_from(["", "."])) if inside else ""
    return f"{name}{draw(_GAPS)}{{{draw(_GAPS)}{inside}{end}}}"


_DIRECTIVES = st.sampled_from(["@prefix x: <urn:y:> .", "@prefix\nx:#.\n<urn:z:>\n.", "bAsE <http://e.example/f/>"])


@st.composite
def turtle(draw: st.DrawFn) -> str:
    """A whole file of Turtle."""
    statements = st.one_of(_DIRECTIVES, *[_triples().map("{}.".format)] * 4)
    return HEAD + draw(_GAPS).join(draw(st.lists(statements, max_size=4))) + draw(_GAPS).rstrip("\n")


@st.composite
def trig(draw: st.DrawFn) -> str:
    """A whole file of TriG."""
    statements = st.one_of(_DIRECTIVES, _triples().map("{}.".format), *[_graphs()] * 3)
    return HEAD + draw(_GAPS).join(draw(st.lists(statements, max_size=4))) + draw(_GAPS).rstrip("\n")
