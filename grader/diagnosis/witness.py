"""What one known-wrong solution says about a student: in which checks it does the very same, and in which it does not.

Values alone; depends on what a check saw and on nothing else of the student.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.catalogue.exercise import WrongSolution
from grader.comparison.evidence import Aspect, Evidence, Seen
from grader.config.course_config import Tolerances
from grader.diagnosis.agreement import agrees
from grader.diagnosis.rival import Rival, load_rival
from grader.protocol.messages import Observation
from grader.sandbox.naming import reason_of

VALUE = "value"
"""How a call ended that returned something which says what was done."""
NONE = "returned_none"


@dataclass(frozen=True)
class Witness:
    """A known-wrong solution beside what a student gave."""

    name: str
    misconception: str
    explains: tuple[str, ...]
    """The failed checks in which it gives exactly the student's result."""
    says_little: tuple[str, ...]
    """Those of them in which the result is an exception or None, which many mistakes have in common."""
    is_contradicted: bool
    """Whether it would fail, or do something else in, a check that the student passes."""


MOST_KNOWN = 1 << 14
"""So many observations of rivals are remembered at most; past that all are forgotten."""


@dataclass
class Trial:
    """The known-wrong solutions of a course, each called once for the same call, whoever made it.

    Most calls are made of every student; calling every rival again for each of them costs more than judging does.
    """

    tolerances: Tolerances
    _known: dict[tuple[int, bytes], tuple[Observation, ...]] = field(default_factory=dict)
    """By the rival's identity, which lasts since rivals are loaded once, and the request."""

    def explains(self, rival: Rival, evidence: Evidence) -> bool:
        """Whether a rival does what the student did in every call of a check."""
        return all(self._agrees(rival, seen, evidence.aspect) for seen in evidence.calls)

    def _agrees(self, rival: Rival, seen: Seen, aspect: Aspect) -> bool:
        theirs = self._observe(rival, seen)
        return len(theirs) == len(seen.observations) and all(
            agrees(one, other, aspect, self.tolerances) for one, other in zip(seen.observations, theirs, strict=True)
        )

    def _observe(self, rival: Rival, seen: Seen) -> tuple[Observation, ...]:
        if not seen.request:
            return rival.observe(seen)
        key = id(rival), seen.request
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = rival.observe(seen)
        return self._known[key]


def witnesses_of(
    failed: Mapping[str, Evidence],
    passed: Sequence[Evidence],
    wrong_solutions: Sequence[WrongSolution],
    trial: Trial,
) -> tuple[Witness, ...]:
    """Return what each known-wrong solution says; those that explain no failed check are left out."""
    found = []
    for wrong in wrong_solutions if failed else ():
        rival = load_rival(wrong)
        explains = tuple(name for name, evidence in failed.items() if trial.explains(rival, evidence))
        if explains:
            says_little = tuple(each for each in explains if ending_of(failed[each]) != VALUE)
            is_contradicted = not all(trial.explains(rival, evidence) for evidence in passed)
            found.append(Witness(wrong.name, wrong.misconception, explains, says_little, is_contradicted))
    return tuple(found)


def ending_of(evidence: Evidence) -> str:
    """Return how the call ended that a check failed at: `value`, `returned_none`, or the reason of an exception."""
    last = evidence.calls[-1].observations[-1]
    if last.raised is not None:
        return reason_of(last.raised.type, last.raised.message)
    return NONE if evidence.aspect is Aspect.VALUE and last.value is None else VALUE
