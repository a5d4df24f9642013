"""What each choice of several is worth in Moodle, which stops an import at a grade that its list does not have."""

from __future__ import annotations

from grader.bridges.item import Alternative, Item, alternatives

FULL = 100.0
EVEN = frozenset({*range(1, 11), 20})
"""Numbers of right choices that the list has an equal part for."""
LARGE, SMALL = 10.0, 5.0
"""The parts of 11 to 19 right choices: as many of each as come to 100."""


def graded(item: Item) -> tuple[tuple[Alternative, str], ...]:
    """Return the alternatives of a `multiple` question, each with its percentage; a wrong one takes what most give."""
    parts = parts_of(len(item.variant.key))
    loss, rights = parts[len(parts) // 2], iter(parts)
    found = ((each, next(rights) if each.is_right else -loss) for each in alternatives(item))
    return tuple((each, f"{percent:.7g}") for each, percent in found)


def parts_of(right: int) -> list[float]:
    """Return what so many right choices are worth, the most first; no more than 20 get here."""
    if right in EVEN:
        return [FULL / right] * right
    large = round((FULL - SMALL * right) / (LARGE - SMALL))
    return [LARGE] * large + [SMALL] * (right - large)
