"""`grader grade`: a class, or one submission, graded into a folder of feedback."""

from __future__ import annotations

import os
import traceback
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.class_notes import tell_dates, tell_roster, write_roster
from grader.cli.options import CourseOption, IsolationOption, JsonOption, LangOption, LogOption, VerboseOption
from grader.cli.secret import kept_secret
from grader.cli.timing import Timing
from grader.errors import UserError
from grader.events import tell, told
from grader.sandbox.isolation import Isolation
from grader.submissions.handed_in import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.grading.class_reports import ClassReports
    from grader.grading.enrolment import Enrolment, Sheets
    from grader.grading.graded import Graded
    from grader.grading.options import Assignment, Options
    from grader.reports.folder import FeedbackFolder
    from grader.reports.summary import ClassSummary
    from grader.results.report import Language
    from grader.roster.member import Roster
    from grader.submissions.entries import Entry
    from grader.submissions.submission import Submission

NEEDS_REVIEW = 1
INTERNAL_LOG = "internal.log"
SHIPPED_WARNING = (
    "this is the course that comes with the grader: whoever installs it can read its solutions and hidden tests; "
    "name a course of your own with --course"
)


def grade(  # noqa: PLR0913 - the command's own options
    ctx: typer.Context,
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
    roster: Annotated[
        Path | None,
        typer.Option("--roster", help="The class as a CSV: Canvas, Moodle, Gradescope, nbgrader, or id and name."),
    ] = None,
    times: Annotated[
        str, typer.Option("--times", help="When work came: system (the download says), files, nbgrader, or a CSV.")
    ] = "system",
    course: CourseOption = None,
    lang: LangOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Judge processes; 0 for one per core.")] = 0,
    isolation: IsolationOption = Isolation.SANDBOX,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
    log: LogOption = None,
) -> None:
    """Grade submissions; write grades.csv, grades.json and a report for each student.

    Examples:  grader grade class --out feedback   ·   grader grade alice.zip   ·   grader grade class -e weighted_grad
    ·   grader grade submissions.zip   ·   grader grade downloads --layout canvas --roster canvas.csv
    ·   grader grade class --roster class.csv --times times.csv

    Exit codes: 0 graded; 1 graded, and some work waits for a person; 2 the command or the course is wrong.
    """
    from grader.catalogue.soundness import check_sound
    from grader.dates.extension import extensions_of
    from grader.grading.arrivals import times_from
    from grader.grading.class_reports import ClassReports
    from grader.grading.grade_all import cores
    from grader.grading.options import load_assignment
    from grader.reports.folder import FeedbackFolder
    from grader.roster.read import read_roster
    from grader.submissions.entries import listing

    timing = Timing()
    ctx.with_resource(told(verbose=verbose, log=log))
    assignment = load_assignment(options_for(course, path, names=tuple(exercise or ()), isolation=isolation))
    config = assignment.course.config
    language = lang.value if lang else config.language
    check_sound(assignment.course, assignment.exercises, questions=bool(assignment.quizzes))
    zone = config.zone if config.timezone else None
    clock, members = times_from(times, zone), read_roster(roster) if roster else None
    extensions = extensions_of(members, config.zone) if members else {}
    found = listing(path, assignment.wanted, layout=layout, out=out)
    check_out(path, out)
    for note in found.notes:
        typer.echo(note.text(language), err=True)
    slugs = tuple(each.slug for each in assignment.exercises)
    logged_before = log_size(out)
    has_dates = any(config.due(unit) for unit in config.units)
    with FeedbackFolder(
        out,
        config.title.in_language(language),
        slugs=slugs,
        quizzes=assignment.quizzes,
        has_class_columns=members is not None or has_dates,
    ) as folder:
        assignment = with_secret(assignment, found.entries)
        enrolment = enrol(found.entries, members, assignment)
        reports = ClassReports(assignment, enrolment, language, clock, extensions)
        summary = run(reports, jobs or cores(), folder, timing)
        write_roster(out, enrolment)
    tell_dates(reports, has_dates=has_dates)
    typer.echo(timing.line(), err=True)
    if as_json:
        typer.echo((out / "grades.json").read_text(encoding="utf-8"))
    else:
        print_summary(summary, language, out, has_new_log=log_size(out) > logged_before)
    if summary.reviews:
        raise typer.Exit(NEEDS_REVIEW)


def print_summary(summary: ClassSummary, language: Language, out: Path, *, has_new_log: bool) -> None:
    """Print the marks of the class, and the places of its feedback and of the log of our own failures."""
    from rich.console import Console

    from grader.reports.terminal import class_table

    Console().print(class_table(summary, language))
    if has_new_log:
        typer.echo(f"what failed in the grader itself: {out / INTERNAL_LOG}")
    typer.echo(f"feedback: {out}{os.sep}<student>{os.sep}report.html   marks: {out / 'grades.csv'}")


