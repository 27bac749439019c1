"""The house keeps its order: imports go one way, names are complete, importing is light."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import convista
from convista.films.registry import OPERATORS_FILMED
from convista.operators.registry import OPERATORS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "convista"

# What each room may import of the package; those of `OPEN` are open to all.
MAY_IMPORT = {
    "cividis": set(),
    "errors": set(),
    "failures": set(),
    "language": set(),
    "pairs": set(),
    "suggestions": set(),
    "tables": set(),
    "threads": set(),
    "torch_private": set(),
    "whole_file": set(),
    "operators": set(),
    "scenes": set(),
    "layers": set(),
    "models": {"layers"},
    "learning": {"scenes", "models", "torch_private"},
    "mapping": {"scenes", "models", "learning", "threads", "torch_private"},
    "films": {"operators", "scenes"},
    "tracing": {"operators", "layers", "scenes", "learning", "films", "torch_private"},
    "catalogue": {"operators", "scenes", "models", "learning", "films", "tracing", "threads"},
    "__main__": {"cli"},
    "cli": {"operators", "scenes", "models", "learning", "mapping", "films", "tracing", "catalogue"},
}
OPEN = {"cividis", "errors", "failures", "language", "pairs", "suggestions", "tables", "whole_file"}
WITHOUT_TORCH = ("operators", "scenes", "films", *sorted(OPEN))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are written in full"
            yield node.module


def rooms() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if parts != ("__init__",):
            found.setdefault(parts[0], []).append(path)
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_go_one_way(room: str) -> None:
    allowed = MAY_IMPORT[room] | OPEN | {room}
    for path in rooms()[room]:
        for name in imported(path):
            package, *rest = name.split(".")
            if package == "convista" and rest:
                assert rest[0] in allowed, f"{path.relative_to(ROOT)} imports {name}"
            if room in WITHOUT_TORCH:
                assert package not in {"torch", "lightning_fabric"}, f"{path.relative_to(ROOT)} imports {name}"


def owned() -> set[str]:
    """Return the underscore names that the package itself defines, or assigns to."""
    found = {
        "_asdict",
        "_fields",
        "_field_defaults",
        "_make",
        "_replace",
        "_exit",
        "_getframe",
    }  # documented, for all their underscores
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.attr if isinstance(node, ast.Attribute) else node.id)
    return found


def is_name(node: ast.expr, names: set[str]) -> bool:
    return isinstance(node, ast.Name) and node.id in names


def borrowed(parsed: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the underscore names that a module takes of others: by import, as attributes, or named in a text."""
    for node in ast.walk(parsed):
        names: list[str] = []
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            names = [*module.split("."), *(part for alias in node.names for part in alias.name.split("."))]
        elif isinstance(node, ast.Attribute) and not is_name(node.value, {"self", "cls"}):
            names = [node.attr]
        elif isinstance(node, ast.Call) and is_name(node.func, {"getattr", "hasattr", "setattr"}):
            names = [str(text.value) for text in node.args[1:2] if isinstance(text, ast.Constant)]
        yield from ((getattr(node, "lineno", 0), name) for name in names if re.match(r"_[^_]", name))


def test_what_others_do_not_document_is_used_in_one_file() -> None:
    fences = {"torch_private.py", "scenes/files/failures.py"}
    own = owned()
    for path in [*SOURCE.rglob("*.py"), *(ROOT / "scripts").glob("*.py"), *(ROOT / "benchmarks").glob("*.py")]:
        if path.is_relative_to(SOURCE) and path.relative_to(SOURCE).as_posix() in fences:
            continue
        found = [f"{path}:{line}: {name}" for line, name in borrowed(tree(path)) if name not in own]
        assert not found, found


def test_every_room_has_its_rule() -> None:
    assert set(rooms()) == set(MAY_IMPORT)


def test_there_are_no_rooms_without_a_subject() -> None:
    assert not [path for path in SOURCE.rglob("*") if path.stem in {"utils", "helpers", "common", "misc"}]


def test_public_names() -> None:
    assert convista.__all__ == [
        "__version__",
        "ConvistaError",
        "create_model",
        "film",
        "open_labels",
        "open_run",
        "open_scene",
        "predict",
        "sample_scene",
        "trace",
        "train",
    ]
    for name in convista.__all__:
        assert getattr(convista, name) is not None
    declared = [
        alias.asname
        for node in ast.walk(ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.If)
        for line in node.body
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    ]
    assert sorted(filter(None, declared)) == sorted(convista.__all__[1:])


