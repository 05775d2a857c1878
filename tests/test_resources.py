"""resources: one thing, whole, as the files say it."""

from pathlib import Path

from compgraph.graph import open_graph

DATA = """\
@prefix cg: <https://w3id.org/compgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
@prefix x: <https://w3id.org/compgraph/id/x/> .
<https://w3id.org/compgraph/id/x> a cg:Framework ; skos:prefLabel "X"@en .
x:a a cg:Competency ; skos:prefLabel "Care"@en ; skos:inScheme <https://w3id.org/compgraph/id/x> .
x:b a cg:Competency ; skos:prefLabel "Tact"@en ; skos:inScheme <https://w3id.org/compgraph/id/x> .
x:c a cg:Competency ; skos:prefLabel "Speed"@en ; skos:inScheme <https://w3id.org/compgraph/id/x> .
x:1 a sssom:Mapping ; sssom:subject_id x:a ; sssom:predicate_id skos:exactMatch ; sssom:object_id x:b ;
    sssom:predicate_modifier "Not" ; sssom:comment "Other things." .
x:2 a sssom:Mapping ; sssom:subject_id x:c ; sssom:predicate_id skos:narrowMatch ; sssom:object_id x:a .
"""


def test_a_link_that_is_denied_is_told_so_and_last(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.ttl").write_text(DATA)
    with open_graph(tmp_path, bundled=False) as graph:
        links = [(link.relation, link.other, link.comment) for link in graph.show("Care").links]
        back = [link.relation for link in graph.show("Tact").links]
    assert links == [("part of something broader", "Speed", ""), ("not: exact match", "Tact", "Other things.")]
    assert back == ["not: exact match"]
