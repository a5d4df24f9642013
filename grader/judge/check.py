"""One check of one submission: from what the judge remembers, as far as that goes, and from the hidden test itself."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from grader.config.course_config import Tolerances
from grader.errors import GraderError
from grader.judge.findings import RuleBroken, StudentStopped, SubmissionUnusable
from grader.judge.memory import Memory, start_of
from grader.judge.outcome import Check, Ending, Outcome, ending_of
from grader.judge.program import Program
from grader.judge.run import Run
from grader.judge.student import Student
from grader.judge.talk import Talk
from grader.judge.words import failed_imports
from grader.protocol.messages import Loaded
from grader.results.verdicts import Verdict

HiddenTest = Callable[[Student], Ending]
"""Runs the hidden test of a check on a student."""


def run_check(check: Check, test: HiddenTest, student: Callable[[], Student]) -> Outcome:
    """Return what becomes of a check; what the judge remembers of it is not judged again."""
    try:
        given = student()
        if (known := given.talk.follow()) is not None:
            return known
    except (SubmissionUnusable, StudentStopped, RuleBroken, GraderError) as problem:
        return Outcome(check, ending_of(problem))
    ending = test(given)
    outcome = Outcome(check, ending, given.remarks, given.calls.telling(), given.looked_at)
    if ending.verdict is Verdict.INTERNAL:
        return outcome
    return given.talk.remember(outcome)


@dataclass(frozen=True)
class Basis:
    """What the checks of all students are judged by."""

    memory: Memory
    tolerances: Tolerances
    secret: bytes
    shrinking_attempts: int = 120
    """What a check may spend on a smaller counterexample; of its own, since a shared one would be a hidden input."""


def new_student(run: Run, slug: str, check: str, basis: Basis) -> Student:
    """Return the student of one check; raise what makes every check of the exercise end alike."""
    loaded = run.begin_check()
    seed = probe_seed(basis.secret, slug, check)
    start = start_of(slug.encode(), check.encode(), seed.to_bytes(8, "big"), shape_of(run.program, loaded))
    return Student(Talk(run, basis.memory, start), loaded, basis.tolerances, seed, basis.shrinking_attempts)


def shape_of(program: Program, loaded: Loaded) -> bytes:
    """Return what a check's words can depend on beside the replies: of the source, what loading it told."""
    missing = any(entry not in loaded.signatures for entry in program.entries)
    signatures = sorted(loaded.signatures.items())
    told = (program.notebook, signatures, (loaded.raised, loaded.functions) if missing else failed_imports(loaded))
    return repr(told).encode("utf-8", "backslashreplace")


def probe_seed(secret: bytes, slug: str, check: str) -> int:
    """Return the seed of a check's probes: the same in one course, another in the next."""
    return int.from_bytes(hmac.digest(secret, f"{slug}/{check}".encode(), hashlib.sha256)[:8], "big")
