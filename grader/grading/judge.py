"""A judge that one can hold: `with open_judge(assignment) as judge: graded = judge.grade(submission)`."""

from __future__ import annotations

import traceback
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

import torch

from grader.catalogue.exercise import Exercise
from grader.diagnosis.diagnose import Lore
from grader.diagnosis.witness import Trial
from grader.grading.grade import (
    GradedExercise,
    WeighedExercise,
    explained,
    put_together,
    unreadable,
    weighed,
    with_lines,
    with_relation,
)
from grader.grading.graded import Graded, failed_facts
from grader.grading.options import Assignment
from grader.judge.check import Basis
from grader.judge.exercise_run import Judged, Means, in_turn, judge_exercise
from grader.judge.hidden_tests import HiddenTests
from grader.judge.hosts import Hosts, ProcessSource
from grader.judge.memory import Memory
from grader.judge.open import open_sandbox
from grader.judge.outcome import Outcome
from grader.judge.own_time import OwnTime
from grader.judge.program import Program, program_of
from grader.judge.run import Spent
from grader.protocol.outputs import as_nbformat
from grader.sandbox.zygotes import Door
from grader.submissions.submission import SourceFile, Submission
from grader.wording.message import message

TooSlow = Collection[tuple[str, str]]
"""Exercises and checks that took the judge itself too long."""


@contextmanager
def open_judge(
    assignment: Assignment, *, door: Door | None = None, own_time: OwnTime | None = None, shrinks: bool = True
) -> Iterator[Judge]:
    """Yield a judge for an assignment; its student processes end afterwards.

    `door` leads to zygotes that others share. A judge that shrinks nothing stops at the first counterexample. Raises
    ContentError for content that can't be judged, and IsolationError where the machine lacks a layer.
    """
    torch.set_num_threads(1)
    if not assignment.exercises:  # quizzes alone run nothing of a student's
        yield Judge(assignment, None, None)
        return
    options = assignment.options
    with (
        open_sandbox(
            assignment.course, isolation=options.isolation, notebooks_only=options.notebooks_only, door=door
        ) as sandbox,
        HiddenTests(assignment.exercises) as tests,
    ):
        sandbox.wait_until_ready(notebook=options.notebooks_only)
        basis = Basis(Memory(), assignment.tolerances, options.secret)
        means = Means(tests, basis if shrinks else replace(basis, shrinking_attempts=0), own_time or OwnTime())
        yield Judge(assignment, means, sandbox)


@dataclass
class Judge:
    """The hidden tests of an assignment, and the sandbox of its students."""

    assignment: Assignment
    means: Means | None
    source: ProcessSource | None
    _known: dict[tuple[bytes, ...], WeighedExercise] = field(default_factory=dict)
    """What exercises came to whose checks ended alike; as exact as the memory of the checks."""

    def grade(self, submission: Submission, *, too_slow: TooSlow = (), only: Collection[str] = ()) -> Graded:
        """Return what a submission is worth; whatever fails on our side becomes an internal verdict for it.

        `only` names the exercises that are graded; none stands for all. Raises ContentError for hidden tests that can't
        be collected: no submission can be graded by them.
        """
        exercises = [each for each in self.assignment.exercises if not only or each.slug in only]
        if self.means is not None:
            for each in exercises:
                self.means.tests.checks(each.slug)
        try:
            return self._grade(submission, too_slow, exercises)
        except Exception:  # noqa: BLE001 - the one catch-all: our failure is never a student's
            return Graded(failed_facts(submission.student, self.assignment), (traceback.format_exc(),))

    def _grade(self, submission: Submission, too_slow: TooSlow, exercises: Sequence[Exercise]) -> Graded:
        sources = {each.slug: submission.files[each.slug] for each in exercises if each.slug in submission.files}
        found = self._judge(sources, too_slow)
        graded = [
            self._graded(each, found[each.slug], sources[each.slug])
            if each.slug in found
            else self._unread(each, submission)
            for each in exercises
        ]
        return put_together(submission, self.assignment, graded)

    def grade_exercise(self, exercise: Exercise, source: SourceFile) -> GradedExercise:
        """Return what one source is worth for one exercise."""
        found = self._judge({exercise.slug: source}, ())
        return self._graded(exercise, found[exercise.slug], source)

    def outcomes_in_brief(self, exercise: Exercise, source: SourceFile, *, goes_on: bool = True) -> tuple[Outcome, ...]:
        """Return what became of each check of one source, for whom no words are needed.

        The first timeout or crash ends it, and the first flaw too unless it `goes_on`.
        """
        assert self.means is not None
        assert self.source is not None
        program, hosts = self._program(exercise, source), Hosts(self.source)
        spent = Spent(stops=self.source.limits.restarts)
        try:
            means = replace(self.means, records=False, goes_on=goes_on)
            return judge_exercise(exercise.slug, program, hosts, means, spent=spent).outcomes
        finally:
            hosts.drop()

    def _program(self, exercise: Exercise, source: SourceFile) -> Program:
        return program_of(exercise, source, self.assignment.course.config.importable)

    def _judge(self, sources: Mapping[str, SourceFile], too_slow: TooSlow) -> Mapping[str, Judged]:
        """Run every check of the exercises that have a source."""
        if self.means is None or self.source is None:
            return {}
        programs = {
            each.slug: self._program(each, sources[each.slug])
            for each in self.assignment.exercises
            if each.slug in sources
        }
        slugs = {id(program): slug for slug, program in programs.items()}
        ordered = in_turn(list(programs.values()))
        hosts = Hosts(self.source, runnable(ordered))
        try:
            return {
                slugs[id(each)]: judge_exercise(
                    slugs[id(each)],
                    each,
                    hosts,
                    self.means,
                    too_slow=[check for slug, check in too_slow if slug == slugs[id(each)]],
                )
                for each in ordered
            }
        finally:
            hosts.drop()

    def _graded(self, exercise: Exercise, found: Judged, source: SourceFile) -> GradedExercise:
        """Return what an exercise came to: by its checks once for all whose checks ended alike, the rest for each."""
        states = tuple(each.state for each in found.outcomes)
        known = self._known.get(states) or weighed(exercise, found.outcomes, self.assignment, self._trial)
        if all(states) and len(self._known) < MOST_KNOWN:
            self._known[states] = known
        outputs = tuple(tuple(map(as_nbformat, cell)) for cell in found.outputs)
        graded = explained(known, found.recorded, self._lore)
        facts = with_lines(with_relation(graded.facts, found.outcomes, known, self.assignment.tolerances), source)
        return replace(graded, facts=facts, cells={source.name: outputs} if outputs else {})

    @cached_property
    def _trial(self) -> Trial:
        """What the course's wrong solutions do where students were called."""
        return Trial(self.assignment.tolerances)

    @cached_property
    def _lore(self) -> Lore:
        """What the course knows of its misconceptions."""
        course = self.assignment.course
        return Lore(course.misconceptions, course.shown)

    def _unread(self, exercise: Exercise, submission: Submission) -> GradedExercise:
        """Return what becomes of an exercise without a source."""
        assert self.means is not None
        problem = submission.problem or submission.problems.get(exercise.slug) or message("grading.missing")
        checks = self.means.tests.checks(exercise.slug)
        return GradedExercise(unreadable(exercise, checks, problem))


MOST_KNOWN = 4096


def runnable(programs: list[Program]) -> list[Program]:
    """Return the programs that break no static rule: the others are never run."""
    return [each for each in programs if each.broken_rule is None]
