"""`grader quiz`: a unit's quiz, taken in the terminal; `grader replay`: a variant, shown again from its seed."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, Lang, LangOption
from grader.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from grader.catalogue.question import Question
    from grader.cli.quiz_screen import QuizScreen
    from grader.grading.quiz_session import QuizSession
    from grader.learn.workspace import Workspace

SHEET = "answers.yaml"
STOPPED = 130


def quiz(  # noqa: PLR0913 - the command's own options
    unit: Annotated[
        str | None, typer.Argument(metavar="[UNIT]", help="The unit whose quiz is taken; none lists the units.")
    ] = None,
    *,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="The file that keeps your answers; else answers.yaml.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Ask what you did not get right, with new numbers.")] = False,
    review: Annotated[bool, typer.Option("--review", help="Show your answers again, marked and explained.")] = False,
    page: Annotated[
        Path | None, typer.Option("--page", help="Write your questions as a page to answer them on in a browser.")
    ] = None,
    student: Annotated[str | None, typer.Option("--student", help="Your name, which your numbers depend on.")] = None,
    course: CourseOption = None,
    lang: LangOption = None,
) -> None:
    """Take a unit's quiz in the terminal; leave at any time and go on later. Without a unit: list them.

    A page holds your own questions and no keys, and writes answers.yaml: those of a unit, or of all without one.

    Examples:  grader quiz   ·   grader quiz weights   ·   grader quiz weights --again   ·   grader quiz graph --lang zh
    ·   grader quiz weights --review   ·   grader quiz weights --page weights.html

    Exit codes: 0 nothing is left to ask; 130 left before the end, answers kept; 2 the command or the course is wrong.
    """
    from grader.learn.workspace import open_workspace

    space = open_workspace(Path.cwd(), course=course, language=lang.value if lang else None)
    path = answers or (Path(space.told(space.root / SHEET)) if space.is_own else Path(SHEET))
    if unit is not None and unit not in space.course.quiz_units:
        raise space.unknown_quiz(unit)
    if page is not None:
        write_page(space, page, (unit,) if unit else space.course.quiz_units, student or user())
        return
    if unit is None:
        list_quizzes(space, path)
        return
    from rich.console import Console

    from grader.cli.quiz_screen import LeaveQuiz, QuizScreen
    from grader.grading.quiz_session import QuizSession
    from grader.grading.secret import SELF_STUDY

    questions = space.course.quizzes[unit]
    session = QuizSession(space.course, questions, student or user(), SELF_STUDY, path, again=again)
    screen = QuizScreen(Console(highlight=False), space.language, space.course.concepts)
    if review:
        review_answers(session, screen)
        return
    try:
        take(session, screen)
    except (LeaveQuiz, EOFError, KeyboardInterrupt):
        screen.left(path)
        raise typer.Exit(STOPPED) from None
    screen.summary(session.standings(), path)


def write_page(space: Workspace, page: Path, units: Sequence[str], student: str) -> None:
    """Write a page on which the learner answers their own questions."""
    from rich.console import Console

    from grader.atomic import disk_errors
    from grader.bridges.html.sheet_page import OwnSheet, render_sheet
    from grader.grading.secret import SELF_STUDY
    from grader.wording.message import message

    with Console(stderr=True).status(""):
        content = render_sheet(OwnSheet(space.course, units, student, SELF_STUDY, student), space.language)
    with disk_errors(page):
        page.write_bytes(content)
    typer.echo(message("quiz.page_written", page=page, file=SHEET).text(space.language))


def list_quizzes(space: Workspace, path: Path) -> None:
    """Print each unit with a quiz, and how many of its questions were answered."""
    from grader.grading.own_sheet import read_own_sheet
    from grader.wording.message import message

    given = read_own_sheet(path).given
    answered = {name for name, answers in given.items() if any(each.raw is not None for each in answers)}
    titles = {unit.name: unit.title.in_language(space.language) for unit in space.course.config.units}
    longest = max(map(len, space.course.quiz_units), default=0)
    for unit in space.course.quiz_units:
        questions = space.course.quizzes[unit]
        done = sum(each.id in answered for each in questions)
        symbol = "✓" if done == len(questions) else "◐" if done else "·"
        typer.echo(f"{symbol} {unit:{longest}}  {done:2} / {len(questions):2}  {titles[unit]}")
    typer.echo(message("quiz.choose").text(space.language))


def take(session: QuizSession, screen: QuizScreen) -> None:
    """Ask every open question, in order; an answer that is taken back is asked for again."""
    from grader.cli.quiz_screen import UndoAnswer

    todo = session.open_questions()
    screen.begin(len(session.questions), len(todo))
    while todo:
        try:
            ask(session, screen, todo[0], session.questions.index(todo[0]) + 1)
        except UndoAnswer:
            question = session.undo()
            screen.undone(is_done=question is not None)
            todo = [question, *(each for each in todo if each is not question)] if question else todo
        else:
            del todo[0]


def review_answers(session: QuizSession, screen: QuizScreen) -> None:
    """Show each answered question with what was answered, and what became of it."""
    answered = [each for each in session.questions if session.attempts_made(each)]
    for question in answered:
        variant = session.variant(question, session.attempts_made(question))
        screen.question(variant, session.questions.index(question) + 1, len(session.questions))
        screen.given(session.given(question))
        if marked := session.last(question):
            screen.marked(variant, marked, session.course.misconceptions)
    if not answered:
        screen.nothing_answered()


def ask(session: QuizSession, screen: QuizScreen, question: Question, number: int) -> None:
    """Ask one question until it is answered or skipped."""
    from grader.results.verdicts import AnswerVerdict

    attempt = session.attempt(question)
    variant = session.variant(question, attempt)
    screen.question(variant, number, len(session.questions))
    while (raw := screen.answer(variant)) is not None:
        marked = session.answer(variant, attempt, raw)
        screen.marked(variant, marked, session.course.misconceptions)
        if marked.verdict is not AnswerVerdict.UNREADABLE:
            if hint := session.hint(question):
                screen.hint(*hint)
            return


def user() -> str:
    """Return the name of who is at the keyboard."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "student"


def replay(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question's id, as a report names it.")],
    seed: Annotated[str, typer.Argument(metavar="SEED", help="The seed that the report gives.")],
    *,
    course: CourseOption = None,
    lang: Annotated[Lang | None, typer.Option("--lang", help="Language of the question.")] = None,
) -> None:
    """Show a variant of a quiz question again, with its key, from the seed in a report.

    Examples:  grader replay shaped_weights 5f0c…

    Exit codes: 0 shown; 2 there is no such question, or this is no seed.
    """
    from rich.console import Console

    from grader.catalogue.course import find_course, load_course
    from grader.cli.quiz_screen import QuizScreen
    from grader.quiz.make import make_variant

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    found = [each for questions in loaded.quizzes.values() for each in questions if each.id == question]
    if not found:
        raise UserError(f"there is no question {question!r} in the course; a report names it before its seed")
    if not is_seed(seed):
        raise UserError(f"{seed!r} is no seed; copy all of its hexadecimal digits from the report")
    variant = make_variant(found[0], seed, loaded.config.quiz.tolerance)
    console: Console = Console(highlight=False)
    screen = QuizScreen(console, lang.value if lang else loaded.config.language, loaded.concepts)
    screen.question(variant, 1, 1)
    screen.key(variant)


def is_seed(text: str) -> bool:
    """Whether a text is hexadecimal, as long as a seed may be."""
    return 0 < len(text) <= 64 and all(each in "0123456789abcdef" for each in text)  # noqa: PLR2004 - 256 bits
