"""Replaces the recorder by one that tells of events, lines and tensors that there are not.
It must get: failed, and no word of what it made up.
"""

import sys

import torch

worker = sys.modules["grader.sandbox.worker"]
messages = sys.modules["grader.protocol.messages"]
recording = sys.modules["grader.protocol.recording"]


def record(function, arguments, *, times, filename):
    event = recording.Event("LEAK <script>alert(1)</script>", 70000, 80000, 1, "grad")
    seen = messages.Observation(value=torch.zeros_like(arguments[1]), arguments=tuple(arguments))
    return messages.Recorded((seen,) * times, recording.Recording((event,) * 100_000))


worker.record = record


def weighted_grad(f, x, v):
    return torch.zeros_like(x)
