"""Writing rasters: the whole file, or none."""
