"""What is registered beside its function: found by its name, once, complete, and without loading the others."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import convista.films
from convista.cli.film import FORMATS
from convista.films.export.medium import SHEET, STEP, WHOLE
from convista.films.registry import FILMS, OPERATORS_FILMED, Registry, film
from convista.operators.registry import OPERATORS

ROOM = Path(convista.films.__file__).parent


def defined(functions: str, result: str) -> set[str]:
    """Return the functions of the room with such names and such a result, each after its module."""
    return {
        f"convista.films.{'.'.join(path.relative_to(ROOM).with_suffix('').parts)}:{name}"
        for path in ROOM.rglob("*.py")
        for name in re.findall(rf"^def ({functions})\([^)]*\) -> {result}:", path.read_text("utf-8"), re.MULTILINE)
    }


def test_every_function_that_films_a_record_is_registered_for_operators_that_there_are() -> None:
    registered = {f"{entry.build.__module__}:{entry.build.__name__}" for entry in OPERATORS_FILMED.values()}
    assert registered == defined(r"film_of_\w+", "Film")
    assert set(OPERATORS_FILMED) <= set(OPERATORS)


def test_films_of_a_layer_are_of_operators_that_can_be_filmed() -> None:
    assert {name for entry in FILMS.values() for name in entry.operators} <= set(OPERATORS_FILMED)


def test_every_encoder_is_registered_and_can_be_asked_for_on_the_command_line() -> None:
    media = [*WHOLE.values(), *STEP.values(), *SHEET.values()]
    registered = {f"{entry.encode.__module__}:{entry.encode.__name__}" for entry in media}
    assert registered == defined(r"encode\w*", "bytes")
    assert {*FORMATS} == {*(ending[1:] for ending in WHOLE), "sheet"}
    assert all(ending in WHOLE for entry in WHOLE.values() for ending in entry.beside)


def test_a_name_is_registered_once() -> None:
    assert "pool-max" in FILMS
    with pytest.raises(ValueError, match="'pool-max' is registered twice"):
        film("pool-max")(FILMS["pool-max"].build)


@pytest.mark.parametrize(
    ("look", "heavy"),
    [
        ("from convista.catalogue import find; find('pool-max').data", ["torch", "convista.films.dense.dense"]),
        ("from convista.catalogue import find; find('pool-max').about", ["convista.films.pool.pool"]),
        ("from convista.films.export.medium import WHOLE; WHOLE['.gif']", ["convista.films.export.html"]),
    ],
)
def test_what_is_looked_up_is_loaded_alone(look: str, heavy: list[str]) -> None:
    code = f"import sys; {look}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_registry_searches_packages_added_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("first_films", "own_films"):
        (tmp_path / package / "family").mkdir(parents=True)
        (tmp_path / package / "__init__.py").write_text("")
        (tmp_path / package / "family" / "__init__.py").write_text("")
    (tmp_path / "own_films" / "family" / "mine.py").write_text(
        'import first_films\nfirst_films.REGISTRY.add("mine", 1)\n'
    )
    (tmp_path / "own_films" / "named.py").write_text('"""Says "mine" and "yours", and registers neither."""\n')
    monkeypatch.syspath_prepend(tmp_path)
    registry: Registry[int] = Registry("first_films")
    import_module("first_films").REGISTRY = registry  # type: ignore[attr-defined]
    assert "mine" not in registry
    registry.also_in("own_films")
    assert registry["mine"] == 1
    assert "yours" not in registry
    assert dict(registry) == {"mine": 1}
    for name in [name for name in sys.modules if name.startswith(("first_films", "own_films"))]:
        monkeypatch.delitem(sys.modules, name)
