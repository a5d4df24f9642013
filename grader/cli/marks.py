"""`grader mark`, `grader explain` and `grader diff`: what a person decides, and why a mark is what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.changes_table import print_changes, told
from grader.cli.class_run import book_of, store_of, student_of
from grader.cli.options import ClassOption, CourseOption, JsonOption, StoreOption
from grader.errors import UserError

if TYPE_CHECKING:
    from grader.catalogue.course import Course
    from grader.grading.roll import Roll
    from grader.results.texts import CourseTexts
    from grader.store.rows import LedgerRow, RunRow
    from grader.store.store import Store

StudentArgument = Annotated[str, typer.Argument(help="The student's name in the class, or the roster's id.")]
PartArgument = Annotated[
    str,
    typer.Argument(metavar="SLUG", help="An exercise, quiz_<unit>, or quiz_<unit>/<question> for a free text."),
]


@contextmanager
def opened_roll(course: Path | None, class_name: str | None, store: str | None) -> Iterator[Roll]:
    """Yield a class of a course's store."""
    from grader.catalogue.course import find_course, load_course
    from grader.grading.roll import Roll

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    with store_of(loaded.root, store, must_exist=True) as opened:
        yield Roll.load(loaded, book_of(opened, class_name))


def mark(  # noqa: PLR0913 - the command's own options
    student: StudentArgument,
    part: PartArgument,
    *,
    points: Annotated[float | None, typer.Option("--points", help="What the work is worth.")] = None,
    comment: Annotated[str, typer.Option("--comment", help="What the student reads about it.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the mark back: the judge's points count.")] = False,
    class_name: ClassOption = None,
    store: StoreOption = None,
    course: CourseOption = None,
) -> None:
    """Decide by hand what a student's exercise or quiz is worth. No grading and no regrading changes it.

    What being late costs comes off it as off any other points. A free-text answer is marked out of the points of its
    question; `grader todo` shows those that wait.

    Examples:  grader mark ada weighted_grad --points 3.5 --comment "right idea"   ·   grader mark ada quiz_weights
    --points 2   ·   grader mark ada weighted_grad --remove

    Exit codes: 0 kept; 2 the student, the slug or the points are wrong.
    """
    from grader.store.ledger import Entry
    from grader.store.rows import Mark

    if (points is None) != remove:
        raise UserError("say what the work is worth with --points, or take a mark back with --remove")
    with opened_roll(course, class_name, store) as roll:
        row, most = student_of(roll, student), worth_of(roll.course, part)
        if points is not None and not 0 <= points <= most:
            raise UserError(f"{part} is worth 0 to {most:g} points; {points:g} is not among these")
        run = roll.book.begin_run("mark", roll.course.version)
        given = None if points is None else Mark(points, most, comment)
        kind, details = ("unmarked", {}) if given is None else ("marked", {"comment": comment})
        roll.book.mark(row.id, part, given, Entry(part, run, kind, "", points, most, details))
        roll.book.end_run(run)
    typer.echo(
        f"{row.name}, {part}: {f'{points:g} of {most:g}, by hand' if given else 'the points of the judge count'}"
    )
    typer.echo("the next `grader grade` or `grader regrade` renews the student's page", err=True)


def worth_of(course: Course, part: str) -> float:
    """Return the points of a part of a course; UserError for one that is not there."""
    from difflib import get_close_matches

    from grader.grading.free_text import free_texts
    from grader.results.parts import quiz_part

    worth = {entry.slug: entry.points for unit in course.config.units for entry in unit.exercises}
    worth |= {quiz_part(unit.name): unit.quiz.points for unit in course.config.units if unit.quiz}
    worth |= {name: question.sheet.points for name, question in free_texts(course).items()}
    if part not in worth:
        close = get_close_matches(part, worth, n=1)
        advice = f"did you mean {close[0]}?" if close else f"the course has {', '.join(worth)}"
        raise UserError(f"there is no exercise or quiz {part!r}; {advice}")
    return worth[part]


