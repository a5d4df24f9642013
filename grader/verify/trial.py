"""Trials: sources of the author's own, such as wrong solutions, put before the judge of a course.

The one place of `verify` that opens a judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from grader.catalogue.exercise import Exercise
from grader.grading.judge import Judge, open_judge
from grader.grading.options import Assignment
from grader.judge.outcome import Outcome
from grader.results.facts import ExerciseFacts
from grader.submissions.submission import SourceFile


@dataclass(frozen=True)
class Trials:
    """An open judge of the assignment's exercises."""

    judge: Judge

    def facts(self, exercise: Exercise, text: str) -> ExerciseFacts:
        """Return what a student who hands in this text would be told, but for smaller counterexamples.

        Fewer calls tell a wrong solution from fewer others: whoever is named here is named with more of them too.
        """
        return self.judge.grade_exercise(exercise, as_file(exercise, text)).facts

    def outcomes(self, exercise: Exercise, text: str) -> tuple[Outcome, ...]:
        """Return what became of each check, for whom no words are needed: nothing is diagnosed.

        The first timeout or crash ends it, since one lost check says enough.
        """
        return self.judge.outcomes_in_brief(exercise, as_file(exercise, text))

    def first_flaw(self, exercise: Exercise, text: str) -> str:
        """Return the first check that a text does not pass, or passes with a remark; empty where there is none."""
        outcomes = self.judge.outcomes_in_brief(exercise, as_file(exercise, text), goes_on=False)
        return next((each.check.id for each in outcomes if not each.is_flawless), "")


def as_file(exercise: Exercise, text: str) -> SourceFile:
    """Return a text as the file of an exercise that somebody hands in."""
    return SourceFile(f"{exercise.slug}.py", (text,), notebook=False)


@contextmanager
def open_trials(assignment: Assignment, exercises: Sequence[Exercise]) -> Iterator[Trials]:
    """Yield trials of some exercises; ContentError for broken hidden tests."""
    with open_judge(replace(assignment, exercises=tuple(exercises), quizzes=()), shrinks=False) as judge:
        yield Trials(judge)
