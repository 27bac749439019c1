"""Files of runs as strangers might make them: the tiny run that they begin as, and many ways to spoil it."""

from __future__ import annotations

import copy
import json
import os
import random
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch

from convista.errors import ConvistaError
from convista.learning import Run, open_run
from convista.learning.data.statistics import Standardise
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.models import create_model
from convista.scenes import Band, ClassInfo

Edit = Callable[[dict[str, Any]], None]
BESIDE = "beside_the_file"
"""A module that the tests put beside a file, and where Python is started: importing it leaves a trace."""
ROOM = 2**29
"""Bytes of address space that opening any of the files may take."""
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 3, 10**4, 10**9, 10**30, -(10**400), 0.5, 1e-60, 1e308, "", "x", "x" * 5000,
    "lenet", "unet", "os:kill", f"{BESIDE}:Net", "../../x", "\x1b[2J\x00", [], [[]], {}, {"": 0}, ["a"], [1, 2, 3],
    "pixels", "regression", "binary", "segmentation",
)  # fmt: skip


def tiny_run() -> Run:
    torch.manual_seed(0)
    options = {"width": 0.2, "pool": "average"}
    split = {"kind": "blocks", "shape": [20, 40], "block": 10, "assignment": ["0123", "0120"]}
    data = {"kind": "scene", "shape": [20, 40], "crs": None, "transform": [30, 0, 5, 0, -30, 9]}
    weights = {"majority": [[0.5, 1, 2]], "linear": [[0.5, 1, 2]] * 5}
    more = {
        "data": {**data, "pixels": [[3, 4, 0.5, 7], [5, 6, 0.25, 8]]},
        "baselines": {"mean": [0.5] * 4, "std": [1.5] * 4, "weights": weights},
        "others": [[1, "wood"]],
    }
    return Run(
        network=create_model("lenet", 2, 3, patch=16, **options).eval(),
        architecture="lenet",
        options=options,
        bands=(Band("red", "B4", 0.1, -2.5, "uint16", "reflectance"), Band("nir", "B8", dtype="uint16")),
        sensor="sentinel-2",
        standardise=Standardise([0.1, 1 / 3], [0.2, 2]),
        patch=16,
        label_rule=LabelRule.CENTRE,
        task=Multiclass(tuple(ClassInfo(n, name, (n, 9, 9)) for n, name in enumerate(("water", "forest", "town")))),
        record={"seed": 3, "split": split, "epochs": [{"epoch": 1, "loss": 0.5}], **more},
    )


def unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, Any], bytes]:
    """Return what a file says of itself, the table of its tensors, and their bytes."""
    size = int.from_bytes(content[:8], "little")
    head = json.loads(content[8 : 8 + size])
    about = {
        name: text if name == "format" else json.loads(text) for name, text in head.pop("__metadata__").items()
    }
    return about, head, content[8 + size :]


def packed(about: dict[str, Any], table: dict[str, Any], tensors: bytes) -> bytes:
    texts = {name: value if name == "format" else json.dumps(value) for name, value in about.items()}
    head = json.dumps({"__metadata__": texts, **table}).encode()
    return len(head).to_bytes(8, "little") + head + tensors


def edited(file: Path, edit: Edit) -> Path:
    """Change what a file says of itself."""
    about, table, tensors = unpacked(file.read_bytes())
    edit(about)
    file.write_bytes(packed(about, table, tensors))
    return file


