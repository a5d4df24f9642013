"""Asking a student process how the function went about the smallest counterexample of the first failed check.

Once for each exercise that is not passed, after its checks are done, and of each student anew: a recording names lines,
so it is no part of what a judge remembers. It changes words and no mark.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.comparison.evidence import Seen
from grader.errors import GraderError
from grader.judge.call import MadeCall
from grader.judge.findings import RuleBroken, StudentStopped, SubmissionUnusable
from grader.judge.outcome import Outcome
from grader.judge.run import Run
from grader.protocol.messages import Call, Observe, Record, Recorded
from grader.protocol.recording import Recording
from grader.protocol.values import materialise
from grader.sandbox.process import packed


@dataclass(frozen=True)
class RecordedFailure:
    """A failed check, its call as a finding writes it, and what the function did in it."""

    check: str
    call: str
    recording: Recording


def record_failure(run: Run, outcomes: Sequence[Outcome]) -> RecordedFailure | None:
    """Return how the function went about a call that failed; None where none did, or where nothing reliable is told.

    After a stop nothing is asked: what stopped the process once would stop it again.
    """
    failed = telling(outcomes)
    if failed is None or run.spent.stops:
        return None
    seen = failed.calls[-1]
    try:
        reply = run.read(run.ask(packed(Record(request_of(seen)))))
    except (SubmissionUnusable, StudentStopped, RuleBroken, GraderError):
        return None
    if not isinstance(reply, Recorded) or not is_like(reply, seen) or not has_places(run, reply.recording):
        return None
    return RecordedFailure(failed.check.id, made_call(run, seen).text(), reply.recording)


def telling(outcomes: Sequence[Outcome]) -> Outcome | None:
    """Return the first failed check in which the function itself was called, else the first with an observer."""
    failed = [each for each in outcomes if each.evidence is not None]
    plain = (each for each in failed if each.calls[-1].observer is None)
    return next(plain, failed[0] if failed else None)


def request_of(seen: Seen) -> Call | Observe:
    """Return a call that was made before, to be made again."""
    arguments = tuple(materialise(each) for each in seen.before)
    if seen.observer is not None:
        return Observe(seen.observer, arguments)
    return Call(seen.entry, arguments, seen.times)


def is_like(recorded: Recorded, seen: Seen) -> bool:
    """Whether a call did the very same when it was recorded; lines apart, which may be another student's."""
    now, before = (
        [(each.value, each.raised and (each.raised.type, each.raised.message), each.arguments) for each in observations]
        for observations in (recorded.observations, seen.observations)
    )
    return is_same(now, before)


def is_same(one: Any, other: Any) -> bool:
    """Whether two decoded values are the same, NaN like itself."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, dict):
        return is_same(list(one.items()), list(other.items()))
    return bool(one == other or (isinstance(one, float) and math.isnan(one) and math.isnan(other)))


def has_places(run: Run, recording: Recording) -> bool:
    """Whether the source has every line that a recording names."""
    return all(map(run.program.has_line, recording.places()))


def made_call(run: Run, seen: Seen) -> MadeCall:
    """Return a call as it is written in a message."""
    parameters = run.program.parameters.get(seen.entry, ())
    if seen.observer is not None:
        parameters = tuple(inspect.signature(seen.observer).parameters)[1:]
    return MadeCall(seen.entry, parameters, seen.before, seen.times)
