"""All that a hidden test may import from the grader."""

from grader.judge.oracle import oracle
from grader.judge.probe import probe
from grader.judge.strategies import entries, nonzero, pick, quarters, sum_of, tensors, vector_maps
from grader.protocol.snippet import Snippet

__all__ = ["Snippet", "entries", "nonzero", "oracle", "pick", "probe", "quarters", "sum_of", "tensors", "vector_maps"]
