"""From what a caller names to the bands that are read: what a source offers, and which of it is chosen."""
