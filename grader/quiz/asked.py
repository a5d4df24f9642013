"""A variant as plain text: what a student is asked, in a terminal or an answer sheet, and how to answer."""

from __future__ import annotations

from collections.abc import Sequence

from grader.catalogue.question import QuestionKind
from grader.markup import as_plain
from grader.quiz.kinds.table import KINDS
from grader.quiz.plain import shape_of
from grader.quiz.variant import Variant
from grader.results.report import Language
from grader.wording.message import message


def options_text(variant: Variant, language: Language) -> tuple[str, ...]:
    """Return what can be chosen or matched: the left side numbered, the options lettered."""
    text = KINDS[variant.question.kind].option_text
    left = (f"{number}. {text(each.text[language])}" for number, each in enumerate(variant.left, 1))
    right = (f"{variant.letter(each.id)}) {text(each.text[language])}" for each in variant.options)
    return (*left, *right)


def how_to_answer(variant: Variant, language: Language) -> str:
    """Return how this kind of question is answered, in one sentence."""
    shape = shape_of(variant.key) if variant.question.kind is QuestionKind.TENSOR else None
    return message(f"quiz.how_{variant.question.kind.value}", shape=shape).text(language)


def asked(variant: Variant, language: Language) -> Sequence[str]:
    """Return the lines of a whole question: text, code, options, and how to answer."""
    lines = as_plain(variant.text[language]).split("\n")
    if variant.code:
        lines += ["", *(f"    {line}" for line in variant.code.split("\n"))]
    options = [line for option in options_text(variant, language) for line in option.split("\n")]
    if options:
        lines += ["", *options]
    return [*lines, "", how_to_answer(variant, language)]
