"""What is expected at each level, as a rubric: a criterion for each competency, a criterion level for each cell."""

from collections.abc import Iterator
from itertools import groupby

from compgraph.exchange.case.nodes import Json, Nodes, Object, stated
from compgraph.exchange.identifiers import uuid_of
from compgraph.exchange.outline import Cell, cells
from compgraph.terms import (
    AT_LEVEL,
    DESCRIPTOR,
    EXPECTED_PROFICIENCY,
    FOR_ROLE,
    IS_PART_OF,
    OF_COMPETENCY,
    RDF_TYPE,
)


def rubrics(nodes: Nodes) -> Iterator[Object]:
    """The one rubric of a framework with expectations, none of another."""
    held = [cell for cell in cells(nodes.reader) if cell.competency]
    if not held:
        return
    identifier = uuid_of(f"{nodes.framework} CFRubric")
    address = nodes.address("CFRubrics", identifier)
    by_competency = groupby(held, key=lambda cell: cell.competency)
    criteria: list[Json] = [
        _criterion(nodes, (identifier, address), number, competency, list(group))
        for number, (competency, group) in enumerate(by_competency, 1)
    ]
    yield {
        "identifier": identifier,
        "uri": address,
        "title": str(nodes.link(nodes.framework)["title"]),
        "description": "What is expected in each competency, by level or role.",
        "lastChangeDateTime": nodes.changed(),
        "CFRubricCriteria": criteria,
    }


def _criterion(nodes: Nodes, rubric: tuple[str, str], number: int, competency: str, held: list[Cell]) -> Object:
    identifier = uuid_of(f"{competency} CFRubricCriterion")
    levels: list[Json] = [_level(nodes, identifier, position, cell) for position, cell in enumerate(held, 1)]
    return {
        "identifier": identifier,
        "uri": f"{rubric[1]}#{identifier}",
        "description": str(nodes.link(competency)["title"]),
        "CFItemURI": nodes.link(competency),
        "position": number,
        "rubricId": rubric[0],
        "lastChangeDateTime": nodes.changed(),
        "CFRubricCriterionLevels": levels,
    }


def _level(nodes: Nodes, criterion: str, position: int, cell: Cell) -> Object:
    """One cell; the mastery that it asks for stands in brackets behind the level, as a text."""
    reader = nodes.reader
    reader.take_all(cell.iri, RDF_TYPE, IS_PART_OF, OF_COMPETENCY, AT_LEVEL, FOR_ROLE, EXPECTED_PROFICIENCY)
    audience, proficiency = (str(nodes.link(end)["title"]) if end else "" for end in (cell.audience, cell.proficiency))
    return stated(
        {
            "identifier": uuid_of(cell.iri),
            "uri": cell.iri,
            "description": reader.text(cell.iri, DESCRIPTOR, nodes.language),
            "quality": f"{audience} ({proficiency})" if proficiency else audience,
            "position": position,
            "rubricCriterionId": criterion,
            "lastChangeDateTime": nodes.changed(cell.iri),
        }
    )
