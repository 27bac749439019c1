"""Bands: their names, which of the candidates are read, and what masks them."""
