"""The films by name, in the order of the chapter: who builds each, and what it shows of the caller's network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from typing import Any

from convista.catalogue.given import Datum, of_its_kind
from convista.catalogue.networks import NoNetwork, OneLayer, TrainedAndAsked, WayBack, WholeNetwork
from convista.errors import ConvistaError
from convista.films.film import Film
from convista.suggestions import nearest

NO_NETWORK = NoNetwork()
_NORMS = ("batch_norm", "layer_norm", "group_norm", "instance_norm")


@dataclass(frozen=True)
class Entry:
    """A film of the chapter."""

    name: str
    builder: str
    """The module and the function that builds it, loaded when it is asked for: ``"films.pool.pool:pool_max"``.

    A builder in `convista.films` is a function of arrays, with an example as its default. What the chapter shows of
    real networks and scenes is made in this room, and handed to such a builder."""
    network: NoNetwork = NO_NETWORK
    """What it shows of a network of the caller's."""

    @property
    def about(self) -> str:
        """Key of the text that says what the film is about."""
        return f"catalogue.films.{self.name.replace('-', '_')}"

    @property
    def data(self) -> dict[str, Datum]:
        """What the builder can be given, by name, in the order of its parameters."""
        # Some builders make several films, and are told which.
        parameters = signature(self._build).parameters.values()
        return {each.name: Datum.of(each) for each in parameters if each.name != "name"}

    def film(self, data: Mapping[str, Any]) -> Film:
        """Make the film of data that are the builder's own or the network's; ConvistaError if they will not do."""
        own = self.network.takes
        return self.network.film(self.name, of_its_kind(self.name, own, data), self._built)

    @property
    def _build(self) -> Callable[..., Film]:
        module, _, function = self.builder.partition(":")
        build: Callable[..., Film] = getattr(import_module(f"convista.{module}"), function)
        return build

    def _built(self, data: Mapping[str, Any]) -> Film:
        takes = self.data
        if unknown := sorted(set(data) - set(takes)):
            known = ", ".join(dict.fromkeys([*takes, *self.network.takes]))
            raise ConvistaError("catalogue.no_such_data", name=self.name, unknown=", ".join(unknown), takes=known)
        return self._build(**of_its_kind(self.name, takes, data))


