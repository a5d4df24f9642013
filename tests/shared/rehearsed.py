"""What tests of a class over several runs share: facts, and what judges were asked for."""

from __future__ import annotations

import csv

from grader.results.facts import CheckFacts, ExerciseFacts

UNIT, SLUG, QUIZ = "weights", "weighted_grad", "quiz_weights"


def exercise(*points):
    """Return the facts of an exercise whose checks earned these points, of 1 each."""
    checks = tuple(
        CheckFacts(id=f"c{number}", part="edges", points=each, max_points=1, verdict="passed" if each else "failed")
        for number, each in enumerate(points)
    )
    return ExerciseFacts(slug=SLUG, verdict="passed" if all(points) else "failed", checks=checks)


def asked(judges):
    """Return who was judged since the last time, with the exercises."""
    found, judges.asked = sorted(judges.asked), []
    return found


def table(path):
    """Return the rows of a table by student."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def append(path, text):
    """Add a line to a file."""
    path.write_text(f"{path.read_text(encoding='utf-8')}{text}\n", encoding="utf-8")
