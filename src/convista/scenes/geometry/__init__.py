"""Geometry: grids, windows, true sizes on the ground, and bringing one grid onto another."""
