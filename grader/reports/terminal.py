"""A class of reports for a terminal; `feedback` on one is beside it.

Owns the choice and order of what is shown, as Rich renderables that read well without colour and in 80
columns. Every text is made visible and enters as `Text`, so that none is ever read as Rich markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Group as Renderables
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from grader.reports.feedback import STYLES, feedback, verdict_text
from grader.reports.overview.record import Reason
from grader.reports.plaintext import line
from grader.reports.summary import ClassSummary, Mark, Row
from grader.reports.words import SYMBOLS, Words, number, tone
from grader.results.report import Language
from grader.results.verdicts import Verdict

__all__ = ["STYLES", "class_table", "feedback", "verdict_text"]

MOST_MISCONCEPTIONS = 5
MOST_OF_A_NAME = 16
"""So many columns a student's name keeps on a narrow terminal."""


def class_table(summary: ClassSummary, language: Language) -> RenderableType:
    """Return the marks of a class and what it misunderstood most."""
    words = Words(language)
    return Renderables(marks_table(summary, words), *closing_lines(summary, words))


def marks_table(summary: ClassSummary, words: Words) -> Table:
    """Return one row per student; the exercises' columns are numbered."""
    table = Table(title=Text(words.say("class_title")), title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    longest = max((cell_len(line(row.student)) for row in summary.rows), default=0)
    table.add_column(words.say("student"), overflow="fold", min_width=min(longest, MOST_OF_A_NAME))
    points = words.say("points_of", max_points=number(summary.usual_max)) if summary.students else words.say("points")
    table.add_column(points, justify="right", no_wrap=True)
    for index, _ in enumerate(summary.slugs, start=1):
        table.add_column(str(index), no_wrap=True)
    has_quizzes = any(row.quiz is not None for row in summary.rows)
    if has_quizzes:
        table.add_column(words.say("quiz"), justify="right", no_wrap=True)
    table.add_column(words.say("notes"), overflow="fold")
    for row in summary.rows:
        table.add_row(*cells(row, summary, words, has_quizzes=has_quizzes))
    return table


def cells(row: Row, summary: ClassSummary, words: Words, *, has_quizzes: bool) -> Iterator[Text]:
    """Yield the cells of one student, with one for the quizzes where the class has some."""
    yield Text(line(row.student, limit=60))
    differs = row.max_score != summary.usual_max
    yield Text(f"{number(row.score)}/{number(row.max_score)}" if differs else number(row.score))
    yield from (mark_text(row.marks.get(slug)) for slug in summary.slugs)
    if has_quizzes:
        yield Text("" if row.quiz is None else number(round(row.quiz, 1)))
    notes = [*row.misconceptions, *(note(each, row, words) for each in row.reasons)]
    yield Text(line(words.say("comma").join(notes)))


def note(reason: Reason, row: Row, words: Words) -> str:
    """Return a reason to look at a student's work in a word or two."""
    if reason is Reason.WAITING:
        return words.count("note_waiting", row.texts)
    return words.say(f"note_{reason.value}")


def mark_text(mark: Mark | None) -> Text:
    """Return an exercise's symbol and points, or nothing where the student has none."""
    if mark is None:
        return Text("")
    return Text(
        f"{SYMBOLS[mark.verdict]} {number(round(mark.points, 1))}", style=STYLES[tone(mark.verdict, mark.points)]
    )


def closing_lines(summary: ClassSummary, words: Words) -> Iterator[Text]:
    """Yield what explains the table's columns and symbols, and the sums of the class."""
    comma = words.say("comma")
    if summary.left_out:
        yield Text(words.say("rows_left_out", number=summary.left_out))
    if summary.slugs:
        named = (f"{index} {line(slug)}" for index, slug in enumerate(summary.slugs, start=1))
        yield Text(words.say("columns", names=comma.join(named)))
        marks = (verdict_text(verdict, words).plain for verdict in Verdict if verdict in summary.verdicts)
        yield Text(words.say("legend", names=comma.join(marks)))
    sums = [
        words.count("students", summary.students),
        words.say("mean", percent=number(round(summary.mean, 1))),
    ]
    if summary.reviews:
        sums.append(words.count("reviews", summary.reviews))
    yield Text(comma.join(sums))
    if summary.texts:
        yield Text(words.count("texts_waiting", summary.texts), style=STYLES["ours"])
    if summary.waiting:
        yield Text(words.say("waiting"), style=STYLES["ours"])
    for student, why in sorted(summary.waiting):
        yield Text(f"  {words.say('waiting_one', student=line(student, limit=60), why=line(why))}")
    if summary.misconceptions:
        yield Text(words.say("frequent"))
    for name, students in summary.misconceptions.most_common(MOST_MISCONCEPTIONS):
        yield Text(f"  {students} × {line(name)} {line(summary.titles[name])}")  # noqa: RUF001 - a times sign
