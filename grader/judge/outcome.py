"""What became of one hidden check: its verdict, the words for the student, and the evidence for a diagnosis."""

from __future__ import annotations

import builtins
import traceback
from collections.abc import Mapping
from dataclasses import dataclass

from grader.comparison.evidence import Aspect, Evidence, Seen
from grader.judge.findings import (
    CheckFailed,
    RuleBroken,
    StudentRaised,
    StudentStopped,
    SubmissionUnusable,
)
from grader.judge.words import explained
from grader.protocol.messages import Raised
from grader.results.verdicts import Part, Verdict
from grader.wording.message import Message, Titled, message

LIMIT_VERDICTS = {
    "cpu": Verdict.TIMEOUT,
    "wall": Verdict.TIMEOUT,
    "memory": Verdict.MEMORY,
}


@dataclass(frozen=True)
class Check:
    """A hidden test as content: where it counts and how it is called in a report."""

    id: str
    title: dict[str, str]
    part: Part
    points: float
    covers: tuple[str, ...] = ()
    needs: str | None = None


@dataclass(frozen=True)
class Ending:
    """How one run of a check ended.

    `finding` may hold hidden inputs and the student's own text; `brief` holds neither.
    """

    verdict: Verdict
    finding: Message | None = None
    brief: Message | None = None
    limit: str | None = None
    aspect: Aspect | None = None
    trace: str = ""


@dataclass(frozen=True)
class Outcome:
    """A check and how it ended for one student."""

    check: Check
    ending: Ending
    remarks: tuple[Message, ...] = ()
    calls: tuple[Seen, ...] = ()
    """The calls of the check's telling examples: of a failed probe the first and the smallest, else the last."""
    looked_at: frozenset[Aspect] = frozenset()
    """The aspects that the check looked at."""
    state: bytes = b""
    """What names all that the outcome depends on, or empty for one that depends on more, such as a stop."""

    @property
    def is_flawless(self) -> bool:
        """Whether the check is passed and nothing is remarked."""
        return self.ending.verdict is Verdict.PASSED and not self.remarks

    @property
    def evidence(self) -> Evidence | None:
        """Return what a diagnosis can compare with, or None for a check that did not fail or tells nothing."""
        aspect = self.ending.aspect
        return Evidence(aspect, self.calls) if aspect and self.calls else None

    @property
    def counter_evidence(self) -> tuple[Evidence, ...]:
        """Return what a misconception must not contradict: what a passed check looked at."""
        if self.ending.verdict is not Verdict.PASSED:
            return ()
        return tuple(Evidence(aspect, self.calls) for aspect in sorted(self.looked_at))


PASSED = Ending(Verdict.PASSED)


def ending_of(problem: BaseException | None) -> Ending:  # noqa: PLR0911 - one return for each kind of ending
    """Return how a check ended that raised `problem`, or nothing; what is not the student's doing is `internal`."""
    match problem:
        case None:
            return PASSED
        case CheckFailed():
            return Ending(Verdict.FAILED, problem.finding, message("judge.brief_failed"), aspect=problem.aspect)
        case StudentRaised():
            brief = brief_raised(problem.raised)
            aspect = Aspect.VALUE if problem.shrinkable else None
            return Ending(Verdict.ERROR, problem.finding, brief, aspect=aspect)
        case SubmissionUnusable():
            brief = problem.finding if problem.raised is None else brief_raised(problem.raised)
            return Ending(Verdict.ERROR, problem.finding, brief)
        case RuleBroken():
            return Ending(Verdict.FORBIDDEN, problem.finding, problem.finding)
        case StudentStopped():
            verdict = LIMIT_VERDICTS.get(problem.limit or "", Verdict.CRASHED)
            brief = brief_stop(problem.finding)
            return Ending(verdict, problem.finding, brief, limit=problem.limit)
    trace = "".join(traceback.format_exception(problem))
    words = message("judge.internal")
    return Ending(Verdict.INTERNAL, words, words, trace=trace)


def brief_raised(raised: Raised) -> Message:
    """Return the exception's type and the line in the student's own file, and nothing that it says.

    Only the names of Python's own exceptions are repeated: a class made during a hidden check could carry its inputs.
    """
    kind = raised.type if isinstance(getattr(builtins, raised.type, None), type) else "Exception"
    if raised.cell:
        words = message("judge.brief_raised_in_cell", type=kind, line=raised.line, cell=raised.cell)
    elif raised.line:
        words = message("judge.brief_raised", type=kind, line=raised.line)
    else:
        words = message("judge.brief_raised_outside", type=kind)
    return explained(words, raised)


def brief_stop(finding: Message) -> Message:
    """Return the words for a limit or a crash without the call, and without the exit code, which a student chooses."""
    if isinstance(inner := finding.params.get("finding"), Message):
        return Message(finding.key, {"finding": brief_stop(inner)})
    if finding.key == "judge.crashed":
        return message("judge.brief_crashed")
    if "call" not in finding.params:
        return finding
    return Message("judge.brief_memory", {name: value for name, value in finding.params.items() if name != "call"})


def skipped(title: Mapping[str, str]) -> Ending:
    """Return the ending of a check that waited for another, whose title in both languages is `title`."""
    words = message("judge.skipped", needed=Titled(title))
    return Ending(Verdict.SKIPPED, words, words)


def given_up() -> Ending:
    """Return the ending of a check that the judge itself took too long for, twice: a person looks at it."""
    words = message("judge.internal")
    return Ending(Verdict.INTERNAL, words, words, trace="the judge took too long for this check, twice\n")
