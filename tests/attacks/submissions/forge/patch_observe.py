"""Replaces the worker's own observer by one that reports a value of its choice.
It must get: failed, for the value is still wrong.
"""

import sys

import torch

worker = sys.modules["grader.sandbox.worker"]


def observe(function, arguments, *, filename):
    return worker.Observation(value=torch.zeros(3), arguments=tuple(arguments))


worker.observe = observe


def weighted_grad(f, x, v):
    return None
