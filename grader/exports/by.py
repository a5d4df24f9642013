"""What gets one column in a table of marks; imports nothing, so that the command line can offer it at its start."""

from enum import StrEnum


class By(StrEnum):
    """What gets one column: an exercise, a unit, or the whole course."""

    TOTAL = "total"
    UNIT = "unit"
    EXERCISE = "exercise"
