"""`grader quiz`: a unit's quiz, taken in the terminal; `grader replay`: a variant, shown again from its seed."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, Lang, LangOption
from grader.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from grader.catalogue.question import Question
    from grader.cli.quiz_screen import QuizScreen
    from grader.grading.quiz_session import QuizSession

SHEET = Path("answers.yaml")
STOPPED = 130


def quiz(  # noqa: PLR0913 - the command's own options
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="The unit whose quiz is taken.")],
    *,
    answers: Annotated[Path, typer.Option("--answers", help="The file that keeps your answers.")] = SHEET,
    again: Annotated[bool, typer.Option("--again", help="Ask what you did not get right, with new numbers.")] = False,
    student: Annotated[str | None, typer.Option("--student", help="Your name, which your numbers depend on.")] = None,
    course: CourseOption = None,
    lang: LangOption = None,
) -> None:
    """Take a unit's quiz in the terminal; leave at any time and go on later.

    Examples:  grader quiz weights   ·   grader quiz weights --again   ·   grader quiz graph --lang zh

    Exit codes: 0 nothing is left to ask; 130 left before the end, answers kept; 2 the command or the course is wrong.
    """
    from rich.console import Console

    from grader.catalogue.course import find_course, load_course
    from grader.cli.quiz_screen import LeaveQuiz, QuizScreen
    from grader.grading.quiz_session import QuizSession
    from grader.grading.secret import SELF_STUDY

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    (chosen,) = loaded.select_quizzes([unit])
    language = lang.value if lang else loaded.config.language
    questions = loaded.quizzes[chosen]
    session = QuizSession(loaded, questions, student or user(), SELF_STUDY, answers, again=again)
    screen = QuizScreen(Console(highlight=False), language, loaded.concepts)
    try:
        take(session, screen)
    except (LeaveQuiz, EOFError, KeyboardInterrupt):
        screen.left(answers)
        raise typer.Exit(STOPPED) from None
    screen.summary(session.standings(), answers)


def take(session: QuizSession, screen: QuizScreen) -> None:
    """Ask every open question, in order."""
    todo = session.open_questions()
    screen.begin(len(session.questions), len(todo))
    for question in todo:
        ask(session, screen, question, session.questions.index(question) + 1)


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
