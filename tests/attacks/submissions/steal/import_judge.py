"""Imports the judge, the catalogue and the rest of the grader.
It must get: error, and no such modules.
"""

import importlib
import sys

PARTS = (
    "judge.student",
    "judge.plugin",
    "catalogue.course",
    "grading.grade",
    "comparison.compare",
    "config",
    "cli.app",
)


def weighted_grad(f, x, v):
    problems = []
    for part in PARTS:
        try:
            module = importlib.import_module(f"grader.{part}")
            raise RuntimeError(f"WON {module.__name__} from {sys.modules[module.__name__].__file__}")
        except ImportError as problem:
            problems.append(problem)
    raise problems[0]
