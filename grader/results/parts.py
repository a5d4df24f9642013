"""The parts of a student's work that are marked by themselves: an exercise by its slug, a quiz as `quiz_<unit>`."""

from __future__ import annotations

from typing import Final

QUIZ: Final = "quiz_"
WHOLE: Final = ""
"""What is said of a submission as a whole, beside its parts."""


def quiz_part(unit: str) -> str:
    """Return the part that is a unit's quiz."""
    return f"{QUIZ}{unit}"
