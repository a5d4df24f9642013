"""Reports on a unit of one exercise and a quiz, and what nbgrader calls the cells of that unit."""

from grader.results.report import AnswerReport, CheckReport, ExerciseReport, QuizReport, Report
from grader.results.verdicts import AnswerVerdict, Part, Verdict

UNIT, SLUG = "weights", "weighted_grad"
EXERCISE, QUIZ, TEST, ESSAY = f"{SLUG}-autograde", f"quiz-{UNIT}-autograde", f"{SLUG}-visible-1", "text-why"
FOREIGN = "someone-elses-test"
POINTS = {EXERCISE: 8, QUIZ: 2, TEST: 0, ESSAY: 1, FOREIGN: 3}


def check(verdict=Verdict.FAILED):
    """Return a check."""
    return CheckReport(id="t", title="A title.", part=Part.EDGES, points=0, max_points=1, verdict=verdict)


def exercise(score=1.0, *, slug=SLUG, verdict=Verdict.FAILED, **more):
    """Return an exercise's report, of 4 points in the course."""
    return ExerciseReport(
        slug=slug, title="W", score=score, max_score=4, verdict=verdict, checks=(check(verdict),), **more
    )


def quiz(score=5.0, *, unit=UNIT, verdict=AnswerVerdict.WRONG):
    """Return a quiz's report, of 10 points in the course, with one answer."""
    answer = AnswerReport(
        id="q",
        kind="numeric",
        concepts=(),
        seed="1",
        attempt=1,
        text="?",
        code="",
        points=0,
        max_points=2,
        verdict=verdict,
        given="**a · M99**: x",
        misconception="M10",
        misconception_title="Doubling",
    )
    return QuizReport(unit=unit, title="Q", score=score, max_score=10, answers=(answer,))


def report(student="ada", *, exercises=None, quizzes=None, language="en"):
    """Return a student's report."""
    return Report(
        student=student,
        course="c",
        language=language,
        isolation="sandbox",
        feedback="visible",
        score=0,
        max_score=0,
        exercises=(exercise(),) if exercises is None else exercises,
        quizzes=(quiz(),) if quizzes is None else quizzes,
    )
