"""Questions as triples, so that they can be queried like all else.

Each is a ``sh:SPARQLExecutable`` (SHACL, section 5.2.1; SHACL Advanced Features, section 5) as the vocabulary of
sparql-examples describes queries, with parameters as in SHACL, section 6.2, and columns as in CSV on the Web.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from compgraph.errors import QuestionError
from compgraph.questions.header import ANY, CHOICE, KINDS, NUMBER, Parameter, Question
from compgraph.terms import DCTERMS, ID, PREF_LABEL, PREFIXES, RDF, RDF_TYPE, RDFS, SH, SKOS, SPARQL_ENDPOINT, XSD

QUESTION = PREFIXES["question"]
PARAMETER = ID + "parameter/"
"""Begins the property that a parameter gives: its local name is the parameter's name (SHACL, section 6.2.1)."""

_CSVW = PREFIXES["csvw"]
_SCHEMA = PREFIXES["schema"]
_LANGUAGE = "en"
_PREFIX = re.compile(r"^\s*PREFIX\s+([\w.\-]*):\s*<([^<>]*)>", re.IGNORECASE | re.MULTILINE)

Fact = tuple[str, NamedNode | Literal]
"""A predicate and its value."""


def question_triples(questions: Iterable[Question]) -> Iterator[Triple]:
    """Everything that the files of some questions say, as triples without blank nodes.

    Raises QuestionError for an example that is no IRI.
    """
    for question in questions:
        iri = QUESTION + quote(question.name, safe="")
        yield from _about(iri, _facts(question))
        yield from _prefixes(iri, question)
        for order, parameter in enumerate(question.parameters, 1):
            yield from _parameter(iri, order, question, parameter)
        for order, (name, meaning) in enumerate(question.columns.items(), 1):
            yield from _column(iri, order, name, meaning)


def _facts(question: Question) -> Iterator[Fact]:
    yield RDF_TYPE, NamedNode(SH + "SPARQLExecutable")
    yield RDF_TYPE, NamedNode(SH + "SPARQLSelectExecutable")
    yield PREF_LABEL, _said(question.title)
    yield RDFS + "comment", _said(question.question)
    yield DCTERMS + "identifier", Literal(question.name)
    yield DCTERMS + "description", _said(question.description)
    yield SKOS + "scopeNote", _said(question.misread)
    yield _SCHEMA + "target", NamedNode(SPARQL_ENDPOINT)
    for tag in question.tags:
        yield _SCHEMA + "keywords", Literal(tag)
    yield SH + "select", Literal(question.query)


def _prefixes(iri: str, question: Question) -> Iterator[Triple]:
    """Of each question its own: two files may mean different things by one prefix."""
    declared = _declared(question)
    yield from _about(iri, [(SH + "prefixes", NamedNode(f"{iri}.prefixes"))] if declared else [])
    for name, start in declared.items():
        declaration = f"{iri}.prefix.{name}"
        yield from _about(f"{iri}.prefixes", [(SH + "declare", NamedNode(declaration))])
        yield from _about(
            declaration,
            [
                (RDF_TYPE, NamedNode(SH + "PrefixDeclaration")),
                (SH + "prefix", Literal(name)),
                (SH + "namespace", Literal(start, datatype=NamedNode(XSD + "anyURI"))),
            ],
        )


def _parameter(question_iri: str, order: int, question: Question, parameter: Parameter) -> Iterator[Triple]:
    iri = f"{question_iri}.parameter.{parameter.name}"
    declared = _declared(question)
    yield from _about(question_iri, [(SH + "parameter", NamedNode(iri))])
    facts: list[Fact] = [
        (RDF_TYPE, NamedNode(SH + "Parameter")),
        (SH + "path", NamedNode(PARAMETER + parameter.name)),
        (SH + "name", Literal(parameter.name)),
        (SH + "description", _said(parameter.description)),
        (SH + "order", Literal(order)),
        (SH + "optional", Literal(parameter.default is not None)),
        *_range(parameter),
    ]
    # An open parameter has no value: what stands in the file is UNDEF.
    if parameter.default not in (None, ANY):
        facts.append((SH + "defaultValue", _value(question, parameter, str(parameter.default), declared)))
    if parameter.example != ANY:
        facts.append((SKOS + "example", _value(question, parameter, parameter.example, declared)))
    yield from _about(iri, facts)
    if parameter.kind == CHOICE:
        yield from _choices(iri, parameter.choices)


def _range(parameter: Parameter) -> Iterator[Fact]:
    """What a parameter takes: an IRI, of a class if it names one, or a literal."""
    if parameter.kind in KINDS:
        yield SH + "nodeKind", NamedNode(SH + "IRI")
        if class_ := KINDS[parameter.kind]:
            yield SH + "class", NamedNode(class_)
    else:
        yield SH + "datatype", _datatype(parameter)


def _choices(iri: str, choices: tuple[str, ...]) -> Iterator[Triple]:
    """The list of what can be chosen, its links named like all else."""
    links = [NamedNode(f"{iri}.choice.{number}") for number in range(1, len(choices) + 1)]
    yield from _about(iri, [(SH + "in", links[0])])
    for link, choice, rest in zip(links, choices, [*links[1:], NamedNode(RDF + "nil")], strict=True):
        yield from _about(link.value, [(RDF + "first", Literal(choice)), (RDF + "rest", rest)])


def _column(question_iri: str, order: int, name: str, meaning: str) -> Iterator[Triple]:
    iri = f"{question_iri}.column.{name}"
    yield from _about(question_iri, [(_CSVW + "column", NamedNode(iri))])
    yield from _about(
        iri,
        [
            (RDF_TYPE, NamedNode(_CSVW + "Column")),
            (_CSVW + "name", Literal(name)),
            (DCTERMS + "description", _said(meaning)),
            (SH + "order", Literal(order)),
        ],
    )


def _value(question: Question, parameter: Parameter, text: str, declared: Mapping[str, str]) -> NamedNode | Literal:
    """What a user would give for a parameter, as an RDF term; a name that is no identifier stays a text."""
    if parameter.kind not in KINDS:
        return Literal(text, datatype=_datatype(parameter))
    prefix, _, local = text.partition(":")
    iri = text[1:-1] if text.startswith("<") else declared.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
    if not text.startswith("<") and prefix not in declared:
        return Literal(text)
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QuestionError(
            f"queries/{question.name}.rq: {text!r}, given for {parameter.name}, is no IRI ({error}): correct it."
        ) from error


def _datatype(parameter: Parameter) -> NamedNode:
    return NamedNode(XSD + ("decimal" if parameter.kind == NUMBER else "string"))


def _declared(question: Question) -> dict[str, str]:
    """The prefixes that a query declares, name to IRI."""
    return dict(_PREFIX.findall(question.query))


def _said(text: str) -> Literal:
    return Literal(text, language=_LANGUAGE)


def _about(iri: str, facts: Iterable[Fact]) -> Iterator[Triple]:
    return (Triple(NamedNode(iri), NamedNode(predicate), value) for predicate, value in facts)
