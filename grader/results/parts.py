"""The parts of a student's work that are marked by themselves: an exercise by its slug, a quiz as `quiz_<unit>`.

A free-text answer in a quiz is `quiz_<unit>/<question>`.
"""

from __future__ import annotations

from typing import Final

QUIZ: Final = "quiz_"
ANSWER: Final = "/"
WHOLE: Final = ""
"""What is said of a submission as a whole, beside its parts."""


def quiz_part(unit: str) -> str:
    """Return the part that is a unit's quiz."""
    return f"{QUIZ}{unit}"


def answer_part(unit: str, question: str) -> str:
    """Return the part that is one answer in a unit's quiz."""
    return f"{quiz_part(unit)}{ANSWER}{question}"


def is_answer(part: str) -> bool:
    """Whether a part is one answer in a quiz."""
    return ANSWER in part
