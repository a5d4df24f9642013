"""Pairs of sources that share more than everybody was given and more than many write: a place to look, no verdict."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from grader.similarity.fingerprints import Fingerprints, fingerprints

FEWEST = 4
"""Fingerprints of its own that a source needs to be compared: about twenty words that few others wrote."""
COMMON_SHARE = 0.1
COMMON_LEAST = 3
"""A fingerprint that more than these have, or a tenth of the class, is what many write."""


@dataclass(frozen=True)
class Pair:
    """Two students whose answers to one exercise are alike."""

    slug: str
    first: str
    second: str
    share: float
    """Of the fingerprints that the shorter one has beyond what is given and common."""
    first_lines: tuple[int, ...]
    second_lines: tuple[int, ...]
    """The lines on which what they share begins."""


def alike(slug: str, sources: Mapping[str, str], given: Iterable[str], *, least: float) -> Iterator[Pair]:
    """Yield the pairs of students whose sources share at least `least` of what is their own, the most alike first.

    `given` are sources that everybody had or could arrive at: the starter and the reference solution.
    """
    own = own_fingerprints(sources, given)
    holders: dict[int, list[str]] = defaultdict(list)
    for student in sorted(own):
        for each in own[student]:
            holders[each].append(student)
    candidates = {pair for students in holders.values() for pair in combinations(students, 2)}
    found = (compared(slug, first, second, own) for first, second in candidates)
    yield from sorted(
        (pair for pair in found if pair.share >= least), key=lambda pair: (-pair.share, pair.first, pair.second)
    )


def own_fingerprints(sources: Mapping[str, str], given: Iterable[str]) -> Mapping[str, Fingerprints]:
    """Return the fingerprints of each student that are neither given nor common, where they are enough to compare."""
    known = {each for source in given for each in fingerprints(source)}
    found = {student: fingerprints(source) for student, source in sources.items()}
    holders = Counter(each for held in found.values() for each in held)
    most = max(COMMON_LEAST, COMMON_SHARE * len(sources))
    own = {
        student: {each: line for each, line in held.items() if each not in known and holders[each] <= most}
        for student, held in found.items()
    }
    return {student: held for student, held in own.items() if len(held) >= FEWEST}


def compared(slug: str, first: str, second: str, own: Mapping[str, Fingerprints]) -> Pair:
    """Return how much two students share."""
    shared = own[first].keys() & own[second].keys()
    first_lines, second_lines = (tuple(sorted({own[each][mark] for mark in shared})) for each in (first, second))
    share = len(shared) / min(len(own[first]), len(own[second]))
    return Pair(slug, first, second, share, first_lines, second_lines)
