"""What one learner is told in a terminal: the cause first, the simplest failing check whole, every other in a line.

Owns the choice and order of what is shown, as Rich renderables that read well without colour and from 60 columns on.
Every text is made visible and enters as `Text`, so that none is ever read as Rich markup. Code stands at the left edge,
so that it can be pasted as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.console import Group as Renderables
from rich.text import Text

from grader.reports.blocks import blocks
from grader.reports.plaintext import line, visible
from grader.reports.words import SYMBOLS, TONES, Words, number, tone
from grader.reports.wrap import broken_code, wrapped
from grader.results.report import CheckReport, ExerciseReport, MisconceptionReport, Report
from grader.results.verdicts import Verdict

STYLES: Mapping[str, str] = MappingProxyType(
    {"good": "green", "bad": "red", "warn": "yellow", "quiet": "dim", "ours": "magenta"}
)
MOST_OTHERS = 2
"""So many failed checks beside the simplest have a line of their own, unless everything is asked for."""
MOST_OBSERVATIONS = 2
"""What weighs most comes first."""
UNREMARKABLE = {"isolation": "sandbox", "feedback": "visible"}


@dataclass(frozen=True)
class Prose:
    """A text that is wrapped where its language allows it."""

    text: str
    style: str = ""
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Yield the text's lines."""
        rows = wrapped(visible(self.text), options.max_width - self.indent)
        yield Text("\n".join(" " * self.indent + row for row in rows), style=self.style, no_wrap=True, overflow="fold")


@dataclass(frozen=True)
class Code:
    """Lines of code at the left edge, broken where Python may be broken."""

    text: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Yield the lines."""
        rows = visible(self.text).expandtabs(4).split("\n")
        yield Text("\n".join(part for row in rows for part in broken_code(row, options.max_width)), overflow="fold")


@dataclass(frozen=True)
class Rows:
    """A verdict, its points and a title in each line, with points below points; what is too wide is cut."""

    rows: tuple[tuple[Text, str, str, str], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Yield a line for each row."""
        verdicts, points, most = (max(cell_len(str(row[column])) for row in self.rows) for column in range(3))
        for verdict, earned, of, title in self.rows:
            text = verdict.copy()
            text.append(" " * (verdicts - verdict.cell_len))
            text.append(f"  {earned:>{points}} / {of:<{most}}  ", style="not bold")
            text.append(title)
            text.truncate(options.max_width, overflow="ellipsis")
            text.rstrip()
            yield text


def feedback(report: Report, *, everything: bool = False, following: str = "", with_sum: bool = True) -> RenderableType:
    """Return all that one learner is told, in the report's language; `everything` tells each check whole.

    `following` is the title of the exercise to go on with once all have passed. The sum says nothing new where one
    exercise stands alone: `with_sum` leaves out all that concerns the whole submission.
    """
    words = Words(report.language)
    end = closing(report, words, following) if with_sum else ()
    return Renderables(*Teller(words, everything).report(report), *end)


