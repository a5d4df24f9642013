"""What a wrong result has to do with the right one where no misconception explains it, such as its transpose.

A relation is told only if it holds for every wrong part of every failed check. Pure: nothing here calls the student,
and nothing here guesses at a cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import add

import torch

from grader.comparison.compare import where
from grader.comparison.evidence import Aspect, Evidence
from grader.comparison.trees import Same, Tree, Wrong, sameness, tree, wrong_parts
from grader.config.course_config import Tolerances
from grader.diagnosis.transforms import TRANSFORMS
from grader.wording.message import Message, message

LEAST_NUMBERS = 3
"""So many numbers other than zero must agree before "k times as much" is more than chance."""
LARGEST_FACTOR = 100
PAIR = 2


def relation(failed: Sequence[Evidence], tolerances: Tolerances) -> Message | None:
    """Return the first relation that holds for all that failed, as a sentence, or None.

    There is none where a check failed for another reason than its value, or raised.
    """
    same = sameness(tolerances)
    wrong = [[pair for pair in compared_in(each) if not same(*pair)] for each in failed]
    if not all(wrong) or any(each.aspect is not Aspect.VALUE for each in failed):
        return None
    pairs = [pair for each in wrong for pair in each]
    return (of_sequences(pairs, same) or of_tensors(pairs, same)) if pairs else None


def compared_in(evidence: Evidence) -> Iterator[tuple[Tree, Tree]]:
    """Yield what was returned and what was expected in the calls of a failed check."""
    for seen in evidence.calls:
        for got, expected in seen.compared:
            yield tree(got), tree(expected)


def of_sequences(pairs: Sequence[tuple[Tree, Tree]], same: Same) -> Message | None:
    """Return what relates results that are several values: running sums, swapped, or in another's place."""
    if not all(are_sequences(*pair) for pair in pairs):
        return None
    if all(are_tensors(expected) and same(got, tuple(accumulate(expected, add))) for got, expected in pairs):
        return message("relations.running_sums", part=where(""))
    parts = len(pairs[0][1])
    if parts == PAIR and all(same(got, expected[::-1]) for got, expected in pairs):
        return message("relations.pair_swapped")
    taken = [from_where(here, pairs, same) for here in range(parts)]
    moved = [(here, there) for here, there in enumerate(taken) if here != there]
    if None in taken or not moved:
        return None
    here, there = moved[0]
    return message("relations.another_part", here=where(f"[{here}]"), there=where(f"[{there}]"))


def are_sequences(got: Tree, expected: Tree) -> bool:
    """Whether both are several values, equally many."""
    return isinstance(got, tuple) and isinstance(expected, tuple) and len(got) == len(expected) >= PAIR


def are_tensors(parts: tuple[Tree, ...]) -> bool:
    """Whether the parts are tensors of one shape, so that they can be added."""
    return all(isinstance(part, torch.Tensor) for part in parts) and len({part.shape for part in parts}) == 1


def from_where(here: int, pairs: Sequence[tuple[Tree, Tree]], same: Same) -> int | None:
    """Return the place whose right value a place holds in all results, itself if it can be, or None."""

    def fits(there: int) -> bool:
        return all(there < len(right) and same(got[here], right[there]) for got, right in pairs)

    fitting = [there for there in range(len(pairs[0][1])) if fits(there)]
    return here if here in fitting else next(iter(fitting), None)


def of_tensors(pairs: Sequence[tuple[Tree, Tree]], same: Same) -> Message | None:
    """Return what relates every wrong tensor to the right one."""
    wrong = [part for got, expected in pairs for part in wrong_parts(Wrong("", got, expected), same)]
    if not all(isinstance(value, torch.Tensor) for part in wrong for value in (part.got, part.expected)):
        return None
    paths = {part.path for part in wrong}
    place = where(paths.pop() if len(paths) == 1 else "")
    for key, transform in TRANSFORMS.items():
        if all(any(same(part.got, each) for each in transform(part.expected)) for part in wrong):
            return message(f"relations.{key}", part=place)
    if all(same(part.got.flatten(), part.expected.flatten()) for part in wrong):
        return message("relations.another_shape", part=place)
    return of_factor(wrong, place, same)


def of_factor(wrong: Sequence[Wrong], place: Message, same: Same) -> Message | None:
    """Return by which whole number the right result was multiplied or divided, or None."""
    if any(part.got.shape != part.expected.shape or part.got.is_complex() for part in wrong):
        return None
    got, right = (torch.cat([getattr(part, side).flatten().double() for part in wrong]) for side in ("got", "expected"))
    if int(right.count_nonzero()) < LEAST_NUMBERS:
        return None
    largest = right.abs().argmax()
    for key, ratio in (("multiplied", got[largest] / right[largest]), ("divided", right[largest] / got[largest])):
        factor = float(ratio)
        whole = round(factor) if abs(factor) < LARGEST_FACTOR else 0
        if abs(whole) > 1 and all(same(part.got, scaled(part.expected, whole, key)) for part in wrong):
            return message(f"relations.{key}", part=place, factor=whole)
    return None


def scaled(right: torch.Tensor, factor: int, how: str) -> torch.Tensor:
    """Return the right result multiplied or divided by a number."""
    return right * factor if how == "multiplied" else right / factor
