"""Naming the misconception: the only one whose known-wrong solution agrees with the student on every failed check.

A rival is compared on the aspect that the check looked at, on the first failing example and on the smallest
counterexample. More than one agreeing misconception, or none, is said honestly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.catalogue.exercise import WrongSolution
from grader.comparison.evidence import Aspect, Evidence, Seen
from grader.config.course_config import Tolerances
from grader.diagnosis.agreement import agrees
from grader.diagnosis.rival import Rival, load_rival


@dataclass(frozen=True)
class Diagnosis:
    """The misconceptions that explain every failed check: one names it, several or none do not."""

    candidates: tuple[str, ...] = ()
    tried: bool = False
    """Whether there was anything to diagnose."""

    @property
    def misconception(self) -> str | None:
        """Return the misconception when exactly one explains everything."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def diagnose(
    failed: Sequence[Evidence],
    wrong_solutions: Iterable[WrongSolution],
    tolerances: Tolerances,
    *,
    passed: Sequence[Evidence] = (),
) -> Diagnosis:
    """Return what the evidence of one exercise's failed checks tells.

    Where several misconceptions explain it, those that contradict least of what the `passed` checks saw are kept.
    """
    if not failed:
        return Diagnosis()
    rivals = [load_rival(wrong) for wrong in wrong_solutions]
    agreeing = [rival for rival in rivals if explains(rival, failed, tolerances)]
    if len(ids(agreeing)) > 1:
        strikes = [contradictions(rival, passed, tolerances) for rival in agreeing]
        agreeing = [rival for rival, count in zip(agreeing, strikes, strict=True) if count == min(strikes)]
    return Diagnosis(ids(agreeing), tried=True)


def contradictions(rival: Rival, passed: Sequence[Evidence], tolerances: Tolerances) -> int:
    """Return in how much of the evidence a rival does something else than the student did."""
    return sum(not explains(rival, [evidence], tolerances) for evidence in passed)


def ids(rivals: Iterable[Rival]) -> tuple[str, ...]:
    """Return the misconceptions of rivals, each once, in order."""
    return tuple(dict.fromkeys(rival.misconception for rival in rivals))


def explains(rival: Rival, failed: Sequence[Evidence], tolerances: Tolerances) -> bool:
    """Whether a rival does what the student did in every failed check."""
    return all(agrees_on(rival, seen, evidence.aspect, tolerances) for evidence in failed for seen in evidence.calls)


def agrees_on(rival: Rival, seen: Seen, aspect: Aspect, tolerances: Tolerances) -> bool:
    """Whether a rival does in one call what the student did."""
    theirs = rival.observe(seen)
    return len(theirs) == len(seen.observations) and all(
        agrees(one, other, aspect, tolerances) for one, other in zip(seen.observations, theirs, strict=True)
    )
