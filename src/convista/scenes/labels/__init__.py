"""Labels as rasters: numbers or colours, and the classes that they stand for."""
