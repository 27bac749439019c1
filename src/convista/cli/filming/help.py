"""What a film is about and what it takes, as ``convista film NAME --help`` tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from convista.language import find as find_text
from convista.language import listed, say

if TYPE_CHECKING:
    import click

    from convista.catalogue.given import Datum
    from convista.films.registry import Network

EXAMPLES: Mapping[str, str] = {
    "numbers": '"1 -2; 3 -4"',
    "channels": "maps.npy",
    "arrays": "a.npy,b.npy",
    "named_arrays": "'{\"edge\": [[1, -1]]}'",
    "epochs": '\'[{"epoch": 1, "loss": 0.9, "accuracy": 0.6}, …]\'',
    "whole": "1",
    "number": "0.5",
    "truth": "true",
    "word": "both",
    "text": "NDVI",
    "words": "water,forest",
    "list": "0.5,-0.5",
    "wholes": "1,2",
    "pair": "2,3",
    "whole_or_pair": "2",
    "pairs": "[[64,32]]",
    "padding": "1",
    "padding_by_word": "same",
    "path": "out/run",
}
"""How a datum of each kind is typed after its name …"""
OWN_EXAMPLES: Mapping[str, str] = {
    "band": "nir",
    "watched": "accuracy",
    "sizes": "64,32",
    "layers": "conv1,pool1",
    "band_names": "red,green,blue",
    "pixel": "6,12",
    "x": "map.npy",
    "steps": "40",
    "patch": "64",
    "patience": "8",
    "masks": "[[[1,0],[1,1]]]",
}
"""… and those of a name of which another example is plainer."""
BY_OPTION: Mapping[tuple[str, str], str] = {
    ("image", "numbers"): "--image photo.png",
    ("image", "channels"): "--image photo.jpg",
    ("kernel", "numbers"): "--kernel sobel_x",
    ("scene", "object"): "--scene scene.tif --bands blue,green,red",
    ("run", "run"): "--run RUN",
}
"""Data that have an option of their own."""
NOT_TYPED = ("trace", "object")
"""Kinds that only Python can give."""


def write_help(name: str, formatter: click.HelpFormatter) -> None:
    """Write what the film is about, then its data, each with an example, its kind and what it usually is.

    Raises
    ------
    ConvistaError
        If there is no such film.
    """
    from convista.catalogue import find

    entry = find(name)
    takes, own = entry.data, entry.network.takes
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(say(entry.about))
    rows = [(typed(datum), about(datum)) for datum in takes.values() if _is_typed(datum, own)]
    rows += _of_a_network(entry.network)
    if rows:
        with formatter.section(say("cli.film.data_of_film")):
            formatter.write_dl(rows)
    else:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say("cli.film.no_data_of_film"))


def _is_typed(datum: Datum, own: Mapping[str, Datum]) -> bool:
    """Tell what can be typed from what only Python can give, and from what a run brings."""
    if (datum.name, datum.kind) in BY_OPTION:
        return True
    return datum.kind not in NOT_TYPED and not (datum.name == "patch" and "patch" in own)


def typed(datum: Datum) -> str:
    """Return how a datum is typed, by an example."""
    if (datum.name, datum.kind) in BY_OPTION:
        return BY_OPTION[datum.name, datum.kind]
    example = OWN_EXAMPLES.get(datum.name, EXAMPLES[datum.kind])
    return f"--set {datum.name}={example}"


def about(datum: Datum) -> str:
    """Say what a datum is, of which kind, and what it is where it is not given."""
    said = describe(datum)
    kind = "" if (datum.name, datum.kind) in BY_OPTION else f" {_capital(say(f'catalogue.kind_{datum.kind}'))}."
    usual = datum.usual
    shown = _usual(usual)
    default = "" if shown is None else f"  [{say('cli.film.default')}: {shown}]"
    return f"{said}{kind}{default}"


def describe(datum: Datum) -> str:
    """Say what a datum is: the text of its name and kind, or else of its name."""
    try:
        find_text(f"films.data.{datum.name}_{datum.kind}")
    except KeyError:
        return say(f"films.data.{datum.name}")
    return say(f"films.data.{datum.name}_{datum.kind}")


def _of_a_network(network: Network) -> Iterator[tuple[str, str]]:
    """Yield what shows a network of one's own."""
    from convista.catalogue.networks import OneLayer

    own = network.takes
    if own:
        yield "--run RUN --scene FILE --at X,Y", say("cli.film.data_run")
        yield "--run RUN --image FILE", say("cli.film.data_run_image")
    if "target" in own:
        yield "--target forest", say("cli.film.help_target")
    if isinstance(network, OneLayer):
        yield "--layer L", say("cli.film.data_layer", operators=", ".join(network.operators))
        yield "--set channel=3", say("cli.film.data_channel")


def _usual(value: Any) -> str | None:
    """Write a single value; None for an example too large to be written."""
    value = value.tolist() if hasattr(value, "tolist") else value
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return f"{value:g}"
    flat = [part for part in value if isinstance(part, (int, float))]
    return listed(flat) if len(flat) == len(value) else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
