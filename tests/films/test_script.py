"""There is one way to make a film: a stage says what a moment looks like, a script what happens."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import convista.films
from convista.films.film import Beat
from convista.films.script import Script, Stage, beat
from convista.films.stage.marks import Box, Rectangle
from convista.language import Text

ROOM = Path(convista.films.__file__).parent
MADE_HERE = {"film.py", "script.py", "export/document.py"}
"""Where films and steps may be put together: what they are, what writes them, what reads them from a file."""


def put_together(tree: ast.Module) -> Iterator[int]:
    """Yield the lines where a film or a step is made by hand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Film", "Step"}:
            yield node.lineno


def test_every_film_is_written_by_a_script() -> None:
    for room in (ROOM, ROOM.parent / "catalogue", ROOM.parent / "tracing"):
        for path in sorted(room.rglob("*.py")):
            if path.relative_to(room).as_posix() not in MADE_HERE:
                found = list(put_together(ast.parse(path.read_text("utf-8"))))
                assert not found, f"{path}: {found}"
    assert list(put_together(ast.parse("Film('x', title, (Step(words, ()),))"))) == [1, 1]


def test_every_stage_says_what_a_moment_looks_like() -> None:
    stages = {
        f"{node.__module__}.{name}": node
        for path in sorted(ROOM.rglob("*.py"))
        for name, node in vars(import_module(named(path))).items()
        if isinstance(node, type) and name.endswith("Stage") and node is not Stage
    }
    assert len(stages) > 30
    assert [name for name, stage in stages.items() if not hasattr(stage, "at")] == []


def named(path: Path) -> str:
    """Return the name of a module of the room."""
    return ".".join(["convista.films", *path.relative_to(ROOM).with_suffix("").parts]).removesuffix(".__init__")


def test_a_script_adds_its_title_to_every_beat_and_keeps_what_is_born() -> None:
    words, mark = Text("x", "x"), Rectangle("a", Box(0, 0, 1, 1))
    script = Script("x", Text("Título", "Title"))
    script.step(
        words, beat([mark], seconds=1.0), beat([mark], [mark._replace(key="b")], travel=0.5, born_from={"b": "a"})
    )
    script.step(words, beat([mark]), narration=Text("más", "more"))
    made = script.film()
    assert [step.narration for step in made.steps] == [None, Text("más", "more")]
    states = [state for step in made.steps for state in step.beats]
    assert [[each.key for each in state.marks] for state in states] == [
        ["title", "a"],
        ["title", "a", "b"],
        ["title", "a"],
    ]
    assert isinstance(states[1], Beat)
    assert (states[1].travel, dict(states[1].born_from)) == (0.5, {"b": "a"})
