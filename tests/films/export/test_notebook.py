"""A film as a notebook's output is small, plays where scripts run, and is a picture where they do not."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from convista.catalogue import film
from convista.films import Film
from convista.films.export import notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page
from tests.films.reading import drawn_afresh


@pytest.fixture(scope="module")
def worked() -> Film:
    return film("conv-step-by-step", language="en")


class Sanitised(HTMLParser):
    """What is left of a cell's output where it is not trusted: pictures and text, no frame, script or handler."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pictures: list[dict[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.pictures.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_what_a_cell_prints_is_one_line(worked: Film) -> None:
    assert repr(worked) == f"<Film conv-step-by-step: 18 steps, {worked.seconds:.0f} s; 960×540, en, dark>"
    assert len(repr(worked.steps[0])) < 160
    assert max(len(repr(mark)) for mark in film("activation-maps").marks()) < 500


@pytest.mark.parametrize("size", [(960, 540), (480, 270), (4000, 100)])
def test_an_untrusted_notebook_shows_the_last_step(worked: Film, size: tuple[int, int]) -> None:
    left = Sanitised(replace(worked, size=size)._repr_html_())
    (picture,) = left.pictures
    assert picture["alt"] == "Convolution, step by step"
    kind, _, data = str(picture["src"]).partition(",")
    assert kind == "data:image/png;base64"
    drawn = replace(worked, size=(min(size[0], 960), min(size[1], 540)))
    with Image.open(BytesIO(b64decode(data))) as poster:
        np.testing.assert_array_equal(np.asarray(poster.convert("RGB")), drawn_afresh(drawn, drawn.picture().marks))
    assert 'trust this notebook, or save the film as a page: film.save("conv-step-by-step.html")' in left.text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["activation-maps", "patches-mosaic", "conv-layer"])
def test_a_notebook_stays_small(name: str) -> None:
    assert len(film(name)._repr_html_()) < 1_500_000


def test_a_film_without_end_has_its_poster_alone(worked: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "LIMIT", 1000)
    html = replace(worked, language="es")._repr_html_()
    assert "<iframe" not in html
    left = Sanitised(html)
    assert len(left.pictures) == 1
    assert 'demasiado grande para guardarla en un cuaderno. Para verla entera: film.save("conv-step' in left.text


@pytest.mark.slow
def test_a_trusted_notebook_plays_it(worked: Film, page: Page, tmp_path: Path) -> None:
    (tmp_path / "cell.html").write_text(f"<meta charset=utf-8>{worked._repr_html_()}", encoding="utf-8")
    page.goto((tmp_path / "cell.html").as_uri())
    player = page.frame_locator("iframe")
    player.locator("#play").wait_for()
    assert player.locator("#place").text_content() == "1 / 18"
    player.locator("#next").click()
    assert player.locator("#place").text_content() == "2 / 18"
    shown, seen = page.locator("img").bounding_box(), page.locator("iframe").bounding_box()
    assert shown
    assert seen
    assert (seen["x"], seen["y"], seen["width"]) == (shown["x"], shown["y"], shown["width"])
    assert seen["height"] >= shown["height"]
