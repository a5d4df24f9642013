"""Comparing and writing down values: what judge and diagnosis have in common."""
