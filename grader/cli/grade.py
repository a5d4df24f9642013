"""`grader grade`: a class, or one submission, graded into a folder of feedback."""

from __future__ import annotations

import os
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, IsolationOption, JsonOption, LangOption
from grader.errors import UserError
from grader.sandbox.isolation import Isolation
from grader.submissions.handed_in import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.grading.graded import Graded
    from grader.grading.options import Assignment, Options
    from grader.reports.folder import FeedbackFolder
    from grader.reports.summary import ClassSummary
    from grader.results.facts import SubmissionFacts
    from grader.results.report import Language, Report
    from grader.submissions.entries import Entry
    from grader.submissions.submission import Submission

NEEDS_REVIEW = 1
INTERNAL_LOG = "internal.log"


def grade(  # noqa: PLR0913 - the command's own options
    path: Annotated[Path, typer.Argument(help="A class's folder, or one student's folder, file, archive or notebook.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Where the feedback goes.")] = Path("feedback"),
    exercise: Annotated[
        list[str] | None, typer.Option("--exercise", "-e", help="Grade this exercise, or all of this unit, alone.")
    ] = None,
    layout: Annotated[
        Layout | None,
        typer.Option("--layout", help="How the path names submissions; else told by the names in it."),
    ] = None,
    course: CourseOption = None,
    lang: LangOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Judge processes; 0 for one per core.")] = 0,
    isolation: IsolationOption = Isolation.SANDBOX,
    as_json: JsonOption = False,
) -> None:
    """Grade submissions; write grades.csv, grades.json and a report for each student.

    Examples:  grader grade class --out feedback   ·   grader grade alice.zip   ·   grader grade class -e weighted_grad
    ·   grader grade submissions.zip   ·   grader grade downloads --layout canvas

    Exit codes: 0 graded; 1 graded, and some work waits for a person; 2 the command or the course is wrong.
    """
    from rich.console import Console

    from grader.catalogue.soundness import check_sound
    from grader.grading.grade_all import cores
    from grader.grading.options import load_assignment
    from grader.reports.folder import FeedbackFolder
    from grader.reports.terminal import class_table
    from grader.submissions.entries import listing

    options = options_for(course, path, names=tuple(exercise or ()), isolation=isolation)
    assignment = load_assignment(options)
    config = assignment.course.config
    language = lang.value if lang else config.language
    check_sound(assignment.course, assignment.exercises, questions=bool(assignment.quizzes))
    report_on = reporter(assignment, language)
    found = listing(path, assignment.wanted, layout=layout, out=out)
    check_out(path, out)
    for note in found.notes:
        typer.echo(note.text(language), err=True)
    slugs = tuple(each.slug for each in assignment.exercises)
    logged_before = log_size(out)
    with FeedbackFolder(out, config.title.in_language(language), slugs=slugs, quizzes=assignment.quizzes) as folder:
        summary = run(found.entries, assignment, jobs or cores(), report_on, folder)
    if as_json:
        typer.echo((out / "grades.json").read_text(encoding="utf-8"))
    else:
        Console().print(class_table(summary, language))
        if log_size(out) > logged_before:
            typer.echo(f"what failed in the grader itself: {out / INTERNAL_LOG}")
        typer.echo(f"feedback: {out}{os.sep}<student>{os.sep}report.html   marks: {out / 'grades.csv'}")
    if summary.reviews:
        raise typer.Exit(NEEDS_REVIEW)


def check_out(path: Path, out: Path) -> None:
    """Raise UserError where feedback would be written among the submissions themselves."""
    if path.is_dir() and out.resolve() == path.resolve():
        raise UserError(f"{out} holds the submissions; name another folder for the feedback with --out")


def options_for(course: Path | None, path: Path, *, names: tuple[str, ...], isolation: Isolation) -> Options:
    """Return the options of a run, from the course's own settings and the command's."""
    from grader.catalogue.course import course_root, find_course
    from grader.grading.options import Options
    from grader.grading.secret import course_secret

    if not os.path.lexists(path):
        raise UserError(f"there is no {path}; give a folder of submissions, or one submission")
    place = find_course((course or Path.cwd()).absolute())
    return Options(root=place, secret=course_secret(course_root(place)), names=names, isolation=isolation)


def reporter(assignment: Assignment, language: Language) -> Callable[[SubmissionFacts], Report]:
    """Return what puts facts into words, as the course's feedback policy allows now."""
    from grader.catalogue.texts import texts_of
    from grader.reports.render import rendered

    texts = texts_of(assignment.course, questions=bool(assignment.quizzes))
    policy, now = assignment.course.config.feedback, datetime.now(UTC)
    return lambda facts: rendered(facts, texts, language=language, policy=policy, now=now)


def run(
    found: Sequence[Entry],
    assignment: Assignment,
    jobs: int,
    report_on: Callable[[SubmissionFacts], Report],
    folder: FeedbackFolder,
) -> ClassSummary:
    """Grade every entry, write its feedback as it comes, and return the class's summary."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from grader.grading.grade_all import grade_all, local_executor
    from grader.reports.summary import ClassSummary

    jobs = max(1, min(jobs, len(found)))
    failed: list[Graded] = []
    submissions = readable(found, assignment, failed)
    summary = ClassSummary()
    columns = (TextColumn("grading"), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        Progress(*columns, console=Console(stderr=True)) as bar,
        local_executor(assignment.options, jobs, loaded=assignment) as executor,
    ):
        task = bar.add_task("", total=len(found))
        for graded in chain(grade_all(submissions, executor, assignment.options, in_flight=2 * jobs), failed):
            report = report_on(graded.facts)
            folder.add(report)
            summary.add(report)
            log_traces(folder.out, report.student, graded.traces)
            bar.advance(task)
    return summary


def readable(found: Sequence[Entry], assignment: Assignment, failed: list[Graded]) -> Iterator[Submission]:
    """Yield what each entry holds; one that our own reading breaks on is put into `failed` and costs nobody else."""
    from grader.grading.graded import Graded, failed_facts
    from grader.submissions.intake import read_submission

    for entry in found:
        try:
            submission = read_submission(entry, assignment.wanted)
        except Exception:  # noqa: BLE001 - our failure is never a student's, nor the class's
            failed.append(Graded(failed_facts(entry.student, assignment), (traceback.format_exc(),)))
        else:
            yield submission


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
