"""`grader regrade`: the stored submissions of a class once more, as far as the course changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.changes_table import print_changes
from grader.cli.class_feedback import log_size, print_summary, tell_judged
from grader.cli.class_run import Wish, Workers, book_of, carry_out, opened_feedback, options_of, store_of
from grader.cli.options import (
    ClassOption,
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
from grader.cli.timing import Timing
from grader.events import told
from grader.sandbox.isolation import Isolation

if TYPE_CHECKING:
    from grader.cli.class_feedback import ClassFeedback
    from grader.grading.class_run import ClassRun
    from grader.grading.options import Assignment

NEEDS_REVIEW = 1


def regrade(  # noqa: PLR0913 - the command's own options
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SLUG]...", help="Exercises or units; none for all.")
    ] = None,
    *,
    never_lower: Annotated[bool, typer.Option("--never-lower", help="Nobody loses a point by it.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Judge everything again, also what did not change.")] = False,
    out: Annotated[Path, typer.Option("--out", help="Where the feedback goes.")] = Path("feedback"),
    class_name: ClassOption = None,
    course: CourseOption = None,
    store: StoreOption = None,
    lang: LangOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Judge processes; 0 for one per core.")] = 0,
    scheduler: SchedulerOption = None,
    trust_network: TrustNetworkOption = False,
    isolation: IsolationOption = Isolation.SANDBOX,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
    log: LogOption = None,
) -> None:
    """Judge stored submissions anew where a hidden test, a solution or a setting changed; say who gains and who loses.

    Marks given by hand stay. With --never-lower a part that would lose points keeps what it had, also later on.

    Examples:  grader regrade   ·   grader regrade weighted_grad --never-lower   ·   grader regrade --class autumn

    Exit codes: 0 done; 1 done, and some work waits for a person; 2 the command or the course is wrong.
    """
    from grader.catalogue.soundness import check_sound
    from grader.cli.grade import with_secret
    from grader.grading.changes import changes_between, state_after
    from grader.grading.options import load_assignment
    from grader.grading.roll import Roll
    from grader.store.ledger import entries_of

    timing = Timing()
    ctx.with_resource(told(verbose=verbose, log=log))
    assignment = load_assignment(options_of(course, tuple(names or ()), isolation))
    config = assignment.course.config
    check_sound(assignment.course, assignment.exercises, questions=bool(assignment.quizzes))
    workers = Workers.chosen(jobs, scheduler, trust_network=trust_network)
    wish = Wish(out, lang.value if lang else config.language, workers)
    with store_of(assignment.course.root, store, must_exist=True) as opened:
        book = book_of(opened, class_name)
        roll = Roll.load(assignment.course, book)
        has_class_columns = any(row.enrolled.id for row in roll.students.values()) or any(map(config.due, config.units))
        logged_before = log_size(out)
        with opened_feedback(assignment, wish.with_columns(has_class_columns=has_class_columns), timing) as feedback_on:
            feedback = feedback_on(roll)
            run = carried_out(with_secret(assignment, ()), feedback, wish.workers, never_lower=never_lower, force=force)
        entries, number = entries_of(opened, book.id), run.settler.run
        changes = changes_between(state_after(entries, number - 1), state_after(entries, number))
    tell_judged(run.judged, run.keys.grounds.parts)
    if run.settler.lowered:
        typer.echo(f"kept from losing points: {run.settler.lowered}", err=True)
    typer.echo(timing.line(), err=True)
    if not as_json:
        print_summary(feedback.summary, wish.language, out, has_new_log=log_size(out) > logged_before)
    print_changes(changes, as_json=as_json)
    if feedback.summary.reviews:
        raise typer.Exit(NEEDS_REVIEW)


def carried_out(
    assignment: Assignment, feedback: ClassFeedback, workers: Workers, *, never_lower: bool, force: bool
) -> ClassRun:
    """Judge what changed, and return the run."""
    from grader.grading.class_members import class_run, sheets_of
    from grader.grading.grounds import grounds_of

    roll = feedback.roll
    run = class_run(
        assignment,
        roll,
        grounds_of(assignment),
        run=roll.book.begin_run("regrade", assignment.course.version),
        sheets=sheets_of(roll, (), assignment.options.secret),
        kind="regraded",
        never_lower=never_lower,
        force=force,
    )
    students = [row for _, row in sorted(roll.students.items())]
    carry_out(run, students, feedback, total=len(students), workers=workers)
    roll.book.end_run(run.settler.run)
    return run
