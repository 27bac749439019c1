"""Films of poolings."""
