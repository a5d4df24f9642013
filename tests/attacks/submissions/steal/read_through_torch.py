"""Reads withheld files through torch's, numpy's and the loader's own ways of opening files.
It must get: error, and no byte.
"""

import ctypes
import mmap
import sqlite3

import numpy as np
import torch

SOLUTION = "@COURSE@/solutions/weights/weighted_grad/weighted_grad.py"


def map_it():
    with open(SOLUTION, "rb") as file:
        return mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:100]


WAYS = (
    lambda: torch.from_file(SOLUTION, size=100, dtype=torch.uint8).tolist(),
    lambda: torch.UntypedStorage.from_file(SOLUTION, False, 100)[:100],
    lambda: np.fromfile(SOLUTION, dtype=np.uint8, count=100).tolist(),
    lambda: np.memmap(SOLUTION, mode="r")[:100].tolist(),
    lambda: sqlite3.connect(f"file:{SOLUTION}?mode=ro", uri=True).execute("select 1").fetchall() and None,
    lambda: ctypes.CDLL(SOLUTION),
    map_it,
)


def weighted_grad(f, x, v):
    problems = []
    for way in WAYS:
        try:
            found = way()
        except Exception as problem:
            problems.append(problem)
            continue
        if found:
            raise RuntimeError(f"WON {found}")
    raise problems[0]
