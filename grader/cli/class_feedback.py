"""What a class is shown by `grader grade` and `grader regrade`: a page for each student, and the marks of all."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from grader.events import tell

if TYPE_CHECKING:
    from grader.cli.timing import Timing
    from grader.grading.changes import Change
    from grader.grading.class_reports import ClassReports
    from grader.grading.class_run import Settled
    from grader.grading.roll import Roll
    from grader.grading.standing import Standing
    from grader.reports.folder import FeedbackFolder
    from grader.reports.shown_pages import ShownPages
    from grader.reports.summary import ClassSummary
    from grader.results.report import Language, Report

INTERNAL_LOG = "internal.log"
MOST_CHANGES = 20
"""So many changes of marks are told on the terminal."""


@dataclass
class ClassFeedback:
    """Shows students as they are settled; a page that would come out the same is left as it is."""

    folder: FeedbackFolder
    pages: ShownPages
    reports: ClassReports
    roll: Roll
    summary: ClassSummary
    timing: Timing
    isolation: str
    counts: Counter[str] = field(default_factory=Counter)
    """How many submissions were `late`, and of how many the time is `unknown`."""
    shown: set[str] = field(default_factory=set)

    def show(self, settled: Settled) -> Report:
        """Show a student."""
        with self.timing.writing():
            report = self._report(settled)
            self.summary.add(report)
        self.shown.add(report.student)
        self.counts["late"] += report.late is not None
        hand_ins = self.roll.hand_ins.get(settled.row.id, [])
        self.counts["unknown"] += not report.missing and not any(each.arrival for each in hand_ins)
        tell("graded", student=report.student, points=report.score, needs_review=report.needs_review)
        log_traces(self.folder.out, report.student, settled.traces)
        return report

    def show_rest(self) -> None:
        """Show the students whom the run was not about."""
        from grader.grading.class_run import Settled

        for name in sorted(self.roll.students.keys() - self.shown):
            report = self._report(Settled(self.roll.students[name]))
            self.summary.add(report)

    def _report(self, settled: Settled) -> Report:
        """Return a student's report, which stands in the folder afterwards."""
        row = settled.row
        key = self.reports.key(row, self.roll.marks.get(row.id, {}))
        known = self.pages.report(row.name, key) if key else None
        if known is not None:
            self.folder.list(known)
            return known
        report = self.reports.report(self._standing(settled))
        self.folder.add(report)
        return report

    def _standing(self, settled: Settled) -> Standing:
        """Return how a student stands."""
        return settled.failed or self.roll.standing(settled.row, settled.counts, isolation=self.isolation)


def print_summary(summary: ClassSummary, language: Language, out: Path, *, has_new_log: bool) -> None:
    """Print the marks of the class, and the places of its feedback and of the log of our own failures."""
    from rich.console import Console

    from grader.reports.terminal import class_table

    Console().print(class_table(summary, language))
    if has_new_log:
        typer.echo(f"what failed in the grader itself: {out / INTERNAL_LOG}")
    typer.echo(f"feedback: {out}{os.sep}<student>{os.sep}report.html   marks: {out / 'grades.csv'}")
    typer.echo("the class as a page: grader report   what waits for you: grader todo")


def tell_changes(changes: Sequence[Change]) -> None:
    """Tell whose marks differ from those of the run before."""
    from grader.cli.changes_table import told
    from grader.reports.plaintext import line

    if changes:
        typer.echo(f"marks changed since the run before ({len(changes)}):", err=True)
    for each in changes[:MOST_CHANGES]:
        typer.echo(f"  {line(each.student)}, {each.part}: {told(each.before)} → {told(each.after)}", err=True)
    if len(changes) > MOST_CHANGES:
        typer.echo(f"  and {len(changes) - MOST_CHANGES} more; `grader diff` has all", err=True)


def log_size(out: Path) -> int:
    """Return the size of the log of our own failures, which runs add to; 0 for none."""
    with suppress(OSError):
        return (out / INTERNAL_LOG).stat().st_size
    return 0


def log_traces(out: Path, student: str, traces: Sequence[str]) -> None:
    """Append the tracebacks of internal verdicts to a log for the instructor."""
    if traces:
        with (out / INTERNAL_LOG).open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write("".join(f"== {student}\n{trace}\n" for trace in traces))


def tell_judged(judged: Counter[str], names: Iterable[str]) -> None:
    """Tell how many submissions were judged on each part."""
    parts = [f"{name} {judged[name]}" for name in names if name and judged[name]]
    typer.echo(f"judged: {', '.join(parts) if parts else 'nothing; all is as it was'}", err=True)
