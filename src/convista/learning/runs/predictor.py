"""A network, and what it takes to ask it of a scene."""

from __future__ import annotations

from dataclasses import dataclass

from torch import nn

from convista.learning.data.comparability import bands_of
from convista.learning.data.statistics import Float, Standardise
from convista.scenes import Band, Scene


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Predictor:
    """A network, the bands that it takes, what standardises them, and the side of its patches."""

    network: nn.Module
    """In evaluation mode; takes what `standardise` gives, (batch, bands, patch, patch)."""
    bands: tuple[Band, ...]
    """In the order of the network's input."""
    standardise: Standardise
    """Makes the network's input of a patch's values, or of a batch of them, as a scene gives them."""
    patch: int
    """Rows and columns of a patch."""

    @property
    def band_names(self) -> tuple[str, ...]:
        """Names of the bands, in order."""
        return tuple(band.name for band in self.bands)

    @property
    def mean(self) -> Float:
        """What is taken from each band, (bands,)."""
        return self.standardise.mean.numpy()

    @property
    def std(self) -> Float:
        """What each band is then divided by, (bands,)."""
        return self.standardise.std.numpy()

    def check(self, scene: Scene, by_name: bool = False) -> None:
        """See that a scene has what the network takes, as far as that is known; ConvistaError if not.

        Parameters
        ----------
        scene
            Imagery.
        by_name
            Whether names alone decide.
        """
        del by_name
        bands_of(scene, self.band_names)

    def select(self, scene: Scene) -> Scene:
        """Return a scene with the bands of the network alone, under its names; ConvistaError if one is missing."""
        bands_of(scene, self.band_names)
        return scene.select(self.band_names)
