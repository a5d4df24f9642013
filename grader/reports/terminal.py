"""A report, or a class of them, for a terminal.

Owns the choice and order of what is shown, as Rich renderables that read well without colour and in 80
columns. Every text is made visible and enters as `Text`, so that none is ever read as Rich markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Group as Renderables
from rich.console import RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from grader.reports.groups import Group, groups
from grader.reports.plaintext import line, visible
from grader.reports.summary import ClassSummary, Mark, Row
from grader.reports.words import SYMBOLS, TONES, Words, number
from grader.results.report import CheckReport, ExerciseReport, Language, Report
from grader.results.verdicts import Verdict

STYLES: Mapping[str, str] = MappingProxyType(
    {"good": "green", "bad": "red", "warn": "yellow", "quiet": "dim", "ours": "magenta"}
)
MOST_MISCONCEPTIONS = 5
MOST_OF_A_NAME = 16
"""So many columns a student's name keeps on a narrow terminal."""
DEEPEST_INDENT = 24


def feedback(report: Report) -> RenderableType:
    """Return all that one learner is told, in the report's language."""
    words = Words(report.language)
    return Renderables(
        *headline(report, words),
        *(part for exercise in report.exercises for part in section(exercise, words)),
    )


def headline(report: Report, words: Words) -> Iterator[RenderableType]:
    """Yield the student, the score and what concerns the submission as a whole."""
    yield Text(f"{line(report.course)} · {line(report.student)}", style="bold")
    yield Text(words.score(report.score, report.max_score))
    for kind in ("isolation", "feedback"):
        yield Text(line(words.named(kind, getattr(report, kind))), style="dim")
    if report.message:
        yield Text(visible(report.message), style="red")
    if report.needs_review:
        yield Text(words.say("needs_review"), style="magenta")


def section(exercise: ExerciseReport, words: Words) -> Iterator[RenderableType]:
    """Yield one exercise: its verdict, the misconception behind it, its checks."""
    yield Text("")
    heading = Text(line(exercise.title), style="bold")
    heading.append(f"  {words.score(exercise.score, exercise.max_score)}  ", style="not bold")
    yield heading.append_text(verdict_text(exercise.verdict, words))
    if exercise.message:
        yield indented(exercise.message, 2)
    if exercise.misconception:
        yield Padding(misconception_panel(exercise, words), (1, 0, 0, 2))
    elif exercise.diagnosis:
        yield indented(exercise.diagnosis, 2)
    verdicts = [cell_len(verdict_text(check.verdict, words).plain) for check in exercise.checks]
    for group in groups(exercise):
        yield from part(group, words, max(verdicts))


def part(group: Group, words: Words, width: int) -> Iterator[RenderableType]:
    """Yield the checks of one part of an exercise, what did not pass first."""
    name = words.named("part", group.part.value)
    yield Text(f"\n  {name}  {number(group.points)} / {number(group.max_points)}", style="dim")
    for check in group.open + group.passed:
        yield check_line(check, words, width)
        yield from check_details(check, words)


def check_line(check: CheckReport, words: Words, width: int) -> Padding:
    """Return a check's verdict, `width` cells wide, its title and its points."""
    columns = Table.grid(padding=(0, 2, 0, 0))
    columns.add_column(no_wrap=True, min_width=width)
    columns.add_column(overflow="fold")
    columns.add_column(no_wrap=True, style="dim")
    points = Text(f"{number(check.points)} / {number(check.max_points)}")
    columns.add_row(verdict_text(check.verdict, words), Text(line(check.title)), points)
    return Padding(columns, (0, 0, 0, 2), expand=False)


def check_details(check: CheckReport, words: Words) -> Iterator[RenderableType]:
    """Yield what there is to say of a check, indented."""
    if check.message and check.verdict is not Verdict.PASSED:
        yield indented(check.message, 6)
    if check.limit and not check.message:
        yield indented(words.say("limit_reached", limit=words.named("limit", check.limit)), 6)
    for remark in check.remarks:
        yield indented(words.say("remark", remark=remark), 6, style="dim")


