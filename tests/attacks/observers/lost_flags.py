"""Computes every number right, and lets its observer report every flag, count and mode wrong.
It must get: what needs numbers alone; the checks that it loses are those that believe the process.
"""

import sys
from functools import partial

import torch

worker = sys.modules["grader.sandbox.worker"]
real = worker.observe


def observe(function, arguments, *, filename):
    seen = real(function, arguments, filename=filename)
    is_observer = isinstance(function, partial)
    return worker.Observation(forged(seen.value) if is_observer else seen.value, seen.raised, seen.arguments)


def forged(value):
    match value:
        case torch.Tensor() | float():
            return value
        case dict():
            return {key: forged(part) for key, part in value.items()}
        case list() | tuple():
            return type(value)(map(forged, value))
        case str():
            return f"no {value}"
        case _:
            return not value


worker.observe = observe
