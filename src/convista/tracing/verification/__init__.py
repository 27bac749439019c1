"""Verification: every recorded number, recomputed from the written definitions."""
