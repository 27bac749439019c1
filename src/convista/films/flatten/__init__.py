"""Films of flattening."""
