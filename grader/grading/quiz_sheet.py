"""Answer sheets: a student's own variants of the questions, each with an empty place for the answer, as one YAML file.

Owns what the file says around the answers. What it may hold, and how it is read back, is `submissions.answer_sheet`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

import yaml

from grader.catalogue.course import Course
from grader.catalogue.question import QuestionKind
from grader.quiz.asked import asked
from grader.quiz.make import make_variant
from grader.quiz.seed import seed_of, sheet_mark
from grader.results.report import Language
from grader.wording.message import message

WIDTH = 96
LINES = frozenset({QuestionKind.OUTPUT, QuestionKind.TEXT})
"""The kinds that are answered by lines of text, which YAML keeps as they are below a `|`."""


def blank_sheet(  # noqa: PLR0913 - what a sheet depends on
    course: Course, units: Sequence[str], student: str, secret: bytes, language: Language, *, name: str = ""
) -> str:
    """Return the sheet of a student who has answered nothing yet; it names the student by `name`, if given."""
    titles = {unit.name: unit.title.in_language(language) for unit in course.config.units}
    words = message("quiz.sheet_head", course=course.config.title.in_language(language), student=name or student)
    lines = [*comment(words.text(language)), "version: 1", f"sheet: {sheet_mark(secret, student)!r}", "answers:"]
    for unit in units:
        lines += ["", *comment(f"── {titles[unit]} ──")]
        for number, question in enumerate(course.quizzes[unit], 1):
            variant = make_variant(question, seed_of(secret, student, question.id), course.config.quiz.tolerance)
            first, *rest = asked(variant, language)
            lines += [
                "",
                *comment("\n".join([f"{number}. {first}", *rest])),
                f"  - question: {question.id}",
                "    answer: |" if question.kind in LINES else "    answer:",
            ]
    return "\n".join(lines) + "\n"


def comment(text: str) -> Iterator[str]:
    """Yield the lines of a text as comments; code keeps its lines, prose is wrapped."""
    for line in text.splitlines():
        parts = [line] if line.startswith("    ") else wrap(line, WIDTH) or [""]
        yield from (f"# {part}".rstrip() for part in parts)


def sheet_text(mark: str, answers: Sequence[tuple[str, int, object]]) -> str:
    """Return a sheet that holds some answers: question, attempt and what was typed."""
    entries = [{"question": name, "attempt": attempt, "answer": answer} for name, attempt, answer in answers]
    document = {"version": 1, "sheet": mark, "answers": entries}
    return str(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=WIDTH))
