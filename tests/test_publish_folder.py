"""Publishing: the folder is put in place whole or not at all, and nothing else is touched or left."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from compgraph.errors import PublishError
from compgraph.publish.folder import MARKER, write_whole
from compgraph.store.holds import hold


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_former_publication_is_replaced_whole(tmp_path: Path) -> None:
    place = tmp_path / "site"
    assert write_whole(place, [("a.html", b"1"), ("old/b.html", b"2"), (MARKER, b"")]) == 3
    write_whole(place, [("a.html", b"3"), (MARKER, b"")])
    assert _files(place) == {"a.html": b"3", MARKER: b""}
    assert list(tmp_path.iterdir()) == [place]
    assert place.stat().st_mode & 0o777 == 0o777 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_what_is_no_publication_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/chapter1.txt").write_text("years of work")
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "thesis")
    for name, why in (
        ("thesis", "holds files"),
        ("file", "is a file"),
        ("link", "is a link"),
        ("a/b", "does not exist"),
    ):
        with pytest.raises(PublishError, match=why):
            write_whole(tmp_path / name, [("a.html", b"1")])
    assert (tmp_path / "thesis/chapter1.txt").read_text() == "years of work"
    (tmp_path / "empty").mkdir()
    assert write_whole(tmp_path / "empty", [("a.html", b"1")]) == 1


def test_a_failure_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "site"
    write_whole(place, [("a.html", b"1"), (MARKER, b"")])

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"2"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(place, broken())
    assert _files(place) == {"a.html": b"1", MARKER: b""}
    assert list(tmp_path.iterdir()) == [place]
    with pytest.raises(PublishError, match="can't be written"):
        write_whole(place, [("a.html", b"2"), ("a.html", b"3")])
    assert (place / "a.html").read_bytes() == b"1"


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    place = tmp_path / "site"
    write_whole(place, [("a.html", b"1"), (MARKER, b"")])
    left, used = tmp_path / ".site.compgraph-left", tmp_path / ".site.compgraph-used"
    others = [tmp_path / name for name in (".site.backup", ".sites.compgraph-left", "site.compgraph-left")]
    for folder in (left, used, *others):
        (folder / "new").mkdir(parents=True)
    held = hold(used)
    assert held is not None
    write_whole(place, [("a.html", b"2"), (MARKER, b"")])
    assert {*tmp_path.iterdir()} == {place, used, *others}
    held.let_go()
    write_whole(place, [("a.html", b"3"), (MARKER, b"")])
    assert {*tmp_path.iterdir()} == {place, *others}


def test_a_publication_that_was_being_replaced_is_put_back(tmp_path: Path) -> None:
    place, aside = tmp_path / "site", tmp_path / ".site.compgraph-left"
    write_whole(place, [("a.html", b"1"), (MARKER, b"")])
    aside.mkdir()
    place.rename(aside / "old")  # killed between the two renames

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"2"
        raise OSError(28, "No space left on device")

    with pytest.raises(PublishError, match="No space left"):
        write_whole(place, broken())
    assert _files(place) == {"a.html": b"1", MARKER: b""}
    assert list(tmp_path.iterdir()) == [place]
