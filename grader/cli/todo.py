"""`grader todo`: what of a class waits for a person; free-text answers are marked here, one by one or in a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.class_source import FEEDBACK, class_source
from grader.cli.marks import opened_roll
from grader.cli.options import ClassOption, CourseOption, JsonOption, LangOption, StoreOption
from grader.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.grading.answer_table import GivenMark
    from grader.grading.free_text import WaitingAnswer
    from grader.grading.roll import Roll
    from grader.reports.overview.record import HandNeeded
    from grader.results.report import Language, Report

NOTHING = "nothing waits"
RENEW = "the next `grader grade` or `grader regrade` renews the students' pages"
SHORT = 100
"""So much of an answer, or of what is known, is listed."""
LATER = -1.0
HOW = "points, Enter to leave it for later, q to end"


def todo(  # noqa: PLR0913 - the command's own options
    *,
    mark: Annotated[bool, typer.Option("--mark", help="Show the free-text answers one by one and take marks.")] = False,
    csv_out: Annotated[
        Path | None, typer.Option("--csv", help="Write the free-text answers that wait to this table.")
    ] = None,
    csv_in: Annotated[
        Path | None, typer.Option("--marks", help="Take marks from such a table, its column `points` filled in.")
    ] = None,
    feedback: Annotated[Path, typer.Option("--out", help="The folder of feedback, which holds roster.csv.")] = FEEDBACK,
    class_name: ClassOption = None,
    store: StoreOption = None,
    course: CourseOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what waits for a person, and mark free-text answers.

    What waits: failures of the grader, work that could not be read, submissions that the roster leaves open, and
    free-text answers. Failures and unread work are decided by `grader mark`.

    Examples:  grader todo   ·   grader todo --mark   ·   grader todo --csv answers.csv   ·   grader todo --marks
    answers.csv

    Exit codes: 0 done; 2 the command, the course or the table is wrong.
    """
    from grader.catalogue.course import find_course, load_course

    if sum([mark, csv_out is not None, csv_in is not None, as_json]) > 1:
        raise UserError("--mark, --csv, --marks and --json are different things; give one of them")
    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    language = lang.value if lang else loaded.config.language
    if not (mark or csv_out or csv_in):
        source = class_source(loaded, None, class_name, store, language=language)
        hands = waiting_in(source.reports, feedback / "roster.csv")
        print_hands(hands, as_json=as_json)
        source.tell_note()
        return
    with opened_roll(course, class_name, store) as roll:
        mark_answers(roll, language, csv_out=csv_out, csv_in=csv_in)


def waiting_in(reports: Sequence[Report], roster: Path) -> tuple[HandNeeded, ...]:
    """Return what of a class waits for a person; lateness and missing work are known and wait for nobody."""
    from grader.reports.overview.hands import hands_needed
    from grader.reports.overview.record import Reason
    from grader.reports.overview.roster import unsettled

    known = {Reason.LATE, Reason.MISSING, Reason.GONE}
    return tuple(each for each in hands_needed(reports, unsettled(roster)) if each.reason not in known)


def print_hands(hands: Sequence[HandNeeded], *, as_json: bool) -> None:
    """Print what waits, by reason."""
    from itertools import groupby

    from grader.reports.jsonfile import encoded
    from grader.reports.overview.words import OverviewWords
    from grader.reports.plaintext import line

    if as_json:
        typer.echo(encoded([each.model_dump(mode="json") for each in hands], indent=2))
        return
    if not hands:
        typer.echo(NOTHING)
    say = OverviewWords("en").say
    for reason, group in groupby(hands, key=lambda each: each.reason):
        found = list(group)
        typer.echo(f"{say(f'reason_{reason.value}')} ({len(found)}): {say(f'advice_{reason.value}')}")
        for each in found:
            where = "/".join(filter(None, [each.part, each.question]))
            told = "  ".join(filter(None, [line(each.student), line(where), line(each.detail, limit=SHORT)]))
            typer.echo(f"  {told}")


def mark_answers(roll: Roll, language: Language, *, csv_out: Path | None, csv_in: Path | None) -> None:
    """Write the free-text answers that wait to a table, or take their marks from one, or ask for them."""
    from grader.grading.answer_table import read_marks, write_answers
    from grader.grading.free_text import waiting_answers

    answers = list(waiting_answers(roll, language))
    if csv_out:
        write_answers(csv_out, answers)
        typer.echo(f"{len(answers)} answers in {csv_out}; fill in `points` and give it back with --marks")
        return
    kept = keep(roll, read_marks(csv_in, answers) if csv_in else asked_for(answers))
    typer.echo(f"{kept} marked, {len(answers) - kept} wait")
    if kept:
        typer.echo(RENEW, err=True)


def asked_for(answers: Sequence[WaitingAnswer]) -> Iterator[GivenMark]:
    """Show the answers one by one, and yield each mark as it is given."""
    from grader.grading.answer_table import GivenMark

    for number, answer in enumerate(answers, 1):
        show(answer, f"{number} of {len(answers)}")
        points = asked_points(answer)
        if points is None:
            return
        if points >= 0:
            yield GivenMark(answer, points, typer.prompt("comment", default="", show_default=False))


def show(answer: WaitingAnswer, place: str) -> None:
    """Print an answer; nothing in it can steer the terminal."""
    from grader.reports.plaintext import line, visible

    typer.echo(f"\n{place} · {line(answer.row.name)} · {line(answer.part)}")
    for title, text in (("question", answer.question), ("good answer", answer.model), ("answer", answer.given)):
        typer.echo(f"{title}:")
        for each in visible(text).split("\n"):
            typer.echo(f"    {each}")


def asked_points(answer: WaitingAnswer) -> float | None:
    """Return the points that are typed, less than 0 for a later time, None for the end."""
    from grader.grading.answer_table import points_in

    while True:
        typed = typer.prompt(f"0 to {answer.max_points:g} {HOW}", default="", show_default=False).strip()
        if typed in {"", "q"}:
            return LATER if not typed else None
        points = points_in(typed)
        if points is not None and 0 <= points <= answer.max_points:
            return points
        typer.echo(f"give a number from 0 to {answer.max_points:g}")


def keep(roll: Roll, given: Iterable[GivenMark]) -> int:
    """Keep each mark as soon as it is there; return how many there were."""
    from grader.store.ledger import Entry
    from grader.store.rows import Mark

    kept = 0
    run = None
    for each in given:
        run = run or roll.book.begin_run("mark", roll.course.version)
        mark = Mark(each.points, each.answer.max_points, each.comment)
        entry = Entry(each.answer.part, run, "marked", "", mark.points, mark.max_points, {"comment": mark.comment})
        roll.book.mark(each.answer.row.id, each.answer.part, mark, entry)
        kept += 1
    if run:
        roll.book.end_run(run)
    return kept
