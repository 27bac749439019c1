"""Raster files: which may be opened, what they say of themselves, and reading windows of them."""
