"""The film of receptive fields prints and outlines what the trace says."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from convista.catalogue import film
from convista.catalogue.receptive_field import LAYERS, _middle
from convista.catalogue.story import WINDOW, story_patch, story_pixels, story_trace
from convista.errors import ConvistaError
from convista.films.architecture.receptive_field import Place, receptive_field
from convista.films.stage.marks import Picture, Rectangle
from convista.films.wording import message
from convista.language import LANGUAGES
from convista.scenes.geometry.ground import pixel_sides
from convista.tracing import Trace, trace
from tests.films.reading import assert_laid_out, assert_prints, box_of, numbers, texts


def users() -> Trace:
    torch.manual_seed(0)
    net = nn.Sequential(
        nn.Conv2d(2, 3, 3, padding=1), nn.MaxPool2d(2), nn.Conv2d(3, 2, 3, dilation=2), nn.Flatten()
    )
    return trace(net.eval(), torch.randn(1, 2, 12, 20))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_sizes_shares_and_metres_are_the_traces(language: str) -> None:
    traced = story_trace()
    made = film("receptive-field")
    for step, layer in zip(made.steps[2:6], LAYERS, strict=True):
        field, read = _middle(traced, layer), texts(step.marks, language)
        assert read["fact.layer"] == getattr(message(f"films.receptive_field.name_{layer}"), language)
        assert_prints(read["fact.size"], *field.size)
        assert_prints(read["fact.half"], 100 * field.half)
        across, down = pixel_sides(story_patch().grid, 5, 5)
        assert_prints(read["fact.metres"], down * field.size[0], across * field.size[1])
        effect = next(m for m in step.marks if isinstance(m, Picture))
        levels = np.frombuffer(effect.levels, np.int8).reshape(10, 10)
        np.testing.assert_allclose(levels, field.effective / field.effective.max() * 126, atol=0.51)
    corners = _middle(traced, "pool2").corners()
    read = texts(made.steps[-1].marks, language)
    for n in range(4):
        assert_prints(read[f"fact.corner{n}"], *corners[n])
        assert {digits for _, digits in numbers(read[f"fact.corner{n}"])} == {5}  # 14 m are 0.00018 degrees


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outline_is_the_field(language: str) -> None:
    traced = story_trace()
    field = _middle(traced, "conv2")
    marks = {m.key: m for m in film("receptive-field").steps[4].marks}
    box, patch = box_of(marks["field"], language), box_of(marks["patch"], language)
    scale = patch.width / 10
    assert (box.left - patch.left) / scale == pytest.approx(field.columns[0])
    assert (box.bottom - patch.top) / scale == pytest.approx(field.rows[1] + 1)


def test_the_field_lies_in_its_surroundings_where_it_lies_in_the_scene() -> None:
    """Its place beside the patch, in pixels, is that of the trace; and it begins in the whole scene."""
    field = _middle(story_trace(), "conv2")
    made = film("receptive-field")
    marks = {m.key: box_of(m, "en") for m in made.steps[4].marks}
    near = Place(story_pixels(), WINDOW).near
    scale = marks["near"].width / near.width
    left = (WINDOW.column - near.column + field.columns[0]) * scale
    assert marks["near.field"].left - marks["near"].left == pytest.approx(left)
    assert marks["near.field"].height == pytest.approx(field.size[0] * scale)
    whole = {m.key: box_of(m, "en") for m in made.steps[0].marks}
    assert whole["patch"].left - whole["scene"].left == pytest.approx(WINDOW.column / 394 * whole["scene"].width)


def test_half_of_an_even_effect_takes_half_of_the_pixels() -> None:
    assert trace(nn.AvgPool2d(4), torch.ones(1, 1, 4, 4)).receptive_field(0, (0, 0, 0)).half == 0.5
    assert trace(nn.ReLU(), torch.ones(1, 1, 4, 5)).receptive_field(0, (0, 1, 1)).half == 1 / 20
    assert trace(nn.ReLU(), -torch.ones(1, 1, 2, 2)).receptive_field(0, (0, 0, 0)).half == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_users_network_is_followed_where_its_field_grows(language: str) -> None:
    made = film("receptive-field", trace=users())
    assert [texts(s.marks, language)["fact.layer"] for s in made.steps[1:]] == ["0", "1", "2", "3"]
    assert_prints(texts(made.steps[3].marks, language)["fact.size"], *_middle(users(), "2").size)
    assert "fact.metres" not in texts(made.steps[3].marks, language)
    for step in (*made.steps, *film("receptive-field").steps):
        assert_laid_out(step.marks, language)
        assert all(m.box.width > 0 for m in step.marks if isinstance(m, Rectangle))


def test_layers_can_be_chosen() -> None:
    assert len(film("receptive-field", trace=users(), layers=["2"]).steps) == 2
    with pytest.raises(ConvistaError, match="no layer"):
        film("receptive-field", trace=users(), layers=["nothing"])


def test_mistakes_are_told() -> None:
    field = users().receptive_field("0", (0, 0, 0))
    with pytest.raises(ConvistaError, match="Give at least one field, all of the same patch"):
        receptive_field([field], np.zeros((4, 4, 3), np.uint8))
    with pytest.raises(ConvistaError, match="There are 0 places on the ground and 1 field"):
        receptive_field([field], np.zeros((12, 20, 3), np.uint8), ground=[])
