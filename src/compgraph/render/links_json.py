"""Why two things are linked, for programs: every IRI in full, null where nothing is stated."""

import json

from compgraph.links import Chain, Evidence, Explanation, Step, Thing
from compgraph.store.proofs import Proof


def links_json(found: Explanation | Proof | None) -> str:
    """An explanation: the chains with their steps, the proofs with their premises. A proof; null if there is none."""
    told = _explanation(found) if isinstance(found, Explanation) else _proof(found) if found else None
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _explanation(found: Explanation) -> dict[str, object]:
    return {
        "start": _thing(found.start),
        "end": _thing(found.end),
        "hops": found.hops,
        "chains": [_chain(chain) for chain in found.chains],
        "more_chains": found.is_capped,
        "inferred": [_proof(proof) for proof in found.inferred],
        "both_in": [_thing(thing) for thing in found.containers],
        "none_found": [{"of": _thing(each.thing)} | _evidence(each.evidence) for each in found.none_found],
    }


def _thing(thing: Thing) -> dict[str, str]:
    return {"iri": thing.iri, "label": thing.label, "framework": thing.framework}


def _chain(chain: Chain) -> dict[str, object]:
    computed = {"confidence": chain.confidence or None, "is_computed": len(chain.steps) > 1}
    return {"length": len(chain.steps)} | computed | {"steps": [_step(step) for step in chain.steps]}


def _step(step: Step) -> dict[str, object]:
    told = {"relation": step.relation, "predicate": step.predicate, "is_turned": step.is_turned}
    return told | {"is_judgement": step.is_judgement, "end": _thing(step.end)} | _evidence(step.evidence)


def _evidence(rests_on: Evidence) -> dict[str, object]:
    return {
        "record": rests_on.record or None,
        "confidence": rests_on.confidence or None,
        "authors": rests_on.authors,
        "justification": rests_on.justification or None,
        "date": rests_on.date or None,
        "comment": rests_on.comment or None,
        "locators": rests_on.locators,
        "sources": rests_on.sources,
    }


def _proof(proof: Proof) -> dict[str, object]:
    return {
        "subject": proof.subject.value,
        "predicate": proof.predicate,
        "object": proof.object.value,
        "axiom": proof.axiom,
        "premises": [_proof(premise) for premise in proof.premises],
    }
