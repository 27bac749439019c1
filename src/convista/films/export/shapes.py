"""Marks as SVG elements: what the static picture, the animated one and the player have in common."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from PIL import Image

from convista.cividis import RGB
from convista.films.stage import formula
from convista.films.stage.marks import (
    ANCHORS,
    FULL,
    MISSING,
    UNWRITTEN,
    Box,
    Circle,
    Colour,
    Formula,
    Mark,
    Photo,
    Picture,
    Point,
    Polygon,
    Polyline,
    Rectangle,
    Tone,
    Words,
)
from convista.films.stage.theme import THEMES, Theme

UNIT = Box(0, 0, 1, 1)
Paint = Callable[[Colour], str]
"""What a colour is written as; a place on a map or a tone that is written on is asked for as its ink."""


class Shape(NamedTuple):
    """An element: its tag, its attributes in order, and what is inside it."""

    tag: str
    attributes: dict[str, str]
    content: str = ""

    def __str__(self) -> str:
        written = "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes.items())
        return f"<{self.tag}{written}>{self.content}</{self.tag}>" if self.content else f"<{self.tag}{written}/>"


class Painter(NamedTuple):
    """How colours are written: those of shapes, those of letters, and in which themes pictures are given."""

    fill: Paint
    ink: Paint
    themes: tuple[str, ...]


def painter(theme: Theme) -> Painter:
    """Return a painter that writes the colours of one theme as they are."""

    def ink(colour: Colour) -> str:
        return written(theme.rgb(theme.letters(colour)))

    return Painter(lambda colour: written(theme.rgb(colour)), ink, (theme.name,))


def written(rgb: RGB) -> str:
    """Return a colour as ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def shape(mark: Mark, painter: Painter, language: str) -> Shape:
    """Return the element that shows a mark, in points of the stage."""
    made = _opaque(mark, painter, language)
    return made if mark.opacity == 1 else made._replace(attributes=made.attributes | {"opacity": _n(mark.opacity)})


def _opaque(mark: Mark, painter: Painter, language: str) -> Shape:  # noqa: PLR0911  one for each kind of mark
    match mark:
        case Rectangle(box=box):
            inside = box.grown(-mark.width / 2) if mark.stroke is not None else box
            return Shape("rect", _placed(inside) | _painted(mark, painter) | {"shape-rendering": "crispEdges"})
        case Words(at=(x, y)):
            attributes = {"x": _n(x), "y": _n(y), "font-size": _n(mark.size), "fill": painter.ink(mark.colour)}
            if mark.anchor != "start":
                attributes["text-anchor"] = mark.anchor
            return Shape("text", attributes, escape(getattr(mark.text, language)))
        case Formula(at=(x, y)):
            tex: str = getattr(mark.tex, language)
            left = x - formula.width(tex, mark.size) * ANCHORS[mark.anchor]
            attributes = {"x": _n(left), "y": _n(y), "overflow": "visible", "fill": painter.ink(mark.colour)}
            return Shape("svg", attributes, f'<path d="{_path(tex, mark.size)}"/>')
        case Polyline():
            attributes = {"points": _points(mark.points), "fill": "none", "stroke": painter.fill(mark.colour)}
            attributes |= {"stroke-width": _n(mark.width), "stroke-linejoin": "round"}
            return Shape("polyline", attributes | ({"stroke-dasharray": _n(mark.dash)} if mark.dash else {}))
        case Polygon():
            return Shape("polygon", {"points": _points(mark.points)} | _painted(mark, painter))
        case Circle(centre=(x, y), radius=radius):
            placed = {"cx": _n(x), "cy": _n(y), "r": _n(radius)}
            return Shape("circle", placed | _painted(mark, painter))
        case Picture() | Photo():
            attributes = _placed(mark.box) | {"viewBox": "0 0 1 1", "preserveAspectRatio": "none"}
            return Shape("svg", attributes, _images(mark, painter))


def _placed(box: Box) -> dict[str, str]:
    places = zip(("x", "y", "width", "height"), (box.left, box.top, box.width, box.height), strict=True)
    return {name: _n(place) for name, place in places}


def _painted(mark: Rectangle | Polygon | Circle, painter: Painter) -> dict[str, str]:
    attributes = {"fill": "none" if mark.fill is None else painter.fill(mark.fill)}
    if mark.stroke is not None:
        attributes |= {"stroke": painter.fill(mark.stroke), "stroke-width": _n(mark.width)}
    return attributes


def _images(mark: Picture | Photo, painter: Painter) -> str:
    """Return a picture, in each theme if they differ; cells without a value yet let the panel below it through."""
    if isinstance(mark, Photo):
        return _image(_photo(mark._replace(key="", box=UNIT)), "")
    plain = mark._replace(key="", box=UNIT)
    data = {theme: _map(plain, theme) for theme in painter.themes}
    panel = str(Shape("rect", {"width": "1", "height": "1", "fill": painter.fill("panel")}))
    below = panel if UNWRITTEN % 256 in mark.levels else ""
    if len(set(data.values())) == 1:
        return below + _image(data[painter.themes[0]], "")
    return below + "".join(_image(one, theme) for theme, one in data.items())


def _image(data: str, theme: str) -> str:
    named = f' class="{theme}"' if theme else ""
    shown = 'width="1" height="1" preserveAspectRatio="none" style="image-rendering:pixelated"'
    return f'<image{named} {shown} href="data:image/png;base64,{data}"/>'


@lru_cache(256)
def _photo(mark: Photo) -> str:
    return _png(Image.frombytes("RGB", (mark.columns, mark.rows), mark.pixels))


@lru_cache(1024)
def _map(mark: Picture, theme: str) -> str:
    """Return a map as a picture that has only the colours it uses."""
    levels, places = np.unique(np.frombuffer(mark.levels, np.int8), return_inverse=True)
    image = Image.fromarray(places.reshape(mark.rows, mark.columns).astype(np.uint8))
    used: list[int] = levels.tolist()
    image.putpalette([part for level in used for part in _level(level, mark.scale, THEMES[theme])])
    return _png(image, **({"transparency": used.index(UNWRITTEN)} if UNWRITTEN in used else {}))


def _level(level: int, scale: str, theme: Theme) -> RGB:
    if level == UNWRITTEN:
        return 0, 0, 0
    if level == MISSING:
        return theme.rgb("missing")
    return theme.rgb(level / FULL if scale == "signed" else Tone(scale, level / FULL))


def _png(image: Image.Image, **options: int) -> str:
    file = BytesIO()
    image.save(file, "PNG", optimize=True, **options)
    return b64encode(file.getvalue()).decode()


def _path(tex: str, size: float) -> str:
    return "".join(
        letter + " ".join(f"{_n(x * size)} {_n(y * size)}" for x, y in points)
        for letter, points in formula.outline(tex).curves
    )


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """Write a number of points to the hundredth."""
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
