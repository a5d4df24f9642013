"""Trials: sources of the author's own, such as wrong solutions, put before the judge of a course.

The one place of `verify` that opens a judge and a sandbox.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from grader.catalogue.exercise import Exercise
from grader.grading.grade import grade_exercise
from grader.grading.options import Assignment
from grader.judge.bench import Judge, with_judge
from grader.judge.outcome import Outcome
from grader.judge.student import SHRINKING_ATTEMPTS_OF_AN_EXERCISE, Spent, Student, program_of
from grader.results.report import ExerciseReport
from grader.sandbox.sandbox import Sandbox
from grader.submissions.submission import SourceFile, Submission

Result = TypeVar("Result")


@dataclass(frozen=True)
class Trials:
    """An open judge of the assignment's exercises, and what starts processes for it."""

    assignment: Assignment
    judge: Judge
    sandbox: Sandbox

    def report(self, exercise: Exercise, text: str) -> ExerciseReport:
        """Return what a student who hands in this text would read."""
        submission = Submission("trial", {exercise.slug: as_file(exercise, text)}, {}, None, "")
        return grade_exercise(exercise, submission, self.assignment, self.judge, self.sandbox).report

    def outcomes(self, exercise: Exercise, text: str) -> tuple[Outcome, ...]:
        """Return what became of each check, for whom no words are needed: nothing is shrunk or diagnosed.

        The first timeout or crash ends it, since one lost check says enough.
        """
        spent = Spent(stops=self.sandbox.limits.restarts, shrinking_attempts=SHRINKING_ATTEMPTS_OF_AN_EXERCISE)
        program = program_of(exercise, as_file(exercise, text))
        student = Student(program, self.sandbox, self.assignment.tolerances, spent=spent)
        return self.judge.outcomes(exercise.slug, student)

    def candidates(self, report: ExerciseReport) -> tuple[str, ...]:
        """Return the misconceptions between which a report could not decide, which it names by their titles."""
        language, known = self.assignment.options.language, self.assignment.course.misconceptions
        return tuple(each for each in known if known[each].title.in_language(language) in report.diagnosis)


def as_file(exercise: Exercise, text: str) -> SourceFile:
    """Return a text as the file of an exercise that somebody hands in."""
    return SourceFile(f"{exercise.slug}.py", (text,), notebook=False)


def with_trials(assignment: Assignment, exercises: Sequence[Exercise], use: Callable[[Trials], Result]) -> Result:
    """Open a judge of some exercises and return what `use` makes of it; ContentError for broken hidden tests."""
    with Sandbox(assignment.limits, isolation=assignment.options.isolation) as sandbox:

        def use_trials(judge: Judge) -> Result:
            sandbox.wait_until_ready()
            return use(Trials(assignment, judge, sandbox))

        return with_judge(exercises, assignment.options.secret, use_trials)
