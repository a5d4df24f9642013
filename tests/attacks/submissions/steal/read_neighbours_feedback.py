"""Reads the feedback of other students, of this run and of an earlier one.
It must get: error, and no report of another.
"""

from pathlib import Path


def weighted_grad(f, x, v):
    earlier = Path("@COURSE@/feedback/earlier/report.json").read_text()
    now = [path.read_text() for path in Path("@OUT@").glob("*/report.json")]
    raise RuntimeError(f"WON {earlier} {now}")
