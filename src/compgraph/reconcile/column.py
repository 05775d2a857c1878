"""The names in somebody's column to what each may mean."""

from collections.abc import Sequence

from compgraph.reconcile.candidates import Candidate, Constraint, Query
from compgraph.reconcile.entries import TYPES
from compgraph.reconcile.reconciler import Reconciler
from compgraph.store import Progress, Store
from compgraph.terms import FRAMEWORK, words


def type_names() -> dict[str, str]:
    """The classes whose members can be reconciled, the most usual first, by the name that options give them."""
    return {words(type_).replace(" ", "-"): type_ for type_ in TYPES}


def column_candidates(
    store: Store,
    names: Sequence[str],
    *,
    type_: str,
    framework: str | None = None,
    frameworks: Sequence[str] | None = None,
    limit: int = 5,
    progress: Progress = lambda _stage, _done, _all: None,
) -> list[tuple[Candidate, ...]]:
    """What each name may mean, best first; ``type_`` is a key of ``type_names``.

    Only what is in the one ``framework`` is meant, or for each name what is in its own of the ``frameworks``, where
    that is not empty. Raises ResolveError for a framework that there is not, QueryError if the graph can't be read.
    """
    only = store.names.resolve(framework, kind=FRAMEWORK).iri if framework else ""
    homes = [only] * len(names) if frameworks is None else frameworks
    queries = [
        Query(name, (type_names()[type_],), (Constraint("framework", (home,)),) if home else (), limit)
        for name, home in zip(names, homes, strict=True)
    ]
    return list(Reconciler(store).all_candidates(queries, progress))
