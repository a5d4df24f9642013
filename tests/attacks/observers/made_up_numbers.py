"""Lets its observer report every flag, count and mode of a right answer, and makes the numbers up.
It must get: nothing, for every check that is observed needs a number too.
"""

import sys
from functools import partial

import torch

worker = sys.modules["grader.sandbox.worker"]
real = worker.observe
ANSWERS = {"answers", "grad_fn", "nodes"}  # what a report holds of the student's own answer, though it is no number


def observe(function, arguments, *, filename):
    seen = real(function, arguments, filename=filename)
    is_observer = isinstance(function, partial)
    return worker.Observation(forged(seen.value, all_of_it=not is_observer), seen.raised, seen.arguments)


def forged(value, *, all_of_it):
    match value:
        case torch.Tensor():
            return value.logical_not() if value.dtype is torch.bool else value + 1
        case dict():
            return {key: forged(part, all_of_it=all_of_it or key in ANSWERS) for key, part in value.items()}
        case list() | tuple():
            return type(value)(forged(part, all_of_it=all_of_it) for part in value)
        case float():
            return value + 1
        case bool() | int() | str() if all_of_it:
            return f"no {value}" if isinstance(value, str) else not value
        case _:
            return value


worker.observe = observe
