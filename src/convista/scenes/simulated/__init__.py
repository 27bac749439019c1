"""A simulated scene, for examples and tests without a download."""