def explain(  # noqa: PLR0913 - the command's own options
    student: StudentArgument,
    part: PartArgument,
    *,
    class_name: ClassOption = None,
    store: StoreOption = None,
    course: CourseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say why a mark is what it is: every change of it, what made it, and which checks moved.

    Examples:  grader explain ada weighted_grad   ·   grader explain 1042 quiz_weights --json

    Exit codes: 0 told; 2 there is no such student or exercise.
    """
    from grader.store.ledger import entries_of

    with opened_roll(course, class_name, store) as roll:
        row = student_of(roll, student)
        worth_of(roll.course, part)
        entries = entries_of(roll.book.store, roll.book.id, row.id, part)
        standing = roll.standing(row)
        titles = Titles(roll.book.store, roll.course.config.language)
        lines = list(story(entries, titles))
    if as_json:
        typer.echo(json.dumps([vars(each) for each in entries], ensure_ascii=False, indent=2))
        return
    if not entries:
        typer.echo(f"{row.name}, {part}: not graded yet")
        return
    typer.echo(f"{row.name}, {part}")
    for line in lines:
        typer.echo(f"  {line}")
    late = next((each for each in standing.late.units if part in each.parts or part == f"quiz_{each.unit}"), None)
    if late is not None and late.lost:
        typer.echo(f"  being late takes {100 * late.lost:g} % off the unit {late.unit}")


@dataclass(frozen=True)
class Titles:
    """The titles of checks, as the course had them that judged."""

    store: Store
    language: str

    def of(self, entry: LedgerRow, check: str) -> str:
        """Return the title of a check in brackets, or nothing where it is not known."""
        texts = self._texts(str(entry.details.get("course", "")))
        titles = texts.checks.get(entry.part, {}) if texts else {}
        return f" ({titles[check].text(self.language)})" if check in titles else ""

    @lru_cache(maxsize=8)  # noqa: B019 - lives as long as one command
    def _texts(self, course: str) -> CourseTexts | None:
        return self.store.texts(course)


def story(entries: Sequence[LedgerRow], titles: Titles) -> Iterator[str]:
    """Yield a line for each change of a mark, and one for what counts."""
    from grader.grading.changes import State, check_changes, reasons

    state = State()
    for each in entries:
        head = f"{each.at}  run {each.run}  {each.kind}"
        if each.kind == "marked":
            comment = each.details.get("comment", "")
            yield f"{head}: {score(each)}, by hand" + (f' ("{comment}")' if comment else "")
        elif each.kind == "unmarked":
            yield f"{head}: the points of the judge count again"
        elif each.kind == "kept":
            yield f"{head}: would have been {score(each)}, and nobody was to lose a point"
        else:
            why = reasons(state.judged, each)
            yield f"{head}: {score(each)} ({verdict(each)})" + (f"; changed: {', '.join(why)}" if why else "")
            for check in check_changes(state.judged, each):
                yield f"    {check.check}: {told(check.before)} → {told(check.after)}{titles.of(each, check.check)}"
        state = state.after(each)
    if state.counts is not None:
        yield f"counts: {score(state.counts)}" + (", by hand" if state.by_hand else "")


def score(entry: LedgerRow) -> str:
    """Return such as `3 of 4`."""
    return f"{told(entry.points)} of {told(entry.max_points)}"


def verdict(entry: LedgerRow) -> str:
    """Return the verdict of a judgement; a quiz has none as a whole."""
    return str(entry.details.get("verdict", "marked by its key"))


def diff(  # noqa: PLR0913 - the command's own options
    before: Annotated[
        int | None, typer.Argument(metavar="RUN", help="A run's number; without any, all are listed.")
    ] = None,
    after: Annotated[int | None, typer.Argument(metavar="RUN", help="A later run; the last one if left out.")] = None,
    *,
    class_name: ClassOption = None,
    store: StoreOption = None,
    course: CourseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what changed from one run to another, by student, exercise and check; without runs, list them.

    Examples:  grader diff   ·   grader diff 3 7   ·   grader diff 3 7 --json

    Exit codes: 0 told; 2 there is no such run.
    """
    from grader.grading.changes import changes_between, state_after
    from grader.store.ledger import entries_of

    with opened_roll(course, class_name, store) as roll:
        runs = {run.id: run for run in roll.book.runs()}
        entries = entries_of(roll.book.store, roll.book.id)
    if before is None:
        for run in runs.values():
            typer.echo(run_line(run))
        return
    after = after or max(runs, default=0)
    for number in (before, after):
        if number not in runs:
            raise UserError(f"there is no run {number} of the class; `grader diff` lists them")
    print_changes(changes_between(state_after(entries, before), state_after(entries, after)), as_json=as_json)


def run_line(run: RunRow) -> str:
    """Return a run on one line."""
    return f"{run.id}  {run.began}  {run.command}  {'' if run.ended else 'was broken off'}".rstrip()
