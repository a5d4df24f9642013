"""Plants a module among the libraries, which every later process would load.
It must get: error, and libraries as they were.
"""

import os
import sys

import torch


def weighted_grad(f, x, v):
    problems = []
    for folder in (os.path.dirname(torch.__file__), *sys.path, os.path.join(sys.prefix, "lib")):
        path = os.path.join(folder, "attack_marker.pth")
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT))
            os.unlink(path)
            raise RuntimeError(f"WON {path}")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
