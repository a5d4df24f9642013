"""Puts the overview of a class together from its reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.config.course_config import CourseConfig
from grader.reports.overview.anonymous import anonymous
from grader.reports.overview.distractors import questions_of
from grader.reports.overview.hands import hands_needed
from grader.reports.overview.items import Items
from grader.reports.overview.record import ClassOverview, HandNeeded, RunPoint
from grader.reports.overview.spreads import Titles, held_by, line_of, part_spreads, unit_spreads
from grader.reports.overview.words import OverviewWords
from grader.results.report import Language, Report


@dataclass(frozen=True)
class KnownClass:
    """The reports of a class, and what is known of it beside them."""

    name: str
    reports: Sequence[Report]
    made: str
    """When the reports were read, with its zone."""
    unsettled: Sequence[HandNeeded] = ()
    """What the roster leaves open."""
    trend: Sequence[RunPoint] = ()

    def anonymous(self, order: Sequence[int], language: Language) -> KnownClass:
        """Return the class without names; `order` gives each report its number and is a shuffled range."""
        words = OverviewWords(language)
        names = {
            report.student: words.say("student_number", number=number + 1)
            for report, number in zip(self.reports, order, strict=True)
        }
        bare = anonymous(self.reports, names, late=words.say("late"))
        nameless = [HandNeeded(student=words.say("somebody"), reason=each.reason) for each in self.unsettled]
        ordered = [bare[place] for place in sorted(range(len(bare)), key=order.__getitem__)]
        return KnownClass("", ordered, self.made, nameless, self.trend)


def overview_of(
    given: KnownClass, config: CourseConfig, language: Language, *, shuffled: Sequence[int] | None = None
) -> ClassOverview:
    """Return the overview of a class; under numbers instead of names where a `shuffled` range is given."""
    known = given if shuffled is None else given.anonymous(shuffled, language)
    words = OverviewWords(language)
    titles = Titles({unit.name: unit.title.in_language(language) for unit in config.units}, words.raw("quiz_title"))
    handed_in = [report for report in known.reports if not report.missing]
    items = Items.of(handed_in)
    return ClassOverview(
        course=config.title.in_language(language),
        class_name=known.name,
        language=language,
        made=known.made,
        is_anonymous=shuffled is not None,
        students=tuple(line_of(each, config, is_anonymous=shuffled is not None) for each in known.reports),
        hands=hands_needed(known.reports, known.unsettled),
        units=tuple(unit_spreads(handed_in, config, titles)),
        parts=tuple(part_spreads(handed_in, config, titles)),
        misconceptions=held_by(handed_in),
        items=items.figures(),
        questions=questions_of(handed_in, right=words.say("right_answer"), none=words.say("no_answer")),
        reliability=items.reliability(),
        trend=tuple(known.trend),
    )


def titles_of(overview: ClassOverview) -> Mapping[str, str]:
    """Return what each exercise and quiz is called."""
    return {each.part: each.title for each in overview.parts}
