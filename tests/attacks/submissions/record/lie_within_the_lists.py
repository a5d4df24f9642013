"""Tells of a faultless way to the answer, in the recorder's own words.
It must get: failed, for a recording moves no mark.
"""

import sys

import torch

worker = sys.modules["grader.sandbox.worker"]
messages = sys.modules["grader.protocol.messages"]
recording = sys.modules["grader.protocol.recording"]


def record(function, arguments, *, times, filename):
    event = recording.Event("backward", 1, 0, 1, "grad", options=("weighted",))
    seen = messages.Observation(value=torch.zeros_like(arguments[1]), arguments=tuple(arguments))
    return messages.Recorded((seen,) * times, recording.Recording((event,), returned="tensor"))


worker.record = record


def weighted_grad(f, x, v):
    return torch.zeros_like(x)
