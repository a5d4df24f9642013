"""Finds the recorder among torch's modes and rewrites its notes.
It must get: failed, and at the most a story of its own.
"""

import torch


def weighted_grad(f, x, v):
    for depth in range(torch._C._len_torch_function_stack()):
        recorder = torch._C._get_function_stack_at(depth)
        notes = getattr(recorder, "notes", None)
        if notes is not None:
            recorder.filename = "<script>alert(1)</script>"
            notes.events.extend(["LEAK"] * 100_000)
            notes.arguments = (tuple(range(10**6)),)
    return torch.zeros_like(x)
