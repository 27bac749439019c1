"""What is written of a map: rasters, styles, STAC Items, polygons and a picture."""