def spoilt(content: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Yield files that are wrong in one way or several."""
    rng = random.Random(seed)
    ways = (_values, _values, _values, _texts, _tables, _bytes, _ends)
    for _ in range(count):
        yield rng.choice(ways)(content, rng)


def _values(content: bytes, rng: random.Random) -> bytes:
    """Put other values in, or take some out, anywhere."""
    about, table, tensors = unpacked(content)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        _spoil(about, rng)
    return packed(about, table, tensors)


def _spoil(place: Any, rng: random.Random) -> None:
    while True:
        key = rng.choice(list(place) if isinstance(place, dict) else range(len(place)))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or rng.random() < 0.15:
            break
        place = inner
    if rng.random() < 0.15:
        del place[key]
    elif isinstance(inner, list) and inner and rng.random() < 0.5:
        place[key] = inner * rng.choice((2, 300))
    else:
        place[key] = copy.deepcopy(rng.choice(VALUES))


def _texts(content: bytes, rng: random.Random) -> bytes:
    """Write one of the texts as JSON that is none, or deep, or large."""
    about, table, tensors = unpacked(content)
    texts = {name: value if name == "format" else json.dumps(value) for name, value in about.items()}
    name = rng.choice(list(texts))
    deep = rng.choice((40, 900, 100_000))
    texts[name] = rng.choice(
        (
            "[" * deep + "]" * deep, '{"a":' * deep + "1" + "}" * deep, "[" * deep, "NaN", "[NaN, 1]",
            "1e999", "[Infinity]",
            '{"a": 1, "a": 2}', "9" * 5000, '"' + "x" * 10**6 + '"', "[" + "0," * 10**5 + "0]", texts[name][:-1],
            texts[name] + texts[name], "\ud800", "",
        )
    )  # fmt: skip
    head = json.dumps({"__metadata__": texts, **table}).encode()
    return len(head).to_bytes(8, "little") + head + tensors


def _tables(content: bytes, rng: random.Random) -> bytes:
    """Change the table of tensors."""
    about, table, tensors = unpacked(content)
    name = rng.choice(list(table))
    one = table[name]
    match rng.randrange(6):
        case 0:
            one["shape"] = rng.choice(([], [0], [10**18], [2**63, 2], [-1], one["shape"][::-1], [1, *one["shape"]]))
        case 1:
            one["dtype"] = rng.choice(("F64", "F16", "BF16", "I64", "BOOL", "F8_E4M3", "F4", "C64", "X", 3))
        case 2:
            one["data_offsets"] = rng.choice(([0, 0], [10**18, 10**19], [-1, 4], [4, 0], [], [0, len(tensors)]))
        case 3:
            del table[name]
        case 4:
            table[rng.choice(("", "conv9.weight", "x" * 10_000))] = table.pop(name)
        case _:
            table["more"] = {"dtype": "F32", "shape": [0], "data_offsets": [len(tensors), len(tensors)]}
    return packed(about, table, tensors)


def _bytes(content: bytes, rng: random.Random) -> bytes:
    """Change bytes, most of them in the head."""
    spoilt = bytearray(content)
    for _ in range(rng.choice((1, 3, 30))):
        spoilt[rng.randrange(8, len(spoilt) if rng.random() < 0.2 else 1000)] = rng.randrange(256)
    return bytes(spoilt)


def _ends(content: bytes, rng: random.Random) -> bytes:
    """Cut a file short or lengthen it, or have it lie about the size of its head."""
    match rng.randrange(3):
        case 0:
            return content[: rng.randrange(len(content))]
        case 1:
            return content + bytes(rng.randrange(1, 100))
        case _:
            size = rng.choice((0, 1, len(content), len(content) - 8, 10**8, 10**8 + 1, 2**63, 2**64 - 1))
            return size.to_bytes(8, "little") + content[8:]


def main(folder: Path, count: int, seed: int) -> None:
    """Open spoilt files with little memory, and see that nothing is imported, written or begun by it."""
    file = tiny_run().save(folder)
    content = file.read_bytes()
    open_run(file).answers(torch.zeros(1, 2, 16, 16))
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + ROOM, used + ROOM))
    done: list[str] = []
    told: list[str] = []
    watching = False

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if not watching:
            return
        mode, flags = (args[1], args[2]) if event == "open" else (None, None)
        writes = isinstance(mode, str) and bool(set(mode) & set("wax+"))
        writes = writes or (isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)))
        forbidden = ("os.system", "os.exec", "os.posix_spawn", "os.remove", "os.rename", "os.kill", "os.rmdir")
        if writes or event.startswith(("subprocess.", "socket.", "shutil.", *forbidden)):
            done.append(f"{event} {args}")

    sys.addaudithook(hook)
    str(ConvistaError("learning.tasks.not_two_classes", count=3))  # loads what knows the forms of words
    modules, opened = set(sys.modules), 0
    for number, spoilt_content in enumerate(spoilt(content, count, seed)):
        file.write_bytes(spoilt_content)
        watching = True
        try:
            run = open_run(file)
        except ConvistaError as error:
            told.append(str(error))
        except BaseException as error:
            raise AssertionError(f"file {number} of seed {seed}") from error
        else:
            opened += 1
            if run.patch <= 64:
                assert bool(torch.isfinite(run.answers(torch.zeros(1, len(run.bands), run.patch, run.patch))).all())
        watching = False
    assert all(name.startswith("convista.") for name in set(sys.modules) - modules), set(sys.modules) - modules
    assert not [text for text in told if "\x1b" in text or not text.endswith(".") or str(file) not in text]
    assert not done, done
    print(f"{count} files, {opened} of them opened")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
