"""The reports of a class: facts put into words, with what its roster and its due dates say of each student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from grader.catalogue.texts import texts_of
from grader.config.course_config import CourseConfig
from grader.dates.extension import Extension
from grader.dates.lateness import lateness
from grader.grading.arrivals import Times
from grader.grading.enrolment import Enrolment
from grader.grading.options import Assignment
from grader.reports.late import Late
from grader.reports.render import rendered
from grader.results.arrival import Arrival
from grader.results.facts import SubmissionFacts
from grader.results.report import Language, Report
from grader.results.texts import CourseTexts
from grader.submissions.entries import Entry
from grader.submissions.submission import Submission


@dataclass
class ClassReports:
    """Makes the report of each student, and counts whose time is not known."""

    assignment: Assignment
    enrolment: Enrolment
    language: Language
    times: Times
    extensions: Mapping[str, Extension] = field(default_factory=dict)
    """By the students' ids."""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    counts: Counter[str] = field(default_factory=Counter)
    """How many submissions were `late`, and of how many the time is `unknown`."""
    _arrivals: dict[str, Arrival | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Load the course's words once."""
        self.texts: CourseTexts = texts_of(self.assignment.course, questions=bool(self.assignment.quizzes))

    @property
    def config(self) -> CourseConfig:
        """Return the course's settings."""
        return self.assignment.course.config

    def note(self, entry: Entry, submission: Submission) -> None:
        """Keep when a submission came, as long as its marks are not there."""
        self._arrivals[entry.student] = self.times.arrival(entry, submission.handed_in)

    def report(self, facts: SubmissionFacts) -> Report:
        """Return the report on a student, as the course's policies allow now."""
        arrival = self._arrivals.pop(facts.student, None)
        member = self.enrolment.members.get(facts.student)
        missing = facts.student in self.enrolment.missing
        late = Late(arrival, lateness(arrival, self.config, self.extensions.get(member.id) if member else None))
        self.counts["late"] += bool(late.units)
        self.counts["unknown"] += arrival is None and not missing
        report = rendered(
            facts, self.texts, language=self.language, policy=self.config.feedback, now=self.now, late=late
        )
        if member is None:
            return report
        known = {"student_id": member.id, "section": member.section, "missing": missing}
        return report.model_copy(update=known)
