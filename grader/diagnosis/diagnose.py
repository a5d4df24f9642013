"""Explaining what failed: the smallest set of misconceptions that accounts for the most failed checks.

Values come first: a known-wrong solution that gives the very same results. Where these say little, as an exception or
None does, what was observed decides, for the wrong solutions of the whole course. What nothing explains is told so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from grader.catalogue.misconceptions import Misconception
from grader.catalogue.shown import Shown, ShownInCourse, named_shown
from grader.diagnosis.witness import NONE, VALUE, Witness
from grader.results.facts import DiagnosisFacts, Explained

MOST_TOGETHER: Final = 3
"""Nobody is told of more misconceptions at once; past that the checks stay unexplained."""
NOTHING_RETURNED: Final = "nothing_returned"
"""It is told as it is, and names nothing of another exercise: None is a right answer in some."""
HARMLESS: Final = frozenset(
    (
        "argument_changed",
        "argument_grad_cleared",
        "argument_grad_filled",
        "argument_requires_grad",
        "cleared_between",
        "grad_never_cleared",
        "grad_stayed_none",
        "grad_was_none",
        "missing_gradient",
        "outputs_summed",
        "part_detached",
        "result_has_graph",
        "result_shares_argument",
        "weights_of_ones",
    )
)
"""What right code shows too, here or there: by itself it names nothing where a value came out."""


@dataclass(frozen=True)
class Case:
    """What is known of one student's work on an exercise."""

    slug: str
    failed: Mapping[str, str]
    """The failed checks and how their calls ended, by id: `value`, `returned_none`, or the reason of an exception."""
    witnesses: tuple[Witness, ...] = ()
    recorded: str = ""
    """The check whose call was recorded, or empty where none was."""
    observations: tuple[str, ...] = ()
    """What the recording shows; what weighs most comes first."""


@dataclass(frozen=True)
class Lore:
    """What the course knows of its misconceptions."""

    misconceptions: Mapping[str, Misconception] = field(default_factory=dict)
    shown: ShownInCourse = field(default_factory=dict)

    def is_excluded(self, misconception: str, case: Case) -> bool:
        """Whether something was observed that speaks against a misconception."""
        known = self.misconceptions.get(misconception)
        return known is not None and bool(set(known.excludes) & set(case.observations))

    def lacks(self, misconception: str, case: Case) -> bool:
        """Whether nothing was observed of what a misconception would show in the recorded call.

        A call of which nothing at all was observed tells nothing: forward mode, for one, leaves no trace.
        """
        known = self.misconceptions.get(misconception)
        if known is None or not known.needs or not case.recorded or not case.observations:
            return False
        return not set(known.needs) & set(case.observations)

    def of(self, slug: str, name: str) -> Shown | None:
        """Return what a wrong solution shows, or None where that is not known."""
        by_exercise = self.shown.get(slug)
        return by_exercise.wrong.get(name) if by_exercise else None


def diagnose(case: Case, lore: Lore) -> DiagnosisFacts:
    """Return what the failed checks of an exercise tell about their cause."""
    if not case.failed:
        return DiagnosisFacts()
    usable = [
        each for each in case.witnesses if not each.is_contradicted and not lore.is_excluded(each.misconception, case)
    ]
    explained = explained_by(usable, case, lore)
    named, tied = smallest_cover(explained, distances(usable, case, lore))
    left = [each for each in case.failed if not any(each in explained[name] for name in (*named, *tied))]
    found = by_observation(case, lore) if case.recorded in left else ()
    alike = {each for each in left if found and (each == case.recorded or is_like_the_recorded(each, case))}
    left = [each for each in left if each not in alike]
    if len(found) == 1:
        explained[found[0]] = explained.get(found[0], frozenset()) | alike
        tied = () if found[0] in tied else tied
        named = (*named, *(each for each in found if each not in named))
    ordered = sorted(named, key=lambda name: -len(explained[name]))
    order = list(case.failed)
    return DiagnosisFacts(
        tried=True,
        misconceptions=tuple(
            Explained(misconception=name, checks=tuple(sorted(explained[name], key=order.index))) for name in ordered
        ),
        candidates=tied or (found if len(found) > 1 else ()),
        unexplained=tuple(left),
    )


