"""`results.json`, as Gradescope's autograder specification has it.

Owns its form: a score and a test for each check, no leaderboard, standard output for instructors alone. What waits for
the due date or for published marks is written as tests of that visibility, and Gradescope holds it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.config.course_config import FeedbackLevel
from grader.exports.gradebook import Column
from grader.exports.systems import told
from grader.results.report import AnswerReport, CheckReport, ExerciseReport, QuizReport, Report
from grader.results.verdicts import AnswerVerdict, Verdict
from grader.wording.message import message

DECIMALS = 2
VISIBILITY = {
    FeedbackLevel.VISIBLE: "visible",
    FeedbackLevel.AFTER_DUE: "after_due_date",
    FeedbackLevel.AFTER_PUBLISHED: "after_published",
    FeedbackLevel.HIDDEN: "hidden",
}
Json = dict[str, Any]


def results(brief: Report, whole: Report, level: FeedbackLevel, column: Column, points: Any) -> Json:
    """Return what Gradescope shows: `brief` at once, and what `whole` tells more as visibly as `level` allows.

    `points` are those of the column, or None where a person has to decide: then there is no score at all.
    """
    found = [*tests(brief), *more(brief, whole, VISIBILITY[level])]
    said = [brief.message] if brief.message else []
    if points is None:
        return {
            **failure("\n".join([*said, message("gradescope.review").text(brief.language)])),
            "tests": unscored(found),
        }
    return {
        "score": float(told(points, DECIMALS)),
        "output": "\n".join(
            [*said, message("gradescope.out_of", points=told(column.max_points, DECIMALS)).text(brief.language)]
        ),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": found,
    }


def failure(sentence: str) -> Json:
    """Return what Gradescope shows where there is no score: a sentence, and no 0."""
    return {"output": sentence, "output_format": "text", "visibility": "visible", "stdout_visibility": "hidden"}


def unscored(found: list[Json]) -> list[Json]:
    """Return tests without their points: Gradescope would add them up to a score."""
    return [{name: value for name, value in test.items() if name not in {"score", "max_score"}} for test in found]


def tests(report: Report) -> Iterator[Json]:
    """Yield a test for each check and each answer, numbered by exercise and quiz."""
    for number, exercise in enumerate(report.exercises, 1):
        yield overview(exercise, str(number))
        for at, check in enumerate(exercise.checks, 1):
            yield check_test(check, f"{number}.{at}")
    for number, quiz in enumerate(report.quizzes, len(report.exercises) + 1):
        yield shown(f"{number}", quiz.title, quiz.message)
        for at, answer in enumerate(quiz.answers, 1):
            yield answer_test(answer, f"{number}.{at}", quiz)


def overview(exercise: ExerciseReport, number: str) -> Json:
    """Return what is said of an exercise as a whole."""
    named = [f"{each.title}\n{each.explanation}" for each in exercise.misconceptions]
    said = "\n\n".join(filter(None, [exercise.message, *named, exercise.diagnosis]))
    return shown(number, exercise.title, said)


def shown(number: str, name: str, said: str, visibility: str = "visible") -> Json:
    """Return a test that shows a text and counts for nothing."""
    return {"name": name, "number": number, "output": said, "output_format": "text", "visibility": visibility}


def check_test(check: CheckReport, number: str) -> Json:
    """Return the test of a check."""
    said = "\n\n".join(filter(None, [check.message, *check.remarks]))
    passed = check.verdict is Verdict.PASSED
    counted = {"score": check.points, "max_score": check.max_points, "status": "passed" if passed else "failed"}
    return {**shown(number, check.title, said), **counted}


def answer_test(answer: AnswerReport, number: str, quiz: QuizReport) -> Json:
    """Return the test of an answer to a quiz question."""
    said = "\n\n".join(
        filter(None, [answer.text, answer.code, answer.given, answer.message, answer.key, answer.explanation])
    )
    right = answer.verdict is AnswerVerdict.RIGHT
    counted = {"score": answer.points, "max_score": answer.max_points, "status": "passed" if right else "failed"}
    return {**shown(number, f"{quiz.title}: {answer.id}", said), **counted}


def more(brief: Report, whole: Report, visibility: str) -> Iterator[Json]:
    """Yield what the whole report tells beyond the brief one, each as a test that counts for nothing."""
    for short, full in zip(tests(brief), tests(whole), strict=True):
        if full["output"] != short["output"]:
            yield shown(f"{full['number']}+", full["name"], full["output"], visibility)
