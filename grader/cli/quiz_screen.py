"""What a quiz looks like in a terminal: the question, the answer's fate, the summary. Keyboard only, 80 columns.

Owns the look and the reading of lines. Knows nothing of files or of which question comes next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from grader.catalogue.concepts import concept_in
from grader.catalogue.exercise import Exercise
from grader.catalogue.misconceptions import Misconception
from grader.catalogue.question import QuestionKind
from grader.config.course_config import Text as BothLanguages
from grader.grading.quiz_session import Standing
from grader.markup import as_plain
from grader.quiz.asked import how_to_answer, options_text
from grader.quiz.kinds.table import KINDS
from grader.quiz.mark import Marked
from grader.quiz.variant import Variant
from grader.reports.words import ANSWER_TONES
from grader.results.report import Language
from grader.results.verdicts import AnswerVerdict
from grader.wording.message import message

SYMBOLS = {
    AnswerVerdict.RIGHT: "✓",
    AnswerVerdict.PARTLY: "◐",
    AnswerVerdict.WRONG: "✗",
    AnswerVerdict.UNREADABLE: "!",
}
STYLES = {"good": "green", "bad": "red", "warn": "yellow", "quiet": "dim", "ours": "magenta"}
LONG_ANSWERS = frozenset({QuestionKind.OUTPUT, QuestionKind.TEXT})
QUIT, SKIP, UNDO = ":q", ":s", ":u"


class LeaveQuiz(Exception):  # noqa: N818 - a wish, not an error
    """The student wants to stop here."""


class UndoAnswer(Exception):  # noqa: N818 - as above
    """The student wants to take the last answer back."""


class QuizScreen:
    """Shows a quiz on a console, in one language."""

    def __init__(
        self, console: Console, language: Language, concepts: Mapping[str, BothLanguages] = MappingProxyType({})
    ) -> None:
        self.console = console
        self.language = language
        self.concepts = concepts

    def say(self, key: str, /, **params: Any) -> str:
        """Return the words `quiz.<key>`."""
        return message(f"quiz.{key}", **params).text(self.language)

    def begin(self, questions: int, todo: int) -> None:
        """Say how much there is to do, and which keys do what."""
        if todo:
            self.console.print(Text(self.say("begin", todo=todo, questions=questions)))
            self.console.print(Text(self.say("what_to_type", quit=QUIT, skip=SKIP, undo=UNDO)), style="dim")
        else:
            self.console.print(Text(self.say("nothing_open")))

    def question(self, variant: Variant, number: int, questions: int) -> None:
        """Show a question."""
        self.console.print()
        concepts = (concept_in(self.concepts, each, self.language) for each in variant.question.sheet.concepts)
        self.console.rule(Text(f"{number} / {questions} · {' · '.join(concepts)}"), align="left")
        self.console.print(Text(as_plain(variant.text[self.language]), style="bold"))
        if variant.code:
            code = Syntax(variant.code, "python", theme="ansi_dark", background_color="default", word_wrap=True)
            self.console.print(Padding(code, (1, 0, 0, 4)))
        options = options_text(variant, self.language)
        if options:
            self.console.print()
        for option in options:
            self.console.print(Padding(Text(option), (0, 0, 0, 2)))
        lines = self.say("blank_line_ends") if variant.question.kind in LONG_ANSWERS else ""
        is_free = variant.question.kind is QuestionKind.TEXT
        how = self.say("how_text_alone") if is_free else how_to_answer(variant, self.language)
        self.console.print(Text(f"\n{how} {lines}".rstrip()), style="dim")

    def answer(self, variant: Variant) -> str | None:
        """Return what was typed, or None for a question that is skipped; LeaveQuiz when the student leaves."""
        is_long, lines = variant.question.kind in LONG_ANSWERS, list[str]()
        while True:
            line = self.line("· " if lines else "> ")
            if line == SKIP:
                return None
            if line:
                lines.append(line)
            if lines and not (is_long and line):
                return "\n".join(lines)

    def given(self, raw: Any) -> None:
        """Show what was answered before."""
        self.console.print(Text("> ", style="cyan").append(str(raw), style="default"))

    def nothing_answered(self) -> None:
        """Say that there is no answer to review."""
        self.console.print(Text(self.say("nothing_answered")))

    def line(self, prompt: str) -> str:
        """Return one typed line; LeaveQuiz and UndoAnswer for these wishes."""
        typed = self.console.input(Text(prompt, style="cyan")).rstrip()
        if typed.strip() == UNDO:
            raise UndoAnswer
        if typed.strip() == QUIT:
            raise LeaveQuiz
        return typed.strip() if typed.strip() == SKIP else typed

    def marked(self, variant: Variant, marked: Marked, misconceptions: Mapping[str, Misconception]) -> None:
        """Show what became of an answer, and why."""
        if marked.verdict is AnswerVerdict.WAITING:
            self.model(variant)
            return
        style = STYLES[ANSWER_TONES[marked.verdict]]
        words = message(f"reports.answer_{marked.verdict.value}").text(self.language)
        self.console.print(Text(f"{SYMBOLS[marked.verdict]} {words}", style=f"bold {style}"))
        if marked.problem:
            self.console.print(Text(marked.problem.text(self.language)))
            return
        if marked.verdict is not AnswerVerdict.RIGHT:
            self.key(variant, explained=False)
        if known := misconceptions.get(marked.misconception or ""):
            body = Text(known.title.in_language(self.language), style="bold")
            body.append(f"\n{message('quiz.overlooked').text(self.language)}", style="not bold")
            title = message("reports.misconception_heading").text(self.language)
            self.console.print(Panel(body, title=Text(title), title_align="left", border_style="cyan"))
        self.console.print(Text(as_plain(variant.explanation[self.language])))

    def model(self, variant: Variant) -> None:
        """Show what a good answer to a free question says: a learner on their own compares."""
        told = KINDS[variant.question.kind].told(variant.key, variant, self.language)
        self.console.print(Text(self.say("compare"), style="bold"))
        self.console.print(Padding(Text(as_plain(told)), (0, 0, 0, 2)))
        self.console.print(Text(self.say("points_to_compare"), style="bold"))
        self.console.print(Padding(Text(as_plain(variant.explanation[self.language])), (0, 0, 0, 2)))

    def undone(self, *, is_done: bool) -> None:
        """Say that an answer was taken back, or that there is none."""
        self.console.print(Text(self.say("undone" if is_done else "nothing_to_undo")), style="dim")

    def key(self, variant: Variant, *, explained: bool = True) -> None:
        """Show what is right, and why where `explained`."""
        told = KINDS[variant.question.kind].told(variant.key, variant, self.language)
        self.console.print(Text(f"{message('reports.the_key').text(self.language)}: ", style="dim"), end="")
        self.console.print(Text(f"\n{told}" if "\n" in told else told))
        if explained:
            self.console.print(Text(as_plain(variant.explanation[self.language])))

    def hint(self, exercise: Exercise, hint: BothLanguages) -> None:
        """Show the hint that a prediction unlocked."""
        title = self.say("unlocked", title=exercise.sheet.title.in_language(self.language), slug=exercise.slug)
        self.console.print(
            Panel(Text(hint.in_language(self.language)), title=Text(title), title_align="left", border_style="yellow")
        )

    def left(self, answers: Path) -> None:
        """Say that the answers are kept."""
        self.console.print()
        self.console.print(Text(self.say("left", path=answers)))

    def summary(self, standings: Sequence[Standing], answers: Path) -> None:
        """Show how the student stands in each concept."""
        self.console.print()
        table = Table(title=Text(self.say("summary")), title_justify="left", box=None, padding=(0, 2, 0, 0))
        table.add_column(self.say("concept"), overflow="fold")
        table.add_column(self.say("answered"), justify="right")
        table.add_column(self.say("points_share"), justify="right")
        for each in standings:
            share = f"{100 * each.share / each.questions:.0f} %" if each.questions else "…"
            concept = concept_in(self.concepts, each.concept, self.language)
            table.add_row(Text(concept), f"{each.answered}/{each.questions}", share)
        self.console.print(table)
        self.console.print(Text(self.say("kept", path=answers)), style="dim")