def explained_by(usable: Sequence[Witness], case: Case, lore: Lore) -> dict[str, frozenset[str]]:
    """Return the checks that each misconception explains by one of its wrong solutions."""
    explained: dict[str, frozenset[str]] = {}
    for each in usable:
        checks = set(each.explains)
        if lore.lacks(each.misconception, case):
            checks = {check for check in checks if not is_told_by_the_recording(check, case)}
        checks -= {check for check in each.says_little if not shows_the_same(each, check, case, lore)}
        if checks:
            explained[each.misconception] = explained.get(each.misconception, frozenset()) | checks
    return explained


def is_told_by_the_recording(check: str, case: Case) -> bool:
    """Whether the recorded call went as far as that of a check: one that raised hides what would have come later."""
    return case.failed[case.recorded] in (VALUE, NONE, case.failed[check])


def shows_the_same(witness: Witness, check: str, case: Case, lore: Lore) -> bool:
    """Whether a wrong solution is like the student in more than the exception or None that a check ended with.

    Where the recorded call ended in the same way, what weighs most in the solution was seen there too. Where it ended
    otherwise it tells nothing of this check: then the solution is known for this very ending.
    """
    shown = lore.of(case.slug, witness.name)
    if shown is None or not shown.observations or not case.recorded:
        return True
    if case.failed[case.recorded] == case.failed[check]:
        return shown.observations[0] in case.observations
    return shown.ended == case.failed[check]


def distances(usable: Sequence[Witness], case: Case, lore: Lore) -> dict[str, int]:
    """Return how far each misconception's nearest wrong solution is from what was observed."""
    nearest: dict[str, int] = {}
    for each in usable:
        shown = lore.of(case.slug, each.name)
        own = set(shown.observations) if shown else set[str]()
        distance = len(own ^ set(case.observations)) if case.recorded and shown else 0
        nearest[each.misconception] = min(distance, nearest.get(each.misconception, distance))
    return nearest


def smallest_cover(
    explained: Mapping[str, frozenset[str]], distances: Mapping[str, int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the misconceptions of the smallest set that explains the most, and those that would do as well.

    Of sets of one size the one nearest to what was observed counts. What the sets do not have in common is named by
    none of them.
    """
    best: list[tuple[str, ...]] = []
    most = 0
    for size in range(1, MOST_TOGETHER + 1):
        for combination in combinations(explained, size):
            covered = len(frozenset[str]().union(*(explained[each] for each in combination)))
            if covered > most:
                best, most = [], covered
            if covered == most and (not best or len(best[0]) == size):
                best.append(combination)
    far = {each: sum(distances[name] for name in each) for each in best}
    best = [each for each in best if far[each] == min(far.values())]
    common = tuple(each for each in explained if best and all(each in one for one in best))
    rest = dict.fromkeys(each for one in best for each in one if each not in common)
    return common, tuple(rest)


def by_observation(case: Case, lore: Lore) -> tuple[str, ...]:
    """Return the misconceptions of the course whose wrong solutions show what weighs most here, and the most alike."""
    if not case.observations:
        return ()
    first, ended = case.observations[0], case.failed[case.recorded]
    if (ended == VALUE and first in HARMLESS) or first == NOTHING_RETURNED:
        return ()
    refuted = refuted_by_values(case)
    far = {
        (misconception, slug, name): len(set(shown.observations) ^ set(case.observations)) + 2 * (shown.ended != ended)
        for slug, name, misconception, shown in named_shown(lore.shown)
        if shown.observations[:1] == (first,) and misconception not in refuted
        if not lore.is_excluded(misconception, case) and not lore.lacks(misconception, case)
        if first not in HARMLESS or shown.ended == ended
    }
    return tuple(dict.fromkeys(key[0] for key, distance in far.items() if distance == min(far.values())))


def refuted_by_values(case: Case) -> frozenset[str]:
    """Return the misconceptions that a passed check speaks against, whichever way they are acted out."""
    contradicted = {each.misconception for each in case.witnesses if each.is_contradicted}
    return frozenset(contradicted - {each.misconception for each in case.witnesses if not each.is_contradicted})


def is_like_the_recorded(check: str, case: Case) -> bool:
    """Whether a check ended as the recorded one did, where that was an exception or None."""
    return case.failed[check] == case.failed[case.recorded] != VALUE
