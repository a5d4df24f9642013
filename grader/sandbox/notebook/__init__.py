"""Notebooks inside a student process: the cells under IPython, what they put out, and their time."""
