"""The words for what became of a check, an exercise or an answer, and which of them weighs most."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What became of one check, or of one exercise as a whole."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    FORBIDDEN = "forbidden"
    SKIPPED = "skipped"
    UNREAD = "unread"
    """There is work that nobody could read: it counts neither way until a person decides."""
    INTERNAL = "internal"


class Part(StrEnum):
    """The part of an exercise that a check belongs to."""

    DOCUMENTED = "documented"
    PROBES = "probes"
    EDGES = "edges"


class AnswerVerdict(StrEnum):
    """What became of one answer to a quiz question."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    UNREADABLE = "unreadable"
    WAITING = "waiting"
    """Free text, which a human marks."""
    INTERNAL = "internal"


GRAVITY = (
    Verdict.INTERNAL,
    Verdict.UNREAD,
    Verdict.FORBIDDEN,
    Verdict.CRASHED,
    Verdict.MEMORY,
    Verdict.TIMEOUT,
    Verdict.ERROR,
    Verdict.FAILED,
    Verdict.SKIPPED,
    Verdict.PASSED,
)


def gravest(verdicts: tuple[Verdict, ...]) -> Verdict:
    """Return the verdict that sums up several: the gravest one, or `skipped` for none."""
    return min(verdicts, key=GRAVITY.index, default=Verdict.SKIPPED)
