"""`results.json` as Gradescope's specification has it, at every feedback level."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from grader.config.course_config import FeedbackLevel
from grader.exports.gradebook import Column, Part
from grader.exports.gradescope.results import failure, results
from grader.results.report import CheckReport, ExerciseReport, Report

VISIBILITIES = ["hidden", "after_due_date", "after_published", "visible"]
FORMATS = ["text", "html", "simple_format", "md", "ansi"]
TEST = {
    "type": "object",
    "properties": {
        "score": {"type": "number"},
        "max_score": {"type": "number"},
        "status": {"enum": ["passed", "failed"]},
        "name": {"type": "string"},
        "name_format": {"enum": FORMATS},
        "number": {"type": "string"},
        "output": {"type": "string"},
        "output_format": {"enum": FORMATS},
        "tags": {"type": "array", "items": {"type": "string"}},
        "visibility": {"enum": VISIBILITIES},
        "extra_data": {"type": "object"},
    },
    "additionalProperties": False,
}
SPECIFICATION = {
    "type": "object",
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": {"enum": FORMATS},
        "test_output_format": {"enum": FORMATS},
        "test_name_format": {"enum": FORMATS},
        "visibility": {"enum": VISIBILITIES},
        "stdout_visibility": {"enum": VISIBILITIES},
        "extra_data": {"type": "object"},
        "tests": {"type": "array", "items": TEST},
        "leaderboard": {"type": "array"},
    },
    "additionalProperties": False,
}
"""The fields of gradescope-autograders.readthedocs.io/en/latest/specs."""
COLUMN = Column("total", "Course", None, (Part("weighted_grad", Decimal(4)),))


def report(message: str) -> Report:
    check = CheckReport(
        id="a", title="Squares.", part="edges", points=1.5, max_points=4, verdict="failed", message=message
    )
    exercise = ExerciseReport(
        slug="weighted_grad", title="Weights", score=1.5, max_score=4, verdict="failed", checks=(check,)
    )
    given = {"student": "mei", "course": "c", "language": "en", "isolation": "sandbox", "feedback": "visible"}
    return Report(**given, score=1.5, max_score=4, exercises=(exercise,))


def made(level: FeedbackLevel, points: Decimal | None = Decimal("1.5")) -> dict[str, Any]:
    brief = report("SECRET 2.0" if level is FeedbackLevel.VISIBLE else "A value differs.")
    found = results(brief, report("SECRET 2.0"), level, COLUMN, points)
    Draft202012Validator(SPECIFICATION).validate(found)
    return found


@pytest.mark.parametrize(
    ("level", "visibility"),
    [
        (FeedbackLevel.VISIBLE, "visible"),
        (FeedbackLevel.AFTER_DUE, "after_due_date"),
        (FeedbackLevel.AFTER_PUBLISHED, "after_published"),
        (FeedbackLevel.HIDDEN, "hidden"),
    ],
)
def test_what_is_held_back_has_the_visibility_of_its_level(level, visibility):
    """Points and verdicts are there at once; what a hidden check saw waits as long as the course says."""
    found = made(level)
    assert {test["visibility"] for test in found["tests"] if "SECRET" in test["output"]} == {visibility}
    assert found["score"] == 1.5
    assert [(test["score"], test["max_score"]) for test in found["tests"] if "score" in test] == [(1.5, 4)]


def test_there_is_no_leaderboard_and_no_output_for_students():
    """Students see the tests alone, and nobody is ranked."""
    found = made(FeedbackLevel.VISIBLE)
    assert "leaderboard" not in found
    assert found["stdout_visibility"] == "hidden"


def test_what_waits_for_a_person_has_no_score_at_all():
    """Gradescope adds up the scores of tests where there is no other, so they have none."""
    found = made(FeedbackLevel.VISIBLE, points=None)
    assert "score" not in found
    assert not [test for test in found["tests"] if "score" in test]
    assert "A person looks at" in found["output"]


def test_a_failure_is_a_sentence_and_no_zero():
    """Nothing in it can be taken for a mark."""
    found = failure("The autograder could not run.")
    Draft202012Validator(SPECIFICATION).validate(found)
    assert set(found) == {"output", "output_format", "visibility", "stdout_visibility"}