@pytest.mark.parametrize("statement", ["import convista", "import convista.cli.commands"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    heavy = ["torch", "rasterio", "matplotlib", "numpy", "rich", "lightning_fabric", "babel"]
    code = f"import sys; {statement}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
ELSEWHERE = {"src/convista/", "tests/", "tests/test_house.py"}
NAMED = re.compile(r"`((?:\w+/)+(?:\w+\.py)?|\w+\.py)(?:::([\w.]+))?`")


def test_what_the_architecture_names_is_there() -> None:
    named = [(path, name) for path, name in NAMED.findall(PAGE) if path not in ELSEWHERE]
    assert len(named) > 150
    for path, name in named:
        assert (SOURCE / path).exists(), f"there is no {path}"
        assert not name or defines(ast.parse((SOURCE / path).read_text("utf-8")).body, name.split(".")), (
            f"{path} does not define {name}"
        )


def test_the_architecture_says_where_everything_is() -> None:
    looked_for = PAGE.partition("## Where is …?")[2].partition("\n## ")[0].splitlines()
    rows = [row for row in looked_for if row.startswith("| ") and not row.startswith("| looked for")]
    assert len(rows) > 40
    assert not [row for row in rows if not NAMED.search(row.split("|")[2])], "a row names no file"
    folders = {f"{path.parent.relative_to(SOURCE)}/" for path in SOURCE.rglob("*/__init__.py")} - {"./"}
    of_a_family = {folder for folder in folders if re.match(r"films/\w|language/\w", folder)}
    missing = [each for each in folders - of_a_family if f"`{each}`" not in PAGE]
    assert not missing, f"{missing} are in no table"
    beside = {path.name for path in SOURCE.glob("*.py")} - {"__main__.py"}
    assert not [each for each in beside if f"`{each}`" not in PAGE]


def test_the_architecture_says_what_each_room_imports() -> None:
    table = {
        cells[1].strip(" `/"): set(re.findall(r"`(\w+)`", cells[4]))
        for cells in (row.split("|") for row in PAGE.splitlines())
        if len(cells) == 6 and cells[1].strip().endswith("/`")
    }
    table["cli"] = {room for room in MAY_IMPORT if (SOURCE / room).is_dir()} - OPEN - table["cli"] - {"cli"}
    assert table == {room: allowed for room, allowed in MAY_IMPORT.items() if (SOURCE / room).is_dir()}


def defines(body: list[ast.stmt], names: list[str]) -> bool:
    """Tell whether statements define a name, and what it holds the next, and so on."""
    first, *rest = names
    for node in body:
        own = node.target if isinstance(node, ast.AnnAssign) else node
        if first == getattr(own, "id" if isinstance(own, ast.Name) else "name", None):
            return not rest or defines(getattr(node, "body", []), rest)
    return False


def test_the_table_of_operators_is_true() -> None:
    page = PAGE.partition("## Operators and where they live")[2]
    rows = [line.split("|")[1:-1] for line in page.splitlines() if "| `" in line]
    table = {
        name.strip(" `"): [cell.strip(" `") for cell in cells[1:]]
        for cells in rows
        if len(cells) == 4
        for name in cells[0].split(",")
    }
    assert set(table) == set(OPERATORS)
    for name, (definition, reader, films) in table.items():
        module = f"convista.{definition.removesuffix('.py').replace('/', '.')}"
        operator = OPERATORS[name]
        assert operator.__module__ == module
        assert re.search(rf"\b{operator.__name__}\b", (SOURCE / reader).read_text("utf-8"))
        drawn = SOURCE / films
        assert (films == "–") == (name not in OPERATORS_FILMED), f"{name} has a film, or has none"
        if films != "–":
            built = OPERATORS_FILMED[name].build.__module__
            assert drawn.relative_to(SOURCE.parent).with_suffix("").parts == tuple(built.split("."))
            assert drawn.name == Path(definition).name, f"{films} has not the stem of {definition}"


def test_the_page_of_operators_has_them_all_and_their_figures() -> None:
    page = (ROOT / "docs" / "operators.md").read_text("utf-8")
    rows = {
        cells[1].strip(" `"): cells for cells in (line.split("|") for line in page.splitlines() if "| `" in line)
    }
    assert list(rows) == list(OPERATORS)
    for name, cells in rows.items():
        assert cells[7].strip() == "yes", f"{name} is not read from torch"
        assert all(float(cell) <= 1e-10 for cell in cells[3:7]), f"{name} differs from torch"
