"""A file is written whole or not at all, whatever ends its writing."""

from __future__ import annotations

import ast
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from convista.errors import ConvistaError
from convista.whole_file import whole_file, write_file

SOURCE = Path(__file__).parents[1] / "src" / "convista"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    with whole_file(tmp_path / "x.csv") as draft:
        draft.write_text("half")
        assert not (tmp_path / "x.csv").exists()
        assert draft.parent == tmp_path
    assert names(tmp_path) == ["x.csv"]
    assert (tmp_path / "x.csv").read_text() == "half"


@pytest.mark.parametrize("ended_by", [KeyboardInterrupt, OSError, MemoryError])
def test_whatever_ends_it_leaves_the_file_before(ended_by: type[BaseException], tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("before")

    def begin() -> None:
        with whole_file(tmp_path / "x.csv") as draft:
            draft.write_text("half")
            draft.with_name(f"{draft.name}.aux.xml").touch()  # as GDAL does, and SQLite its journal
            raise ended_by

    with pytest.raises(ended_by):
        begin()
    assert names(tmp_path) == ["x.csv"]
    assert (tmp_path / "x.csv").read_text() == "before"


def test_it_may_lie_elsewhere_until_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with whole_file(tmp_path / "x", tmp_path / "kept") as draft:
        assert (names(tmp_path), len(names(tmp_path / "kept"))) == (["kept"], 1)
        draft.write_text("whole")
    assert (names(tmp_path), names(tmp_path / "kept")) == (["kept", "x"], [])


def test_two_that_write_the_same_file_do_not_meet(tmp_path: Path) -> None:
    with whole_file(tmp_path / "x") as first, whole_file(tmp_path / "x") as second:
        first.write_text("first")
        second.write_text("second")
    assert names(tmp_path) == ["x"]
    assert (tmp_path / "x").read_text() == "first"


def test_a_folder_that_vanishes_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()

    def begin() -> None:
        with whole_file(folder / "x"):
            shutil.rmtree(folder)

    with pytest.raises(FileNotFoundError):
        begin()


def test_what_cannot_be_is_told_before_anything_is_computed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path, kind in ((tmp_path / "nowhere" / "x", FileNotFoundError), (tmp_path / "folder", IsADirectoryError)):
        with pytest.raises(kind), whole_file(path):
            pytest.fail("computed")
    assert names(tmp_path) == ["folder"]


@pytest.mark.parametrize("name", ["x" * 255, "ñ" * 127, "z" * 251 + ".csv"])
def test_the_longest_names_are_possible(name: str, tmp_path: Path) -> None:
    write_file(tmp_path / name, "whole")
    assert names(tmp_path) == [name]


def test_others_may_read_the_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    assert write_file(tmp_path / "x", b"").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("content", ["ñ\n", "ñ\n".encode()])
def test_texts_are_written_as_they_are(content: str | bytes, tmp_path: Path) -> None:
    assert write_file(tmp_path / "x", content).read_bytes() == b"\xc3\xb1\n"


def test_a_full_disk_is_told_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write: Callable[[Path, bytes], int] = Path.write_bytes

    def full(path: Path, content: bytes) -> None:
        write(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ConvistaError, match=r"x cannot be written: No space left on device\. Free some space"):
        write_file(tmp_path / "x", b"whole")
    assert not names(tmp_path)


WRITES = {"write_text", "write_bytes", "savefig", "keep_style"}
"""What writes a file that is there already; inside `whole_file` it writes to the temporary one."""
ELSEWHERE = {"cli/filming/help.py"}
"""Where ``write_text`` is of click's formatter of help."""


def test_nothing_else_writes_files() -> None:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            where = f"{path.relative_to(SOURCE)}:{node.lineno}"
            if path.relative_to(SOURCE).as_posix() not in ELSEWHERE and node.func.attr in WRITES:
                target = node.args[0] if node.func.attr == "savefig" else node.func.value
                assert "draft" in ast.unparse(target), f"{where} writes in place: take whole_file"
            if ast.unparse(node.func) == "rasterio.open" and len(node.args) > 1:
                assert ast.unparse(node.args[0]) in {"draft", "self._strips"}, f"{where} writes in place"