@dataclass(frozen=True)
class Teller:
    """Tells a learner about exercises."""

    words: Words
    everything: bool

    def report(self, report: Report) -> Iterator[RenderableType]:
        """Yield the exercises: those that passed in a line each, then the others."""
        words = self.words
        passed = [each for each in report.exercises if each.verdict is Verdict.PASSED]
        begun = [each for each in report.exercises if each.verdict is not Verdict.PASSED and each.is_begun]
        if passed:
            yield self.rows([(each.verdict, each.score, each.max_score, each.title) for each in passed])
            yield from (part for each in passed for check in each.checks for part in self.remarks(check))
        for place, each in enumerate(begun):
            if passed or place:
                yield Text("")
            yield from self.exercise(each)
        if waiting := [line(each.slug) for each in report.exercises if not each.is_begun]:
            yield Text("")
            yield Prose(words.say("not_begun", slugs=words.say("comma").join(waiting)))

    def exercise(self, exercise: ExerciseReport) -> Iterator[RenderableType]:
        """Yield one exercise that did not pass: what happened, why, what to do, and where it shows."""
        words = self.words
        heading = Text(line(exercise.title), style="bold")
        heading.append(" · ", style="not bold")
        heading.append(
            f"{SYMBOLS[exercise.verdict]} {words.outcome(exercise)}",
            style=f"not bold {STYLES[tone(exercise.verdict, exercise.score)]}",
        )
        heading.append(f" · {words.score(exercise.score, exercise.max_score)}", style="not bold")
        yield heading
        seen = exercise.observations if self.everything else exercise.observations[:MOST_OBSERVATIONS]
        told = [exercise.message, *seen, exercise.relation]
        yield from (Prose(each) for each in told if each)
        for each in exercise.misconceptions:
            yield Text("")
            yield from self.misconception(each)
        if exercise.diagnosis:
            yield Prose(exercise.diagnosis)
        if exercise.hint:
            yield Prose(words.say("hint", hint=exercise.hint))
        yield from self.checks(exercise)

    def misconception(self, named: MisconceptionReport) -> Iterator[RenderableType]:
        """Yield a misconception's title and explanation."""
        title = Text(line(named.title), style="bold cyan")
        yield title.append(f"  {line(named.id)}", style="not bold dim")
        yield Prose(named.explanation)

    def checks(self, exercise: ExerciseReport) -> Iterator[RenderableType]:
        """Yield the simplest check that did not pass, whole, and the others in a line each."""
        open_ones = [each for each in exercise.checks if each.verdict is not Verdict.PASSED]
        if self.everything:
            whole, others = [*open_ones, *(each for each in exercise.checks if each not in open_ones)], []
        else:
            whole = [each for each in open_ones if each.id == exercise.simplest and each.message != exercise.message]
            others = [each for each in open_ones if each not in whole and is_worth_a_line(each, exercise)]
        for each in whole:
            yield Text("")
            yield from self.check(each, exercise)
        if others:
            yield Text("")
            yield self.rows([(each.verdict, each.points, each.max_points, each.title) for each in others[:MOST_OTHERS]])
        yield from self.uncounted(exercise, left_out=len(others[MOST_OTHERS:]))

    def uncounted(self, exercise: ExerciseReport, *, left_out: int) -> Iterator[RenderableType]:
        """Yield how many checks have no line of their own."""
        words = self.words
        passed = sum(each.verdict is Verdict.PASSED for each in exercise.checks)
        said = [words.count("more", left_out)] if left_out else []
        if passed and not self.everything:
            said.append(words.count("checks_passed", passed))
        if said:
            yield Prose(" · ".join(said), "dim")

    def check(self, check: CheckReport, exercise: ExerciseReport) -> Iterator[RenderableType]:
        """Yield a check with all there is to say of it."""
        points = f"{number(check.points)} / {number(check.max_points)}"
        yield Prose(f"{verdict_text(check.verdict, self.words).plain} · {points} · {check.title}", "bold")
        if check.message and check.verdict is not Verdict.PASSED and check.message != exercise.message:
            for block in blocks(check.message):
                yield Code(block.text) if block.is_code else Prose(block.text)
        if check.limit and not check.message:
            words = self.words
            yield Prose(words.say("limit_reached", limit=words.named("limit", check.limit)))
        yield from self.remarks(check)

    def remarks(self, check: CheckReport) -> Iterator[RenderableType]:
        """Yield what is worth knowing of a check though it costs nothing."""
        words = self.words
        for remark in check.remarks:
            yield Prose(words.say("remark", remark=remark), "dim")

    def rows(self, rows: Sequence[tuple[Verdict, float, float, str]]) -> Rows:
        """Return a line for each verdict, its points and a title."""
        return Rows(
            tuple(
                (verdict_text(verdict, self.words), number(points), number(most), line(title))
                for verdict, points, most, title in rows
            )
        )


def is_worth_a_line(check: CheckReport, exercise: ExerciseReport) -> bool:
    """Whether a check says something else than the exercise as a whole."""
    return not check.message or check.message != exercise.message


def verdict_text(verdict: Verdict, words: Words) -> Text:
    """Return a verdict's symbol and word; colour only adds to them."""
    return Text(f"{SYMBOLS[verdict]} {words.named('verdict', verdict.value)}", style=STYLES[TONES[verdict]])


def closing(report: Report, words: Words, following: str) -> Iterator[RenderableType]:
    """Yield what concerns the submission as a whole, the sum, and what to do next."""
    yield Text("")
    for kind, usual in UNREMARKABLE.items():
        if getattr(report, kind) != usual:
            yield Prose(words.named(kind, getattr(report, kind)), "dim")
    if report.message:
        yield Prose(report.message, "red")
    if report.late:
        yield Prose(report.late, "yellow")
    if report.needs_review:
        yield Prose(words.say("needs_review"), "magenta")
    passed = sum(each.verdict is Verdict.PASSED for each in report.exercises)
    everything = bool(report.exercises) and passed == len(report.exercises)
    sums = [f"{line(report.course)} · {line(report.student)}", words.score(report.score, report.max_score)]
    if len(report.exercises) > 1 and not everything:
        sums.append(words.say("done", passed=passed, total=len(report.exercises)))
    yield Prose(" · ".join(sums), "bold")
    if everything:
        yield Prose(words.say("all_done"), "green")
        if following:
            yield Prose(words.say("next_exercise", title=following))
