"""The command line with judges that do nothing but read a mark off the submission: for classes of hundreds in seconds.

Run as a program, it takes the arguments of `grader`. Each judgement adds a line to the file STUB_LOG.
"""

import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path

from grader.grading import grade_all
from grader.grading.graded import Graded
from grader.grading.options import load_assignment
from grader.results.facts import CheckFacts, ExerciseFacts, QuizFacts, SubmissionFacts

ANSWER = "def weighted_grad(f, x, v):\n    return {}\n"
POINTS = re.compile(r"return ([0-4])")


def write_class(folder, count):
    """Write a class of so many students, who earn 0 to 4 points."""
    for number in range(count):
        path = folder / f"s{number:04}" / "weighted_grad.py"
        path.parent.mkdir(parents=True)
        path.write_text(ANSWER.format(number * 7 % 5), encoding="utf-8")


def judged(submission, exercises, quizzes, version):
    """Return what a stub finds: one check for each point."""
    found = []
    for slug in exercises:
        text = "".join(submission.files[slug].cells) if slug in submission.files else ""
        points = int(match[1]) if (match := POINTS.search(text)) else 0
        checks = tuple(
            CheckFacts(id=f"c{at}", part="edges", points=at < points, max_points=1, verdict="passed") for at in range(4)
        )
        found.append(ExerciseFacts(slug=slug, verdict="passed" if points == 4 else "failed", checks=checks))
    marked = tuple(QuizFacts(unit=unit, points=1, max_points=2) for unit in quizzes)
    return SubmissionFacts(
        student=submission.student, course=version, isolation="sandbox", exercises=tuple(found), quizzes=marked
    )


def stub_grade_all(log):
    """Return what grades by stubs and writes down each judgement."""
    loaded = {}

    def grade(submissions, _executor, options, *, only, **_rest):
        assignment = loaded.setdefault(options, None) or load_assignment(options)
        loaded[options] = assignment
        for submission in submissions:
            asked = only(submission)
            slugs = [each.slug for each in assignment.exercises if each.slug in asked]
            log(submission.student)
            yield Graded(judged(submission, slugs, assignment.quizzes, assignment.course.version))

    return grade


@contextmanager
def no_executor(*_given, **_named):
    """Yield no executor."""
    yield None


def main():
    """Run the command line."""
    from grader.cli.app import main as command  # noqa: PLC0415 - after the stubs are there

    place = Path(os.environ["STUB_LOG"])

    def log(student):
        with place.open("a", encoding="utf-8") as file:
            file.write(f"{student}\n")

    grade_all.grade_all, grade_all.local_executor = stub_grade_all(log), no_executor
    command()


if __name__ == "__main__":
    sys.exit(main())
