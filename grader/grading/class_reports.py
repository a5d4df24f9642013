"""The reports of a class: how its students stand, put into words, as the course's policies allow now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

import grader
from grader.catalogue.course import Course
from grader.catalogue.texts import texts_of
from grader.config.course_config import CourseConfig
from grader.grading.grounds import digest_of
from grader.grading.roll import Roll
from grader.grading.standing import Standing
from grader.reports.render import rendered
from grader.results.report import REPORT_VERSION, Language, Report
from grader.results.texts import CourseTexts
from grader.store.rows import Mark, StudentRow


@dataclass
class ClassReports:
    """Makes the report of each student."""

    course: Course
    language: Language
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @cached_property
    def texts(self) -> CourseTexts:
        """Return the course's words, those of questions included: an earlier run may have marked quizzes."""
        return texts_of(self.course)

    def key(self, row: StudentRow, marks: Mapping[str, Mark]) -> str:
        """Return a digest of all that a student's report is made from; nothing where that is not settled."""
        if not row.state:
            return ""
        by_hand = {part: [each.points, each.max_points, each.comment] for part, each in marks.items()}
        tells_all = self.config.feedback.tells_all(self.now)
        feedback = [self.config.feedback.level.value, tells_all, self.language, self.course.version]
        return digest_of(row.state, row.is_here, by_hand, feedback, REPORT_VERSION, grader.__version__)

    @property
    def config(self) -> CourseConfig:
        """Return the course's settings."""
        return self.course.config

    def report(self, standing: Standing) -> Report:
        """Return the report on a student."""
        enrolled = standing.enrolled
        report = rendered(
            standing.facts,
            self.texts,
            language=self.language,
            policy=self.config.feedback,
            now=self.now,
            late=standing.late,
        )
        known = {
            "student_id": enrolled.id,
            "section": enrolled.section,
            "missing": enrolled.is_missing,
            "gone": standing.is_gone,
        }
        return report.model_copy(update=known)


def stored_reports(roll: Roll, language: Language) -> list[Report]:
    """Return the reports of a class as the store has it, by the students' names."""
    reports = ClassReports(roll.course, language)
    return [reports.report(roll.standing(row)) for _, row in sorted(roll.students.items())]
