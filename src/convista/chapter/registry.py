"""The films by name, in the order of the chapter."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from inspect import signature
from typing import Any

from convista.chapter.given import Datum, of_its_kind
from convista.chapter.own import layer_of, own_data, with_own
from convista.errors import ConvistaError
from convista.films.film import Film

SECTIONS: dict[str, dict[str, str]] = {
    "A": {
        "patches-mosaic": "chapter.scenes:mosaic",
        "patches-overlap": "chapter.scenes:overlap",
        "filters": "chapter.scenes:filters",
        "filters-learned": "chapter.first_layer:filters_learned",
    },
    "B": {
        "conv-first-values": "films.conv_by_hand:conv_first_values",
        "conv-step-by-step": "films.conv:conv_step_by_step",
        "conv-flip": "films.conv_flip:conv_flip",
        "conv2d-valid-s1": "films.conv_sizes:conv2d_valid_s1",
        "conv2d-same-s1": "films.conv_sizes:conv2d_same_s1",
        "conv2d-valid-s2": "films.conv_sizes:conv2d_valid_s2",
        "conv2d-same-s2": "films.conv_sizes:conv2d_same_s2",
        "conv3d-valid-s1": "films.conv_blocks:conv3d_valid_s1",
        "conv3d-same-s1": "films.conv_blocks:conv3d_same_s1",
        "conv3d-valid-s2": "films.conv_blocks:conv3d_valid_s2",
        "conv3d-same-s2": "films.conv_blocks:conv3d_same_s2",
        "conv-transpose": "films.conv_transpose:conv_transposed",
        "conv-chain": "films.conv_chain:conv_chain",
        "conv-chain-channels": "films.conv_chain:conv_chain_channels",
        "conv-layer": "films.conv_layer:conv_layer",
        "activation-maps": "chapter.first_layer:activation_maps",
    },
    "C": {
        "activation-relu": "films.activation:activation_relu",
        "activation-leaky-relu": "films.activation:activation_leaky_relu",
        "activation-sigmoid": "films.activation:activation_sigmoid",
        "activation-tanh": "films.activation:activation_tanh",
        "activation-elu": "films.activation:activation_elu",
        "activation-gelu": "films.activation:activation_gelu",
        "activation-swish": "films.activation:activation_swish",
        "activation-softmax": "films.softmax:activation_softmax",
    },
    "D": {
        "pool-max": "films.pool:pool_max",
        "pool-average": "films.pool_sum:pool_average",
        "pool-global-max": "films.pool_regions:pool_global_max",
        "pool-global-average": "films.pool_regions:pool_global_average",
        "pool-min": "films.pool:pool_min",
        "pool-sum": "films.pool_sum:pool_sum",
        "pool-l2": "films.pool_sum:pool_l2",
        "pool-stochastic": "films.pool_random:pool_stochastic",
        "pool-fractional": "films.pool_random:pool_fractional",
        "pool-adaptive-max": "films.pool_regions:pool_adaptive_max",
        "pool-adaptive-average": "films.pool_regions:pool_adaptive_average",
        "pool-mixed": "films.pool_mixed:pool_mixed",
        "pool-spp": "films.pool_pyramid:pool_spp",
        "pool-shift": "chapter.pool:shift",
    },
    "E": {
        "flatten-classic": "films.flatten:flatten_film",
        "flatten-global": "films.flatten_regions:flatten_global_film",
        "flatten-blocks": "films.flatten_regions:flatten_blocks_film",
        "dense-architecture": "chapter.dense:dense_architecture",
        "dense-flatten-10": "chapter.dense:dense_flatten_10",
        "dense-10-7": "chapter.dense:dense_10_7",
        "dense-full": "chapter.dense:dense_full",
    },
    "F": {
        "losses": "films.losses:losses_film",
        "backprop-flow": "chapter.backprop:backprop_flow",
        "backprop-dense": "chapter.backprop:backprop_dense",
        "backprop-conv": "chapter.backprop:backprop_conv",
        "gradient-descent": "chapter.descent:gradient_descent",
        "weight-decay": "chapter.descent:weight_decay",
        "weight-sharing": "films.weight_sharing:weight_sharing",
        "receptive-field": "chapter.receptive_field:receptive_field",
        "normalisation": "films.norm:normalisation",
        "dropout": "films.dropout:dropout",
        "augmentation": "chapter.augmentation:augmentation",
        "early-stopping": "chapter.early_stopping:early_stopping",
        "training-vs-inference": "chapter.training_inference:training_vs_inference",
        "cnn-stages": "chapter.architecture:cnn_stages",
        "architecture-lenet": "chapter.architecture:architecture_lenet",
        "architecture-vgg": "chapter.architecture:architecture_vgg",
        "architecture-resnet": "chapter.architecture:architecture_resnet",
        "architecture-unet": "chapter.architecture:architecture_unet",
    },
}
"""For each section, its films: the module and the function that builds each, loaded when it is asked for.