def verdict_text(verdict: Verdict, words: Words) -> Text:
    """Return a verdict's symbol and word; colour only adds to them."""
    return Text(f"{SYMBOLS[verdict]} {words.named('verdict', verdict.value)}", style=STYLES[TONES[verdict]])


def misconception_panel(exercise: ExerciseReport, words: Words) -> Panel:
    """Return the box that names the misconception of `exercise`."""
    title = Text(f"{words.say('misconception_heading')} · {line(exercise.misconception or '')}")
    body = Text(line(exercise.misconception_title), style="bold")
    body.append(f"\n{visible(exercise.misconception_explanation)}", style="not bold")
    return Panel(body, title=title, title_align="left", border_style="cyan", padding=(0, 1))


def indented(text: str, columns: int, style: str = "") -> RenderableType:
    """Return `text` indented by `columns`, line by line: a long line wraps below its own beginning."""
    lines = visible(text).expandtabs(4).rstrip("\n").split("\n")
    return Renderables(
        *(Padding(Text(row.lstrip(" "), style=style), (0, 0, 0, columns + indent(row)), expand=False) for row in lines)
    )


def indent(row: str) -> int:
    """Return the columns that `row` is indented by, as far as a narrow terminal has room for them."""
    return min(len(row) - len(row.lstrip(" ")), DEEPEST_INDENT)


def class_table(summary: ClassSummary, language: Language) -> RenderableType:
    """Return the marks of a class and what it misunderstood most."""
    words = Words(language)
    return Renderables(marks_table(summary, words), *closing_lines(summary, words))


def marks_table(summary: ClassSummary, words: Words) -> Table:
    """Return one row per student; the exercises' columns are numbered."""
    table = Table(title=Text(words.say("class_title")), title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    longest = max((cell_len(line(row.student)) for row in summary.rows), default=0)
    table.add_column(words.say("student"), overflow="fold", min_width=min(longest, MOST_OF_A_NAME))
    table.add_column(words.say("points"), justify="right", no_wrap=True)
    for index, _ in enumerate(summary.slugs, start=1):
        table.add_column(str(index), no_wrap=True)
    has_quizzes = any(row.quiz is not None for row in summary.rows)
    if has_quizzes:
        table.add_column(words.say("quiz"), justify="right", no_wrap=True)
    table.add_column(words.say("notes"), overflow="fold")
    for row in summary.rows:
        table.add_row(*cells(row, summary.slugs, words, has_quizzes=has_quizzes))
    return table


def cells(row: Row, slugs: list[str], words: Words, *, has_quizzes: bool) -> Iterator[Text]:
    """Yield the cells of one student, with one for the quizzes where the class has some."""
    yield Text(line(row.student, limit=60))
    yield Text(f"{number(row.score)}/{number(row.max_score)}")
    yield from (mark_text(row.marks.get(slug)) for slug in slugs)
    if has_quizzes:
        yield Text("" if row.quiz is None else number(round(row.quiz, 1)))
    review = [words.say("review")] if row.needs_review else []
    yield Text(line(" ".join([*row.misconceptions, *review])))


def mark_text(mark: Mark | None) -> Text:
    """Return an exercise's symbol and points, or nothing where the student has none."""
    if mark is None:
        return Text("")
    return Text(f"{SYMBOLS[mark.verdict]} {number(round(mark.points, 1))}", style=STYLES[TONES[mark.verdict]])


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
    if summary.waiting:
        yield Text(words.say("waiting"), style=STYLES["ours"])
    for student, why in sorted(summary.waiting):
        yield Text(f"  {words.say('waiting_one', student=line(student, limit=60), why=line(why))}")
    if summary.misconceptions:
        yield Text(words.say("frequent"))
    for name, students in summary.misconceptions.most_common(MOST_MISCONCEPTIONS):
        yield Text(f"  {students} × {line(name)} {line(summary.titles[name])}")  # noqa: RUF001 - a times sign
