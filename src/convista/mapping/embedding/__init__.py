"""Embeddings: the vectors that a network decides by, as maps, tables and clusters."""
