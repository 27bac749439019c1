"""A patch network at every position of a window, exactly, each value that patches share computed once."""

from convista.mapping.dense.networks import DensePatchNetwork, Difference, PatchLoop, densify

__all__ = ["DensePatchNetwork", "Difference", "PatchLoop", "densify"]
