"""Reads the withheld misconceptions and wrong solutions, to learn what the diagnosis looks for.
It must get: error, and neither a list of them nor their text.
"""

from pathlib import Path

SOLUTIONS = Path("@COURSE@/solutions")


def weighted_grad(f, x, v):
    names = sorted(each.name for each in SOLUTIONS.glob("weights/weighted_grad/wrong/*.py"))
    text = (SOLUTIONS / "misconceptions.yaml").read_text()
    raise RuntimeError(f"WON {names} {text}")
