"""Fitting: the loop, its recipe, the optimiser, and the state that a training is resumed from."""
