"""`grader grade`: a class, or one submission, graded into a folder of feedback."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.class_feedback import ClassFeedback, log_size, print_summary, tell_changes, tell_judged
from grader.cli.class_notes import tell_dates, tell_roster, write_roster
from grader.cli.class_run import Wish, Workers, carry_out, opened_feedback, options_of, store_of
from grader.cli.options import (
    CourseOption,
    IsolationOption,
    JsonOption,
    LangOption,
    LogOption,
    SchedulerOption,
    StoreOption,
    TrustNetworkOption,
    VerboseOption,
)
from grader.cli.secret import kept_secret
from grader.cli.timing import Timing
from grader.errors import UserError
from grader.events import told
from grader.sandbox.isolation import Isolation
from grader.submissions.handed_in import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.grading.arrivals import Times
    from grader.grading.changes import Change
    from grader.grading.class_run import ClassRun
    from grader.grading.enrolment import Enrolment
    from grader.grading.options import Assignment, Options
    from grader.roster.member import Roster
    from grader.submissions.entries import Entry

NEEDS_REVIEW = 1
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
    class_name: Annotated[
        str | None, typer.Option("--class", help="The class in the store; else called as the folder.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Judge everything again, also what did not change.")] = False,
    times: Annotated[
        str, typer.Option("--times", help="When work came: system (the download says), files, nbgrader, or a CSV.")
    ] = "system",
    course: CourseOption = None,
    lang: LangOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Judge processes; 0 for one per core.")] = 0,
    scheduler: SchedulerOption = None,
    trust_network: TrustNetworkOption = False,
    isolation: IsolationOption = Isolation.SANDBOX,
    store: StoreOption = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
    log: LogOption = None,
) -> None:
    """Grade submissions; write grades.csv, grades.json and a report for each student.

    What was graded is kept in the course's store. The next run judges what changed since, and a run that was broken off
    is finished by the next one. The tables hold the whole class, also where one student alone is graded.

    Examples:  grader grade class --out feedback   ·   grader grade alice.zip   ·   grader grade class -e weighted_grad
    ·   grader grade submissions.zip   ·   grader grade downloads --layout canvas --roster canvas.csv
    ·   grader grade class --roster class.csv --times times.csv   ·   grader grade term/week3 --class autumn

    Exit codes: 0 graded; 1 graded, and some work waits for a person; 2 the command or the course is wrong.
    """
    from grader.catalogue.soundness import check_sound
    from grader.dates.extension import extensions_of
    from grader.grading.arrivals import times_from
    from grader.grading.options import load_assignment
    from grader.grading.roll import Roll
    from grader.results.parts import quiz_part
    from grader.roster.read import read_roster
    from grader.store.class_book import ClassBook
    from grader.submissions.entries import listing

    timing = Timing()
    ctx.with_resource(told(verbose=verbose, log=log))
    assignment = load_assignment(options_for(course, path, names=tuple(exercise or ()), isolation=isolation))
    config = assignment.course.config
    language = lang.value if lang else config.language
    check_sound(assignment.course, assignment.exercises, questions=bool(assignment.quizzes))
    zone = config.zone if config.timezone else None
    clock, members = times_from(times, zone), read_roster(roster) if roster else None
    if members:
        extensions_of(members, config.zone)  # what is wrong with one is told before anything is graded
    found = listing(path, assignment.wanted, layout=layout, out=out)
    check_out(path, out)
    for note in found.notes:
        typer.echo(note.text(language), err=True)
    logged_before = log_size(out)
    has_dates = any(config.due(unit) for unit in config.units)
    workers = Workers.chosen(jobs, scheduler, trust_network=trust_network)
    wish = Wish(out, language, workers, has_class_columns=members is not None or has_dates)
    with opened_feedback(assignment, wish, timing) as feedback_on:
        assignment = with_secret(assignment, found.entries)
        enrolment = enrol(found.entries, members, assignment)
        with store_of(assignment.course.root, store) as opened:
            roll = Roll.load(assignment.course, ClassBook.of(opened, class_name or class_of(path, found.layout)))
            feedback, asked = feedback_on(roll), Asked(enrolment, clock, found.layout is not Layout.ONE, force)
            judged, changes = run(assignment, asked, feedback, wish.workers)
        write_roster(out, enrolment)
    tell_dates(feedback.counts, has_dates=has_dates)
    tell_judged(judged, [*(each.slug for each in assignment.exercises), *map(quiz_part, assignment.quizzes)])
    tell_changes(changes)
    typer.echo(timing.line(), err=True)
    if log:
        typer.echo(f"log: {log}", err=True)
    if as_json:
        typer.echo((out / "grades.json").read_text(encoding="utf-8"))
    else:
        print_summary(feedback.summary, language, out, has_new_log=log_size(out) > logged_before)
    if feedback.summary.reviews:
        raise typer.Exit(NEEDS_REVIEW)


@dataclass(frozen=True)
class Asked:
    """Whose work is to be graded, and how."""

    enrolment: Enrolment
    times: Times
    is_whole: bool
    """Whether the path holds the whole class, and not one student of it."""
    force: bool


def class_of(path: Path, layout: Layout) -> str:
    """Return what a class is called that has no name given: as its folder, in which one student's work may lie."""
    place = path.resolve()
    home = place.parent if layout is Layout.ONE else place
    return (home.stem if home.is_file() else home.name) or "class"