CATALOGUE: Mapping[str, tuple[Entry, ...]] = {
    "A": (
        Entry("patches-mosaic", "catalogue.scenes:mosaic"),
        Entry("patches-overlap", "catalogue.scenes:overlap"),
        Entry("filters", "catalogue.scenes:filters"),
        Entry("filters-learned", "catalogue.first_layer:filters_learned"),
    ),
    "B": (
        Entry("conv-first-values", "films.conv.by_hand:conv_first_values"),
        Entry("conv-step-by-step", "films.conv.conv:conv_step_by_step", OneLayer("conv2d", "conv1d")),
        Entry("conv-flip", "films.conv.flip:conv_flip"),
        Entry("conv2d-valid-s1", "films.conv.sizes:conv2d_valid_s1"),
        Entry("conv2d-same-s1", "films.conv.sizes:conv2d_same_s1"),
        Entry("conv2d-valid-s2", "films.conv.sizes:conv2d_valid_s2"),
        Entry("conv2d-same-s2", "films.conv.sizes:conv2d_same_s2"),
        Entry("conv3d-valid-s1", "films.conv.blocks:conv3d_valid_s1"),
        Entry("conv3d-same-s1", "films.conv.blocks:conv3d_same_s1"),
        Entry("conv3d-valid-s2", "films.conv.blocks:conv3d_valid_s2"),
        Entry("conv3d-same-s2", "films.conv.blocks:conv3d_same_s2"),
        Entry("conv-transpose", "films.conv.conv_transpose:conv_transposed", OneLayer("conv_transpose2d")),
        Entry("conv-chain", "films.conv.chain:conv_chain"),
        Entry("conv-chain-channels", "films.conv.chain:conv_chain_channels"),
        Entry("conv-layer", "films.conv.layer:conv_layer"),
        Entry("activation-maps", "catalogue.first_layer:activation_maps", WholeNetwork()),
    ),
    "C": (
        Entry("activation-relu", "films.activation.activation:activation_relu", OneLayer("relu")),
        Entry("activation-leaky-relu", "films.activation.activation:activation_leaky_relu", OneLayer("leaky_relu")),
        Entry("activation-sigmoid", "films.activation.activation:activation_sigmoid", OneLayer("sigmoid")),
        Entry("activation-tanh", "films.activation.activation:activation_tanh", OneLayer("tanh")),
        Entry("activation-elu", "films.activation.activation:activation_elu", OneLayer("elu")),
        Entry("activation-gelu", "films.activation.activation:activation_gelu", OneLayer("gelu", "gelu_tanh")),
        Entry("activation-swish", "films.activation.activation:activation_swish", OneLayer("silu")),
        Entry("activation-softmax", "films.softmax.softmax:activation_softmax", OneLayer("softmax", "log_softmax")),
    ),
    "D": (
        Entry("pool-max", "films.pool.pool:pool_max", OneLayer("max_pool2d")),
        Entry("pool-average", "films.pool.pool_sum:pool_average", OneLayer("average_pool2d")),
        Entry("pool-global-max", "films.pool.pool_regions:pool_global_max", OneLayer("global_max")),
        Entry("pool-global-average", "films.pool.pool_regions:pool_global_average", OneLayer("global_average")),
        Entry("pool-min", "films.pool.pool:pool_min", OneLayer("min_pool2d")),
        Entry("pool-sum", "films.pool.pool_sum:pool_sum", OneLayer("sum_pool2d")),
        Entry("pool-l2", "films.pool.pool_sum:pool_l2", OneLayer("l2_pool2d")),
        Entry("pool-stochastic", "films.pool.pool_random:pool_stochastic", OneLayer("stochastic_pool2d")),
        Entry("pool-fractional", "films.pool.pool_random:pool_fractional", OneLayer("fractional_max_pool2d")),
        Entry("pool-adaptive-max", "films.pool.pool_regions:pool_adaptive_max", OneLayer("adaptive_max")),
        Entry(
            "pool-adaptive-average", "films.pool.pool_regions:pool_adaptive_average", OneLayer("adaptive_average")
        ),
        Entry("pool-mixed", "films.pool.pool_mixed:pool_mixed", OneLayer("mixed_pool2d")),
        Entry("pool-spp", "films.pool.pool_pyramid:pool_spp", OneLayer("spatial_pyramid_pool2d")),
        Entry("pool-shift", "catalogue.pool:shift"),
    ),
    "E": (
        Entry("flatten-classic", "films.flatten.flatten:flatten_film", OneLayer("reshape", "flatten_classic")),
        Entry("flatten-global", "films.flatten.flatten_regions:flatten_global_film", OneLayer("flatten_global")),
        Entry("flatten-blocks", "films.flatten.flatten_regions:flatten_blocks_film", OneLayer("flatten_blocks")),
        Entry("dense-architecture", "catalogue.dense:dense_architecture"),
        Entry("dense-flatten-10", "catalogue.dense:dense_flatten_10", OneLayer("dense")),
        Entry("dense-10-7", "catalogue.dense:dense_10_7", OneLayer("dense")),
        Entry("dense-full", "catalogue.dense:dense_full"),
    ),
    "F": (
        Entry("losses", "films.loss.losses:losses_film"),
        Entry("backprop-flow", "catalogue.backprop:backprop_flow", WayBack()),
        Entry("backprop-dense", "catalogue.backprop:backprop_dense", WayBack()),
        Entry("backprop-conv", "catalogue.backprop:backprop_conv", WayBack()),
        Entry("gradient-descent", "catalogue.descent:gradient_descent"),
        Entry("weight-decay", "catalogue.descent:weight_decay"),
        Entry("weight-sharing", "films.dense.weight_sharing:weight_sharing"),
        Entry("receptive-field", "catalogue.receptive_field:receptive_field", WholeNetwork()),
        Entry(
            "normalisation",
            "films.norm.norm:normalisation",
            OneLayer(*_NORMS),
        ),
        Entry("dropout", "films.training.dropout:dropout", OneLayer("dropout")),
        Entry("augmentation", "catalogue.augmentation:augmentation"),
        Entry("early-stopping", "catalogue.early_stopping:early_stopping"),
        Entry("training-vs-inference", "catalogue.training_inference:training_vs_inference", TrainedAndAsked()),
        Entry("cnn-stages", "catalogue.architecture:cnn_stages", WholeNetwork()),
        Entry("architecture-lenet", "catalogue.architecture:architecture_lenet", WholeNetwork()),
        Entry("architecture-vgg", "catalogue.architecture:architecture_vgg", WholeNetwork()),
        Entry("architecture-resnet", "catalogue.architecture:architecture_resnet", WholeNetwork()),
        Entry("architecture-unet", "catalogue.architecture:architecture_unet", WholeNetwork()),
    ),
}
"""The films of each section, ``"A"`` … ``"F"``."""

_BY_NAME = {entry.name: entry for entries in CATALOGUE.values() for entry in entries}


def film_names() -> list[str]:
    """Return the names of all films, in the chapter's order."""
    return list(_BY_NAME)


def find(name: str) -> Entry:
    """Return the film of a name; ConvistaError with the nearest names if there is none."""
    if name not in _BY_NAME:
        near = nearest(name, film_names())
        raise ConvistaError("catalogue.no_such_film", name=name, near=", ".join(near), count=len(near))
    return _BY_NAME[name]


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
        What the film is a function of: ``image=`` and ``kernel=`` of a convolution, for instance; see `Entry.data`.
        A film that can be made of a network takes the caller's: ``trace=``, or ``run=`` and ``patch=``, with
        ``target=`` as in `trace`; one of a single layer also ``layer=``, the name of its record, and what
        `convista.films.film_of` takes, such as ``channel=``.

    Raises
    ------
    ConvistaError
        For an unknown name, option or theme, or for data that the film cannot show.
    """
    return find(name).film(data).shown(size=size, language=language, theme=theme)
