"""What a course says in its own words, in both languages: what facts need to become a report.

Owns the record, kept once for each version of a course, and its one way to JSON and back. Knows nothing of how a course
lies on disk. It holds explanations and check titles, so students get parts of it only, in a report.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import Field

from grader.results.record import Record

TEXTS_VERSION: Final = 1


class Both(Record):
    """A text in both languages."""

    en: str
    zh: str

    def text(self, language: str) -> str:
        """Return the text in `en` or `zh`."""
        return self.zh if language == "zh" else self.en


class MisconceptionTexts(Record):
    """What is said of a misconception."""

    title: Both
    explanation: Both


class QuestionTexts(Record):
    """What a quiz question says, with the places for a student's own numbers as the author wrote them."""

    text: Both
    code: str
    explanation: Both


class CourseTexts(Record):
    """The texts of one version of a course."""

    version: Literal[1] = TEXTS_VERSION
    course: str
    """The version of the course: a digest of its content."""
    title: Both
    units: dict[str, Both]
    """The units' titles, by name."""
    exercises: dict[str, Both]
    """The exercises' titles, by slug."""
    checks: dict[str, dict[str, Both]]
    """The checks' titles, by slug and by the check's id."""
    misconceptions: dict[str, MisconceptionTexts]
    concepts: dict[str, Both]
    """What quiz questions are about, by the English term."""
    questions: dict[str, QuestionTexts]
    hints: dict[str, tuple[Both, ...]] = Field(default_factory=dict)
    """The exercises' hints, by slug, the first to take first."""


def encode_texts(texts: CourseTexts) -> dict[str, Any]:
    """Return a course's texts as JSON can hold them."""
    return texts.model_dump(mode="json")


def decode_texts(data: dict[str, Any]) -> CourseTexts:
    """Return the texts that `encode_texts` was given; pydantic's ValidationError for anything else."""
    return CourseTexts.model_validate(data)
