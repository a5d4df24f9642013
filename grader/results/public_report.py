"""What the public tests of an exercise found, where the others are the teacher's.

Owns the record's shape. It has no points: what an exercise is worth is for the teacher's checks to say.
"""

from __future__ import annotations

from grader.results.record import Record
from grader.results.report import Language
from grader.results.verdicts import Verdict


class PublicCheck(Record):
    """One public test."""

    title: str
    verdict: Verdict
    message: str = ""


class PublicReport(Record):
    """The public tests of one exercise, in words."""

    slug: str
    language: Language
    isolation: str
    checks: tuple[PublicCheck, ...] = ()
    problem: str = ""
    """Why no test was run, or what the file raised before."""

    @property
    def passed(self) -> bool:
        """Whether every test passed, and there was one."""
        return bool(self.checks) and all(each.verdict is Verdict.PASSED for each in self.checks)
