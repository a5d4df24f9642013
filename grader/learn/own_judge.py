"""Judging a learner's own files: with the warm judge of this process, and with less isolation where there is no other.

Owns the one exception to the rule that grading refuses to go on without a layer: somebody's own files, in the folder
that `grader start` made, run with what this machine has, and the report says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from grader.catalogue.course import course_digest
from grader.catalogue.texts import texts_of
from grader.config.course_config import FeedbackPolicy
from grader.errors import IsolationError
from grader.grading.graded import Graded
from grader.grading.options import Options
from grader.grading.secret import SELF_STUDY
from grader.grading.warm import grade_warm
from grader.learn.targets import Target
from grader.learn.workspace import Workspace
from grader.reports.render import rendered
from grader.results.facts import SubmissionFacts
from grader.results.report import Report
from grader.results.texts import CourseTexts
from grader.sandbox.isolation import Isolation
from grader.submissions.submission import Submission


@dataclass
class OwnJudge:
    """Judges a learner's files, one exercise or several at a time."""

    workspace: Workspace
    isolation: Isolation | None = None
    """What was asked for; None for the sandbox, or what there is in a folder of the learner's own."""
    is_at_home: bool = True
    """Whether only files of the workspace are judged."""
    notebooks_only: bool = False
    """Whether code cells alone are judged."""
    _is_weaker: bool = False
    _texts: dict[tuple[str, ...], CourseTexts] = field(default_factory=dict)

    @property
    def is_weaker(self) -> bool:
        """Whether a layer was missing, so that nobody chose the isolation."""
        return self._is_weaker

    def report_on(self, found: Sequence[Target]) -> Report:
        """Return one report on several targets; GraderError where no judge can be had."""
        facts = [self.graded(each.read(), each.slugs).facts for each in found]
        exercises = tuple(exercise for each in facts for exercise in each.exercises)
        slugs = tuple(slug for each in found for slug in each.slugs)
        return self.in_words(facts[0].model_copy(update={"exercises": exercises}), slugs)

    def graded(self, submission: Submission, slugs: tuple[str, ...]) -> Graded:
        """Return what these exercises of a submission are worth."""
        try:
            return self._graded(submission, slugs)
        except IsolationError:
            may_be_weaker = self.isolation is None and self.workspace.is_own and self.is_at_home
            if self._is_weaker or not may_be_weaker:
                raise
            self._is_weaker = True
            return self._graded(submission, slugs)

    def in_words(self, facts: SubmissionFacts, slugs: tuple[str, ...]) -> Report:
        """Return facts on these exercises in the learner's language."""
        language = self.workspace.language
        return rendered(facts, self.texts(slugs), language=language, policy=FeedbackPolicy(), now=datetime.now(UTC))

    def texts(self, slugs: tuple[str, ...]) -> CourseTexts:
        """Return what the course says of these exercises."""
        if slugs not in self._texts:
            self._texts[slugs] = texts_of(self.workspace.course, questions=False, only=slugs)
        return self._texts[slugs]

    def _graded(self, submission: Submission, slugs: tuple[str, ...]) -> Graded:
        course = self.workspace.course
        weaker = Isolation.PROCESS if self._is_weaker else Isolation.SANDBOX
        names = tuple(each.slug for each in course.exercises)
        options = Options(
            course.place,
            SELF_STUDY,
            names=names,
            isolation=self.isolation or weaker,
            notebooks_only=self.notebooks_only,
        )
        return grade_warm(options, course_digest(course.place), submission, only=slugs)
