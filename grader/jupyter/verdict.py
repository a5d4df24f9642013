"""What is shown below a cell: HTML for a notebook, and the same as text for a terminal."""

from __future__ import annotations

import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType

from grader.reports.feedback import feedback
from grader.reports.fragment import render_exercise, render_public
from grader.reports.public_text import public_text
from grader.results.public_report import PublicReport
from grader.results.report import Report
from grader.results.verdicts import Verdict

WIDTH = 80


@dataclass(frozen=True)
class Shown:
    """One verdict in both forms."""

    html: str
    text: str


def shown_report(report: Report, *, hints: Sequence[str], notes: Sequence[str], following: str) -> Shown:
    """Return the report on one exercise; its hints are offered where it was begun and did not pass."""
    (exercise,) = report.exercises
    helps = exercise.verdict is not Verdict.PASSED and exercise.is_begun
    html = render_exercise(
        exercise,
        language=report.language,
        name=name_for(exercise.slug),
        hints=hints if helps else (),
        notes=notes,
    )
    return Shown(html, as_text(Group(feedback(report, following=following), *notes)))


def shown_public(public: PublicReport, *, notes: Sequence[str]) -> Shown:
    """Return what public tests found."""
    html = render_public(public, name=name_for(public.slug), notes=notes)
    return Shown(html, as_text(Group(public_text(public), *notes)))


def name_for(slug: str) -> str:
    """Return a name for the ids of one output: several verdicts on one exercise may stand in one page."""
    return f"check-{slug}-{secrets.token_hex(4)}"


def as_text(shown: RenderableType) -> str:
    """Return what a terminal of the usual width would show, without colours."""
    # Inside a notebook Rich would show by itself what it prints.
    console = Console(file=io.StringIO(), width=WIDTH, color_system=None, legacy_windows=False, force_jupyter=False)
    console.print(shown, markup=False, highlight=False)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue().rstrip()
