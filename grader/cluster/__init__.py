"""Grading on the workers of a dask.distributed cluster, on this machine or others."""
