"""The course as a learner walks through it: exercises in order, with all that the loop tells of them.

Owns which exercise comes next. Plain data, made once: the loop's state holds it, and no file is read later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.catalogue.course import Course
from grader.catalogue.introduction import introduction_of
from grader.learn.progress import Progress


@dataclass(frozen=True)
class Lesson:
    """One exercise, in the learner's language."""

    slug: str
    unit: str
    unit_title: str
    title: str
    points: float
    needs: tuple[str, ...]
    hints: tuple[str, ...]
    file: str
    """Where to write, from the learner's folder on."""
    unit_has_quiz: bool
    unit_has_introduction: bool = False


@dataclass(frozen=True)
class Outline:
    """The exercises of a course, in order."""

    title: str
    lessons: tuple[Lesson, ...]

    def lesson(self, slug: str) -> Lesson:
        """Return an exercise that is known to be there."""
        return self.lessons[self.index(slug)]

    def index(self, slug: str) -> int:
        """Return the place of an exercise, from 0."""
        return next(index for index, each in enumerate(self.lessons) if each.slug == slug)

    def has(self, slug: str | None) -> bool:
        """Whether there is such an exercise."""
        return any(each.slug == slug for each in self.lessons)

    def next_after(self, slug: str | None, progress: Progress) -> str | None:
        """Return the next exercise that was not passed, in the course's order and then from its beginning.

        Exercises that need one that was not passed come last. None where everything was passed.
        """
        start = self.index(slug) + 1 if slug is not None and self.has(slug) else 0
        around = [*self.lessons[start:], *self.lessons[:start]]
        still_open = [each for each in around if not progress.of(each.slug).passed and each.slug != slug]
        ready = [each for each in still_open if not self.missing(each, progress)]
        for each in (*ready, *still_open):
            return each.slug
        return None

    def missing(self, lesson: Lesson, progress: Progress) -> tuple[str, ...]:
        """Return what an exercise needs and what was not passed yet."""
        return tuple(need for need in lesson.needs if self.has(need) and not progress.of(need).passed)

    def opens_unit(self, slug: str) -> bool:
        """Whether an exercise is the first of a unit that has an introduction."""
        lesson = self.lesson(slug)
        first = next(each for each in self.lessons if each.unit == lesson.unit)
        return lesson == first and lesson.unit_has_introduction

    def is_unit_passed(self, unit: str, progress: Progress) -> bool:
        """Whether every exercise of a unit was passed."""
        return all(progress.of(each.slug).passed for each in self.lessons if each.unit == unit)

    def where(self, progress: Progress) -> str | None:
        """Return the exercise to go on with: the one looked at last unless it was passed, or else the next one."""
        current = progress.current
        if current is not None and self.has(current) and not progress.of(current).passed:
            return current
        return self.next_after(current, progress) or (self.next_after(None, progress))

    def passed(self, progress: Progress) -> int:
        """Return how many exercises were passed."""
        return sum(progress.of(each.slug).passed for each in self.lessons)


def outline_of(course: Course, language: str) -> Outline:
    """Return a course's outline in a language."""
    units = {unit.name: unit for unit in course.config.units}
    return Outline(
        course.config.title.in_language(language),
        tuple(
            Lesson(
                slug=each.slug,
                unit=each.unit,
                unit_title=units[each.unit].title.in_language(language),
                title=each.sheet.title.in_language(language),
                points=each.points,
                needs=each.sheet.needs,
                hints=tuple(hint.in_language(language) for hint in each.sheet.hints),
                file=f"{each.unit}/{each.slug}/{each.slug}.py",
                unit_has_quiz=units[each.unit].quiz is not None,
                unit_has_introduction=introduction_of(course, each.unit, language) is not None,
            )
            for each in course.exercises
        ),
    )


def units_of(lessons: Sequence[Lesson]) -> list[tuple[str, list[Lesson]]]:
    """Return the exercises of each unit under its title, in order."""
    found: dict[str, list[Lesson]] = {}
    for each in lessons:
        found.setdefault(each.unit_title, []).append(each)
    return list(found.items())
