"""Runs: the saved results of trainings, and reading them as a stranger's files."""
