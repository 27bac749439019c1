"""Films of dense layers."""
