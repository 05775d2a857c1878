"""What is done to the cut of a mapping set, and the rule that must notice."""

from tests.mutants.edits import Mutation
from tests.mutants.rows import again, cells, headless

ANY = ""
MATCH = "skos:(?!mappingRelation)"
NONE = "skos:mappingRelation"
NOT_CLOSE = "skos:(?!mappingRelation|closeMatch)"
PROGRESS = "cg:progressesTo"
"""Which rows: what their predicate begins with."""

_BROAD, _EXACT = {"predicate_id": "skos:broadMatch"}, {"predicate_id": "skos:exactMatch"}
_NOTHING = {"predicate_id": "skos:mappingRelation", "object_id": "sssom:NoTermFound", "object_label": ""}
_TURNED = {"subject_id": "{object_id}", "object_id": "{subject_id}"}

MUTATIONS = (
    Mutation("confidence lost", "Mapping-confidence", cells(ANY, {"confidence": ""})),
    Mutation("confidence too great", "Mapping-confidence-range", cells(ANY, {"confidence": "1.5"})),
    Mutation("confidence in words", "File-readable", cells(ANY, {"confidence": "high"})),
    Mutation("author lost", "Mapping-author", cells(ANY, {"author_label": ""})),
    Mutation("justification lost", "File-readable", cells(ANY, {"mapping_justification": ""})),
    Mutation("predicate lost", "File-readable", cells(ANY, {"predicate_id": ""})),
    Mutation("record without a name", "File-readable", cells(ANY, {"record_id": ""})),
    Mutation("prefix unknown", "File-readable", cells(ANY, {"subject_id": "nowhere:thing"})),
    Mutation("predicate unknown", "Mapping-predicate-known", cells(MATCH, {"predicate_id": "skos:closelyMatch"})),
    Mutation("predicate of hierarchy", "Mapping-predicate-known", cells(MATCH, {"predicate_id": "skos:broader"})),
    Mutation("object that is not there", "Match-end", cells(MATCH, {"object_id": "{object_id}x"}, "subject_id")),
    Mutation("subject that is not there", "Match-start", cells(MATCH, {"subject_id": "{subject_id}x"}, "subject_id")),
    Mutation("none found for nothing", "Mapping-end", cells(NONE, {"subject_id": "{subject_id}x"})),
    Mutation("mapped to itself", "Match-self", cells(MATCH, {"object_id": "{subject_id}"}, "subject_id")),
    Mutation("object elsewhere", "Mapping-object-elsewhere", cells(MATCH, {"object_id": "{subject_id}"})),
    Mutation("kinds mixed", "Match-kinds", cells(MATCH, {"object_id": "{ProficiencyLevel}"}, "subject_id")),
    Mutation("label of the subject out of date", "Mapping-subject-label", cells(ANY, {"subject_label": "Another"})),
    Mutation("label of the object out of date", "Mapping-object-label", cells(MATCH, {"object_label": "Another"})),
    Mutation("no exact one found", "Mapping-object-relation", cells(NONE, _EXACT)),
    Mutation("same pair twice", "Mapping-pair-taken", again(MATCH, {})),
    Mutation("exact and something else", "Mapping-pair-taken", again(MATCH, _EXACT)),
    Mutation("none found beside a match", "Mapping-contradiction", again(MATCH, _NOTHING)),
    Mutation(
        "two predicates", "Match-two-predicates", again(NOT_CLOSE, {"predicate_id": "skos:closeMatch"}, "subject_id")
    ),
    Mutation("exact and broad", "Match-clash", again(MATCH, _EXACT, "subject_id", before=_BROAD)),
    Mutation("exact twins", "Match-twins", again(MATCH, {"object_id": "{Competency}"}, "subject_id", before=_EXACT)),
    Mutation("circle of broader matches", "Match-circle", again(MATCH, _TURNED, "subject_id", before=_BROAD)),
    Mutation("progress there and back", "Progression-back", again(PROGRESS, _TURNED, "object_id")),
    Mutation("day of the judgement lost", "Mapping-date-stated", headless("mapping_date", ANY)),
    Mutation("none found, but where", "Mapping-object-source", headless("object_source", NONE)),
)
