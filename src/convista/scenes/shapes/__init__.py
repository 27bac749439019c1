"""Labels drawn by hand: polygons, lines and points with a class each."""
