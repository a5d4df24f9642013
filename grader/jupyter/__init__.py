"""Checking an exercise inside a notebook: `%load_ext grader`, then `%%check weighted_grad` above the function."""