def check_out(path: Path, out: Path) -> None:
    """Raise UserError where feedback would be written among the submissions themselves."""
    if path.is_dir() and out.resolve() == path.resolve():
        raise UserError(f"{out} holds the submissions; name another folder for the feedback with --out")


def options_for(course: Path | None, path: Path, *, names: tuple[str, ...], isolation: Isolation) -> Options:
    """Return the options of a run, from the course's own settings and the command's."""
    from grader.catalogue.course import course_root, find_course
    from grader.catalogue.shipped import is_shipped
    from grader.grading.options import Options
    from grader.grading.secret import known_secret

    if not os.path.lexists(path):
        raise UserError(f"there is no {path}; give a folder of submissions, or one submission")
    place = find_course((course or Path.cwd()).absolute())
    if is_shipped(course_root(place)):
        typer.echo(SHIPPED_WARNING, err=True)
    return Options(root=place, secret=known_secret(course_root(place)) or b"", names=names, isolation=isolation)


def with_secret(assignment: Assignment, found: Sequence[Entry]) -> Assignment:
    """Return an assignment with a secret; UserError where a new one would spoil sheets that were handed in."""
    if assignment.options.secret:
        return assignment
    sheets_exist = any(marks_of(entry, assignment) for entry in found) if assignment.quizzes else False
    secret = kept_secret(assignment.course.root, sheets_exist=sheets_exist)
    return replace(assignment, options=replace(assignment.options, secret=secret))


def marks_of(entry: Entry, assignment: Assignment) -> tuple[str, ...]:
    """Return the owners named on the quiz sheets of an entry; none if it can't be read."""
    from grader.submissions.intake import read_submission

    try:
        return read_submission(entry, assignment.wanted).sheet.marks
    except Exception:  # noqa: BLE001 - told where the entry is read to be graded
        return ()


def enrol(found: Sequence[Entry], roster: Roster | None, assignment: Assignment) -> Enrolment:
    """Return the class, and tell how it was matched with its roster."""
    from grader.grading.enrolment import Enrolment, enrolled

    if roster is None:
        return Enrolment(tuple(found))
    secret = assignment.options.secret
    enrolment = enrolled(found, roster, marks=lambda entry: marks_of(entry, assignment), secret=secret)
    tell_roster(enrolment, roster)
    return enrolment


def run(reports: ClassReports, jobs: int, folder: FeedbackFolder, timing: Timing) -> ClassSummary:
    """Grade every entry, write its feedback as it comes, and return the class's summary."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from grader.grading.grade_all import grade_all, local_executor
    from grader.reports.summary import ClassSummary

    assignment, found = reports.assignment, reports.enrolment.entries
    jobs = max(1, min(jobs, len(found)))
    failed: list[Graded] = []
    submissions = readable(reports, failed)
    summary = ClassSummary()
    columns = (TextColumn("grading"), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        Progress(*columns, console=Console(stderr=True)) as bar,
        local_executor(assignment.options, jobs, loaded=assignment) as executor,
    ):
        task = bar.add_task("", total=len(found))
        tell("begun", submissions=len(found), jobs=jobs, exercises=len(assignment.exercises))
        results = grade_all(submissions, executor, assignment.options, in_flight=2 * jobs)
        for graded in timing.noted(chain(results, failed)):
            with timing.writing():
                report = reports.report(graded.facts)
                folder.add(report)
            summary.add(report)
            tell("graded", student=report.student, points=report.score, needs_review=report.needs_review)
            log_traces(folder.out, report.student, graded.traces)
            bar.advance(task)
    return summary


def readable(reports: ClassReports, failed: list[Graded]) -> Iterator[Submission]:
    """Yield what each entry holds; one that our own reading breaks on is put into `failed` and costs nobody else."""
    from grader.grading.enrolment import Sheets
    from grader.grading.graded import Graded, failed_facts
    from grader.submissions.intake import read_submission

    assignment, found = reports.assignment, reports.enrolment.entries
    sheets = Sheets.of(found, assignment.options.secret)
    for entry in found:
        try:
            submission = read_submission(entry, assignment.wanted)
        except Exception:  # noqa: BLE001 - our failure is never a student's, nor the class's
            failed.append(Graded(failed_facts(entry.student, assignment), (traceback.format_exc(),)))
        else:
            reports.note(entry, submission)
            yield with_own_sheet(submission, sheets)


def with_own_sheet(submission: Submission, sheets: Sheets) -> Submission:
    """Return a submission in which the sheet of somebody else of the class counts as none, and tell it."""
    from grader.submissions.answer_sheet import AnswerSheet
    from grader.wording.message import message

    owner = sheets.other_owner(submission.student, submission.sheet.marks)
    if owner is None:
        return submission
    typer.echo(f"{submission.student} handed in the quiz sheet that was made for {owner}; it earns nothing", err=True)
    return replace(submission, sheet=AnswerSheet(problem=message("quiz.other_sheet")))


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