def run(
    assignment: Assignment, asked: Asked, feedback: ClassFeedback, workers: Workers
) -> tuple[Counter[str], Sequence[Change]]:
    """Grade what changed, write its feedback as it comes; return how many were judged on each part, and changed marks.

    A class's first run has nothing to compare with, so its ledger is not read: it may be that of ten thousand.
    """
    from grader.grading.changes import changed_marks
    from grader.grading.class_members import class_run, members_of, note_gone, sheets_of
    from grader.grading.grounds import grounds_of
    from grader.grading.reception import Reception
    from grader.store.ledger import entries_touched

    roll, grounds = feedback.roll, grounds_of(assignment)
    pairs = members_of(asked.enrolment, roll)
    number = roll.book.begin_run("grade", assignment.course.version)
    sheets = sheets_of(roll, pairs, assignment.options.secret)
    one = class_run(assignment, roll, grounds, run=number, sheets=sheets, force=asked.force)
    reception = Reception(assignment, roll, grounds, number, asked.times)
    reception.enrol(pairs)
    if asked.is_whole:
        note_gone(roll, pairs)
    carry_out(one, one.taken_in(reception, pairs), feedback, total=len(pairs), workers=workers)
    tell_other_sheets(one, [entry.student for entry, _ in pairs])
    roll.book.end_run(number)
    is_first = len(roll.book.runs()) == 1
    entries = () if is_first else entries_touched(roll.book.store, roll.book.id, number)
    return one.judged, changed_marks(entries, number)


def tell_other_sheets(run: ClassRun, students: Sequence[str]) -> None:
    """Tell who handed in the quiz sheet of somebody else."""
    for name in students:
        row = run.roll.students[name]
        owners = {run.keys.other_owner(row, each) for each in run.roll.hand_ins.get(row.id, [])} - {None}
        for owner in sorted(map(str, owners)):
            typer.echo(f"{name} handed in the quiz sheet that was made for {owner}; it earns nothing", err=True)


def check_out(path: Path, out: Path) -> None:
    """Raise UserError where feedback would be written among the submissions themselves."""
    if path.is_dir() and out.resolve() == path.resolve():
        raise UserError(f"{out} holds the submissions; name another folder for the feedback with --out")


def options_for(course: Path | None, path: Path, *, names: tuple[str, ...], isolation: Isolation) -> Options:
    """Return the options of a run, from the course's own settings and the command's."""
    from grader.catalogue.course import course_root
    from grader.catalogue.shipped import is_shipped

    if not os.path.lexists(path):
        raise UserError(f"there is no {path}; give a folder of submissions, or one submission")
    options = options_of(course, names, isolation)
    if is_shipped(course_root(options.root)):
        typer.echo(SHIPPED_WARNING, err=True)
    return options


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
