"""Scores: evaluation, calibration, baselines, and the pictures of them."""
