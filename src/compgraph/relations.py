"""The kinds of link in words, as they are seen from either end."""

RELATIONS = (
    "progresses to",
    "carried on from",
    "exact match",
    "close match",
    "part of something broader",
    "covers something narrower",
    "related",
    "none found",
)
"""Every kind: the strongest first, and last that none was found."""

_NAMES = {
    "exactMatch": ("exact match", "exact match"),
    "closeMatch": ("close match", "close match"),
    "broadMatch": ("part of something broader", "covers something narrower"),
    "narrowMatch": ("covers something narrower", "part of something broader"),
    "relatedMatch": ("related", "related"),
    "mappingRelation": ("none found", "none found"),
    "progressesTo": ("progresses to", "carried on from"),
}


def relation(predicate: str, *, forward: bool, denied: bool = False) -> str:
    """What the IRI of a link's predicate says, seen from the subject (``forward``) or from the object.

    With ``denied`` (``sssom:predicate_modifier``) it says that just that is not so.
    """
    ends = _NAMES.get(predicate.rpartition("#")[2], ("related", "related"))
    said = ends[0] if forward else ends[1]
    return f"not: {said}" if denied else said


def strength(said: str) -> int:
    """Where a relation in words stands in a list: the strongest first, and what is denied last."""
    return RELATIONS.index(said) if said in RELATIONS else len(RELATIONS)