A builder of `convista.films` is a function of arrays, with an example as its default. What the chapter shows of
real networks and scenes is made in this room, and handed to a builder.
"""


def film_names() -> list[str]:
    """Return the names of all films, in the chapter's order."""
    return [name for films in SECTIONS.values() for name in films]


def sections() -> dict[str, list[str]]:
    """Return the names of the films of each section, ``"A"`` … ``"F"``; one without films is left out."""
    return {section: list(films) for section, films in SECTIONS.items() if films}


def film(
    name: str,
    /,
    *,
    size: tuple[int, int] = (960, 540),
    language: str | None = None,
    theme: str = "dark",
    **data: Any,
) -> Film:
    """Make a film of the chapter, of its own example or of the data given.

    Parameters
    ----------
    name
        One of `film_names`.
    size, language, theme
        How it is shown, as in `Film.shown`.
    **data
        What the film is a function of: ``image=`` and ``kernel=`` of a convolution, for instance; see `film_data`.
        A film that can be made of a network takes the caller's: ``trace=``, or ``run=`` and ``patch=``, with
        ``target=`` as in `trace`; one of a single layer also ``layer=``, the name of its record, and what
        `convista.films.film_of` takes, such as ``channel=``.

    Raises
    ------
    ConvistaError
        For an unknown name, option or theme, or for data that the film cannot show.
    """
    takes, own = film_data(name), own_data(name)
    data = of_its_kind(name, own, data)
    if (found := layer_of(name, data)) is not None:
        traced, record = found
        return traced.film(record.position, size=size, language=language, theme=theme, **data)
    data = with_own(name, data)
    if unknown := sorted(set(data) - set(takes)):
        known = ", ".join(dict.fromkeys([*takes, *own]))
        raise ConvistaError("chapter.no_such_data", name=name, unknown=", ".join(unknown), takes=known)
    made: Film = _builder(name)(**of_its_kind(name, takes, data))
    return made.shown(size=size, language=language, theme=theme)


def film_data(name: str) -> dict[str, Datum]:
    """Return what a film can be given, by name, in the order of its builder's parameters; see `own_data`, too."""
    # Some builders make several films, and are told which.
    parameters = signature(_builder(name)).parameters.values()
    return {each.name: Datum.of(each) for each in parameters if each.name != "name"}


def _builder(name: str) -> Callable[..., Film]:
    for films in SECTIONS.values():
        if name in films:
            module, _, function = films[name].partition(":")
            build: Callable[..., Film] = getattr(import_module(f"convista.{module}"), function)
            return build
    from difflib import get_close_matches  # noqa: PLC0415  only a mistake needs it

    near = get_close_matches(name, film_names(), n=3, cutoff=0.0)
    raise ConvistaError("chapter.no_such_film", name=name, near=", ".join(near))
