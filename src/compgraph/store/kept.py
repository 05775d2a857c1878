"""The snapshot of a workspace: kept from an earlier run, or built aside and then put in place."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from compgraph.errors import SnapshotError
from compgraph.store import cache as caches
from compgraph.store.cache import Cache
from compgraph.store.holds import hold
from compgraph.store.snapshot import Compile, Derive, Progress, Reasoner, Snapshot
from compgraph.workspace import Workspace

_TRIES = 3
"""How often a snapshot is asked for that another process removes before it is held."""


def snapshot(
    workspace: Workspace,
    *,
    attachments: Mapping[str, Compile],
    derived: Mapping[str, Derive] = MappingProxyType({}),
    cache: Cache | None,
    reasoner: Reasoner = "rules",
    progress: Progress = lambda _stage, _done, _all: None,
) -> Snapshot:
    """The snapshot of a workspace: the kept one if no file has changed, else a new one.

    ``derived`` makes further graphs, by IRI. Without a ``cache`` it is built for this run alone; call ``discard`` in
    the end. Raises FileError or AxiomError for a file of the workspace that is wrong (nothing is kept then),
    SnapshotError if the disk refuses.
    """
    plan = _Plan(workspace, attachments, derived, reasoner, progress)
    if cache is None:
        return _temporary(plan)
    try:
        return _cached(plan, cache)
    except OSError as error:
        raise SnapshotError(
            f"The snapshot can't be kept in {cache.folder}: {error.strerror}. Free some space, point XDG_CACHE_HOME "
            "to a folder that can be written, or use --no-cache."
        ) from error


def kept_snapshot(workspace: Workspace, *, cache: Cache, reasoner: Reasoner = "rules") -> Snapshot | None:
    """The snapshot that is kept of a workspace, if no file has changed since; nothing is built, and nothing written."""
    stamps = caches.stamps(_inputs(workspace))
    known = cache.known(caches.workspace_name(workspace, reasoner), stamps)
    return Snapshot(known) if known else None


class _Plan(NamedTuple):
    """What a snapshot is to be made of, and how."""

    workspace: Workspace
    attachments: Mapping[str, Compile]
    derived: Mapping[str, Derive]
    reasoner: Reasoner
    progress: Progress

    def carry_out(self, folder: Path) -> None:
        """Build in an empty folder, or leave none behind."""
        from compgraph.store.build import build

        try:
            for name, compile_ in self.attachments.items():
                (folder / name).write_bytes(compile_(self.workspace))
            unfinished = Snapshot(folder)
            derived = {graph: tuple(derive(unfinished)) for graph, derive in self.derived.items()}
            build(unfinished, self.workspace, derived, self.reasoner, self.progress)
        except BaseException:
            caches.remove(folder)
            raise


def _temporary(plan: _Plan) -> Snapshot:
    from tempfile import mkdtemp

    folder = Path(mkdtemp(prefix="compgraph-"))
    plan.carry_out(folder)
    return Snapshot(folder, temporary=True)


def _cached(plan: _Plan, cache: Cache) -> Snapshot:
    for _ in range(_TRIES):
        folder = _kept_or_built(plan, cache)
        if taken := hold(folder):
            return Snapshot(folder, hold=taken)
    raise SnapshotError(
        f"Another process keeps clearing {cache.folder}. Try again once it has ended, or use --no-cache."
    )


def _kept_or_built(plan: _Plan, cache: Cache) -> Path:
    inputs = _inputs(plan.workspace)
    name = caches.workspace_name(plan.workspace, plan.reasoner)
    now, stamps = caches.now(), caches.stamps(inputs)
    if known := cache.known(name, stamps):
        return known
    key = caches.content_key(inputs, made_by=f"{_engine()} {plan.reasoner}")
    folder = cache.snapshot(key)
    if not folder.is_dir():
        folder = _build_aside(plan, cache, key)
    cache.remember(name, stamps, key, now=now)
    return folder


def _build_aside(plan: _Plan, cache: Cache, key: str) -> Path:
    with suppress(OSError):  # sweeping is a courtesy: another process may be sweeping too
        cache.sweep(now=caches.now())
    building = cache.building()
    taken = hold(building)
    try:
        plan.carry_out(building)
        return cache.finish(building, key)
    finally:
        if taken:
            taken.let_go()


def _inputs(workspace: Workspace) -> list[Path]:
    """What a snapshot depends on; in a checkout it must not outlive the program's own files either."""
    return [*workspace.inputs(), *sorted(Path(__file__).resolve().parents[1].rglob("*.py"))]


def _engine() -> str:
    from importlib.metadata import version

    return version("pyoxigraph")
