"""Runs from strangers: nothing of theirs is executed, and nothing is made as large as they say."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from convista import language
from convista.errors import ConvistaError
from convista.learning import Run, evaluate, open_run
from tests.learning.strangers import BESIDE, Edit, edited, tiny_run

ROOT = Path(__file__).parents[3]
OWN = f"{BESIDE}:Net"


class Net(nn.Module):
    """A network of the user's own."""

    def __init__(self, bands: int, outputs: int, units: int = 4) -> None:
        super().__init__()
        self.first, self.last = nn.Conv2d(bands, units, 3), nn.Linear(units, outputs)

    def forward(self, x: Tensor) -> Tensor:
        made: Tensor = self.last(self.first(x).relu().mean((2, 3)))
        return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tiny_run().save(tmp_path / "model.safetensors")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The run of a network of one's own."""
    tiny = tiny_run()
    fields = {name: getattr(tiny, name) for name in tiny.__dataclass_fields__}
    fields |= {"network": Net(2, 3, 5).eval(), "architecture": OWN, "options": {"units": 5}}
    return Run(**fields).save(tmp_path / "own.safetensors")


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module beside the files, and where Python was started, that leaves a trace where it is imported."""
    trace = tmp_path / "imported"
    source = f"open({str(trace)!r}, 'w').close()\nfrom tests.learning.runs.test_strangers import Net\n"
    (tmp_path / f"{BESIDE}.py").write_text(source)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, BESIDE, raising=False)
    return trace


def says(key: str, value: Any) -> Edit:
    """Have a file say something else under a name, or under several, such as ``options.width``."""

    def edit(about: Any) -> None:
        *path, last = (int(part) if part.isdecimal() else part for part in key.split("."))
        for part in path:
            about = about[part]
        about[last] = value

    return edit


@pytest.mark.parametrize("name", ["os:kill", "os:_exit", "posix:system", "subprocess:call", OWN])
def test_what_a_file_names_is_not_imported(file: Path, beside: Path, name: str) -> None:
    edited(file, says("architecture", name))
    before = set(sys.modules)
    with pytest.raises(ConvistaError) as error:
        open_run(file)
    assert str(error.value) == (
        f"{file} asks for a network that is not of convista, {name}: opening it would run the code of that Python "
        f"module. If it is yours, say so: --model {name} (in Python, network). If you trust whoever gave you the "
        "file, and the code of that name on this machine, say that: --trust (in Python, trust)."
    )
    language.use("es")
    assert f"pide una red que no es de convista, {name}: abrirlo ejecutaría el código" in str(error.value)
    assert {name for name in set(sys.modules) - before if not name.startswith("convista.")} == set()
    assert not beside.exists()


@pytest.mark.parametrize(
    "name", ["", "x", "os", ":", "os:", ":kill", "os:kill()", "a b:c", "../x:Net", "os:kill\n"]
)
def test_what_names_no_network_is_refused(file: Path, beside: Path, name: str) -> None:
    edited(file, says("architecture", name))
    for trust in (False, True):
        with pytest.raises(ConvistaError, match=r"does not say which network its weights are of: neither one of"):
            open_run(file, trust=trust)
    assert not beside.exists()


def test_ones_own_is_opened_where_the_user_names_gives_or_trusts_it(own: Path, beside: Path) -> None:
    patches = torch.randn(2, 2, 16, 16)
    mine = Net(2, 3, 5)
    before = {name: value.clone() for name, value in mine.state_dict().items()}
    given = open_run(own, mine)
    assert given.network is not mine
    assert all(torch.equal(before[name], value) for name, value in mine.state_dict().items())
    said = given.answers(patches)
    assert torch.equal(open_run(own, Net).answers(patches), said)
    assert not beside.exists()
    assert torch.equal(open_run(own, OWN).answers(patches), said)
    assert beside.exists()
    beside.unlink()
    del sys.modules[BESIDE]
    run = open_run(own, trust=True)
    assert torch.equal(run.answers(patches), said)
    assert not run.network.training
    assert beside.exists()


def test_another_network_than_the_file_names_is_refused(file: Path, own: Path, beside: Path) -> None:
    with pytest.raises(ConvistaError) as error:
        open_run(own, "mynets:unet")
    assert str(error.value) == (
        f"{own} is of the network {OWN}, and mynets:unet was given. Give that one, or the file of the other."
    )
    with pytest.raises(ConvistaError, match=f"is of the network lenet, and {OWN} was given"):
        open_run(file, OWN)
    assert not beside.exists()
    assert open_run(file, "lenet").architecture == "lenet"
    with pytest.raises(
        ConvistaError, match=r"In .* the parameter first\.weight has shape \(5, 2, 3, 3\), and \(4, 2"
    ):
        open_run(own, Net(2, 3))
    with pytest.raises(ConvistaError, match=r"conv1\.bias, .* are missing and first\.bias, .* are strange to it"):
        open_run(own, tiny_run().network)
    with pytest.raises(ConvistaError, match=r"The network dict cannot be made: "):
        open_run(own, dict)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("patch", 20_000, "“patch” is 20000, and must be a whole number from 1 to 4096"),
        ("patch", 4096, r"dense1\.weight has shape \(24, 3\), and \(24, 3127323\) in the network that it names"),
        ("patch", True, "“patch” is True, and must be a whole number"),
        (
            "options.width",
            10**9,
            "The option width of lenet is 1000000000, and no network is made of more than 4096",
        ),
        ("options.width", 4096, r"conv1\.weight has shape \(1, 2, 5, 5\), and \(24576, 2, 5, 5\)"),
        ("options.width", "wide", "The option width of lenet cannot be 'wide'"),
        ("options.width", True, "The option width of lenet cannot be True"),
        ("options.bands", 4, "“bands” cannot be among the network's options"),
        ("options.name", "os:kill", "“name” cannot be among the network's options"),
        ("options", {"depth": 3}, "The model 'lenet' has no option 'depth'"),
        ("options", [], r"“options” is \[\], and must be a JSON object"),
        ("mean", [0.1], r"“mean” is \[0.1\], and must be a list of 2"),
        ("std.1", 0, r"“std\[1\]” is 0, and must be a finite number greater than 0"),
        ("std.1", 1e-60, r"“std\[1\]” is 1e-60, and must be a finite number greater than 0"),
        ("mean.0", 1e300, r"“mean\[0\]” is 1e\+300, and must be a finite number"),
        ("mean.0", float("nan"), "JSON with NaN"),
        ("bands.0.scale", "x" * 500, rf"“bands\[0\]\.scale” is '{'x' * 59} …, and must be a finite number"),
        ("classes", [], "the task “multiclass” cannot have 2 bands and 0 classes"),
        ("task", "binary", "the task “binary” cannot have 2 bands and 3 classes"),
        ("task", "regression", "the task “regression” cannot have 2 bands and 3 classes"),
        (
            "classes.0.colour",
            [0, 0, 256],
            r"“classes\[0\]\.colour\[2\]” is 256, and must be a whole number from 0 to",
        ),
        ("calibration.temperature", 0, r"“calibration\.temperature” is 0, and must be a finite number greater"),
        ("calibration.thresholds", [0.5], r"“calibration\.thresholds” is \[0.5\], and must be a list of 0"),
        (
            "label_rule",
            "sometimes",
            "“label_rule” is 'sometimes', and must be one of these texts: centre, majority",
        ),
        ("record.split.block", 0, r"“record\.split\.block” is 0, and must be a whole number from 1"),
        (
            "record.split.assignment",
            ["9999", "0120"],
            r"assignment\[0\]” is '9999', and must be a digit from 0 to 3",
        ),
        ("record.data.pixels.1.0", 20, r"pixels\[1\]\[0\]” is 20, and must be a whole number from 0 to 19"),
        ("record.data.transform", [0] * 6, r"“record\.data\.transform” is \[0, 0, 0, 0, 0, 0\], and must"),
        ("record.baselines.weights.linear", [[1, 2, 3]], r"linear” is \[\[1, 2, 3\]\], and must be a list of 5"),
        ("record.others.0", ["x", 1], r"“record\.others\[0\]\[0\]” is 'x', and must be a whole number"),
    ],
)
def test_what_cannot_be_is_refused(file: Path, key: str, value: Any, message: str) -> None:
    edited(file, says(key, value))
    with pytest.raises(ConvistaError, match=message) as error:
        open_run(file)
    assert str(error.value).startswith(str(file)) or f"In {file}" in str(error.value)


def test_unet_and_compact_are_not_made_as_large_as_a_file_says(file: Path) -> None:
    for name, options, message in (
        ("unet", {"depth": 10**6}, "The option depth of unet is 1000000"),
        ("unet", {"depth": 12, "width": 4096}, "damaged"),
        ("compact", {"blocks": 10**9}, "The option blocks of compact is 1000000000"),
        ("vgg11", {"units": 10**9}, "The option units of vgg11 is 1000000000"),
    ):
        edited(file, lambda about, n=name, o=options: about.update(architecture=n, options=o))  # type: ignore[misc]
        with pytest.raises(ConvistaError, match=message):
            open_run(file)


def test_a_run_that_does_not_say_what_it_learned_from_is_not_scored(file: Path, images: Path) -> None:
    edited(file, says("record", {}))
    with pytest.raises(ConvistaError, match=f"{file} does not say which parts of which data it was trained on"):
        evaluate(open_run(file), images)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_refused(tmp_path: Path, bad: float) -> None:
    run = tiny_run()
    with torch.no_grad():
        run.network.conv2.weight[0, 0, 0, 0] = bad  # type: ignore[union-attr,operator]
    file = run.save(tmp_path)
    with pytest.raises(ConvistaError, match=rf"In {file} the weights conv2\.weight are not all finite numbers"):
        open_run(file)


def test_a_head_that_is_too_large_is_not_read(file: Path) -> None:
    content = file.read_bytes()
    with file.open("wb") as opened:
        opened.write((2**26).to_bytes(8, "little") + content[8:])
        opened.truncate(2**27)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ConvistaError, match=r"\(a head of 67108864 bytes, and 16777216 are read at most\)"):
        open_run(file)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used < 2**15


def test_weights_that_share_memory_are_saved_and_opened(tmp_path: Path) -> None:
    class Tied(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.last = nn.Linear(2, 2), nn.Linear(2, 2)
            self.last.weight = self.first.weight

        def forward(self, x: Tensor) -> Tensor:
            made: Tensor = self.last(self.first(x.mean((2, 3))))
            return torch.cat([made, made[:, :1]], 1)

    tiny = tiny_run()
    fields = {name: getattr(tiny, name) for name in tiny.__dataclass_fields__}
    run = Run(**fields | {"network": Tied().eval(), "architecture": "mine:Tied", "options": {}})
    again = open_run(run.save(tmp_path), Tied())
    patches = torch.randn(2, 2, 16, 16)
    assert torch.equal(again.answers(patches), run.answers(patches))
    assert again.network.last.weight is again.network.first.weight  # type: ignore[union-attr]


def fuzzed(folder: Path, count: int, seed: int) -> str:
    """Open so many spoilt files in a process of its own, which checks what it does; see `strangers.main`."""
    command = [sys.executable, "-m", "tests.learning.strangers", str(folder), str(count), str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_spoilt_files_are_told_and_do_nothing(tmp_path: Path) -> None:
    assert fuzzed(tmp_path, 2000, 0).startswith("2000 files, ")
    assert [path.name for path in tmp_path.iterdir()] == ["model.safetensors"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 5))
def test_many_more_spoilt_files(tmp_path: Path, seed: int) -> None:
    assert fuzzed(tmp_path, 5000, seed).startswith("5000 files, ")
