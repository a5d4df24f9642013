"""What a column of marks is worth, and when a mark stays open."""

from __future__ import annotations

from decimal import Decimal

import pytest

from grader.config.course_config import CourseConfig
from grader.exports.by import By
from grader.exports.gradebook import gradebook_of
from grader.results.report import Deduction, ExerciseReport, QuizReport, Report
from grader.results.verdicts import Verdict

TITLE = {"en": "Course", "zh": "课程"}


@pytest.fixture
def config() -> CourseConfig:
    return CourseConfig.model_validate(
        {
            "version": 1,
            "title": TITLE,
            "units": [
                {
                    "name": "weights",
                    "title": {"en": "Weights", "zh": "权重"},
                    "exercises": [{"slug": "weighted_grad", "points": 4}, {"slug": "output_gradient", "points": 2}],
                    "quiz": {"points": 2},
                },
                {"name": "sums", "title": {"en": "Sums", "zh": "求和"}, "quiz": {"points": 3}},
            ],
        }
    )


def exercise(slug: str, score: float, max_score: float, verdict: Verdict = Verdict.FAILED) -> ExerciseReport:
    return ExerciseReport(slug=slug, title=slug, score=score, max_score=max_score, verdict=verdict)


def report(*parts: ExerciseReport | QuizReport, **fields: object) -> Report:
    exercises = tuple(part for part in parts if isinstance(part, ExerciseReport))
    quizzes = tuple(part for part in parts if isinstance(part, QuizReport))
    given = {"student": "mei", "course": "c", "language": "en", "isolation": "sandbox", "feedback": "visible"}
    return Report(**{**given, "score": 0, "max_score": 0, "exercises": exercises, "quizzes": quizzes, **fields})


def quiz(unit: str, score: float, max_score: float) -> QuizReport:
    return QuizReport(unit=unit, title=unit, score=score, max_score=max_score)


WHOLE = (exercise("weighted_grad", 2.5, 4), exercise("output_gradient", 2, 2, Verdict.PASSED), quiz("weights", 0.5, 2))


def marks(config: CourseConfig, found: Report, by: By = By.UNIT) -> dict[str, Decimal | None]:
    return dict(gradebook_of([found], config, config.units, by).students[0].marks)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (By.UNIT, {"weights": "5.0"}),
        (By.TOTAL, {"total": "5.0"}),
        (By.EXERCISE, {"weighted_grad": "2.5", "output_gradient": "2", "quiz_weights": "0.5"}),
    ],
)
def test_marks_add_up_by_unit_in_total_or_not_at_all(config, by, expected):
    """A unit that was not graded has no column."""
    assert marks(config, report(*WHOLE), by) == {name: Decimal(points) for name, points in expected.items()}


def test_what_left_the_reckoning_costs_nothing(config):
    """A quiz with a question that nobody can mark counts in full by the rest."""
    assert marks(config, report(quiz("sums", 1, 2))) == {"sums": Decimal("1.5")}


@pytest.mark.parametrize(
    "part",
    [exercise("weighted_grad", 3, 3.5, Verdict.INTERNAL), exercise("weighted_grad", 0, 0, Verdict.ERROR)],
    ids=["internal", "nothing to earn"],
)
def test_a_mark_that_waits_for_a_person_is_open(config, part):
    """It is no number, and least of all 0; other columns stay."""
    found = marks(config, report(part, *WHOLE[1:], quiz("sums", 3, 3)))
    assert found == {"weights": None, "sums": Decimal(3)}


def test_a_part_that_others_have_and_one_has_not_is_open(config):
    """A student who was graded on less has no mark that looks like all of it."""
    book = gradebook_of([report(*WHOLE), report(WHOLE[0], student="bo")], config, config.units)
    assert [student.marks["weights"] for student in book.students] == [Decimal(5), None]


def test_being_late_takes_its_share_of_the_unit_alone(config):
    """Points are kept exact until an export rounds them."""
    late = (Deduction(unit="weights", points=0.5, share=0.1),)
    found = marks(config, report(*WHOLE, quiz("sums", 3, 3), deductions=late))
    assert found == {"weights": Decimal("4.50"), "sums": Decimal(3)}
