"""Marks on their way out: into tables for course systems, and into the bundle that Gradescope runs."""
