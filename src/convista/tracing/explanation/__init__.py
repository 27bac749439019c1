"""Explanation: one recorded value or gradient, taken apart and followed."""
