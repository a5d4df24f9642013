"""All checks of one exercise of one submission, in the order in which they stand in its hidden tests."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from grader.judge.check import Basis, new_student, run_check
from grader.judge.hidden_tests import HiddenTests
from grader.judge.hosts import Hosts
from grader.judge.outcome import Check, Ending, Outcome, given_up, skipped
from grader.judge.own_time import OwnTime
from grader.judge.program import Program
from grader.judge.record_failure import RecordedFailure, record_failure
from grader.judge.run import Run, Spent
from grader.protocol.outputs import CellOutputs
from grader.results.verdicts import Verdict


@dataclass(frozen=True)
class Judged:
    """What became of the checks of an exercise, what a notebook's cells put out, and a recording."""

    outcomes: tuple[Outcome, ...]
    outputs: tuple[CellOutputs, ...] = ()
    recorded: RecordedFailure | None = None
    """How the function went about one call that failed."""


@dataclass(frozen=True)
class Means:
    """What a judge needs for any exercise of any submission."""

    tests: HiddenTests
    basis: Basis
    own_time: OwnTime
    records: bool = True
    """Whether a failed call is recorded."""
    goes_on: bool = True
    """Whether the checks after the first that is not passed without a remark are run."""


def judge_exercise(  # noqa: PLR0913 - the last two are for special cases
    slug: str,
    program: Program,
    hosts: Hosts,
    means: Means,
    *,
    too_slow: Collection[str] = (),
    spent: Spent | None = None,
) -> Judged:
    """Run every check of an exercise on a program; the checks `too_slow` took the judge too long and are given up.

    `spent` is what the exercise is held to have used before it begins.
    """
    run = Run(program, hosts, means.own_time, spent or Spent())
    outcomes: dict[str, Outcome] = {}
    recorded = None
    try:
        for check in means.tests.checks(slug):
            if ending := ended_before(check, outcomes, too_slow):
                outcomes[check.id] = Outcome(
                    check, ending, state=b"not run" if ending.verdict is Verdict.SKIPPED else b""
                )
                continue
            means.own_time.begin(slug, check.id)
            student = partial(new_student, run, slug, check.id, means.basis)
            outcomes[check.id] = run_check(check, partial(means.tests.run, slug, check.id), student)
            if not (means.goes_on or outcomes[check.id].is_flawless):
                break
        if means.records:
            recorded = record_failure(run, tuple(outcomes.values()))
    finally:
        means.own_time.end()
        run.close()
    return Judged(tuple(outcomes.values()), run.outputs, recorded)


def ended_before(check: Check, done: Mapping[str, Outcome], too_slow: Collection[str]) -> Ending | None:
    """Return how a check ended without being run, or None: the one it waits for has not passed, or it is given up."""
    if check.id in too_slow:
        return given_up()
    needed = done.get(check.needs) if check.needs else None
    if needed is None or needed.ending.verdict in (Verdict.PASSED, Verdict.INTERNAL):
        return None
    return skipped(needed.check.title)


def in_turn(programs: Sequence[Program]) -> list[Program]:
    """Return programs in an order in which those that share a process follow one another."""
    ordered: list[Program] = []
    for program in programs:
        place = next((i for i, each in enumerate(reversed(ordered)) if each.shares_a_process_with(program)), None)
        ordered.insert(len(ordered) if place is None else len(ordered) - place, program)
    return ordered
