"""Writes itself full marks into the feedback folder.
It must get: error, and the marks it earned.
"""

import json
from pathlib import Path

MARKS = "student,weighted_grad,total\nforge-write_marks,4,4\n"


def weighted_grad(f, x, v):
    problems = []
    for name, text in (("grades.csv", MARKS), ("forge-write_marks/report.json", json.dumps({"score": 4}))):
        try:
            path = Path("@OUT@", name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
            print("WON", path)
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
