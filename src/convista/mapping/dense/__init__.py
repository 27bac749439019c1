"""A patch network at every position of a window, exactly, each value that patches share computed once."""

from convista.mapping.dense.networks import Dense, Difference, PatchLoop, densify

__all__ = ["Dense", "Difference", "PatchLoop", "densify"]
