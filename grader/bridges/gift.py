"""GIFT, Moodle's text format, which other systems read too: a category for each pool, one line for each question.

GIFT has no gaps, no ordering and no points; what stands for them is chosen here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from math import isfinite

from grader.bridges.emoticons import nolink
from grader.bridges.grades import graded
from grader.bridges.item import Alternative, Item, Remark, alternatives, case_tells, items_of, left_out, untold
from grader.bridges.page import all_remarks_html, body_html, explanation_html, prompt_html, remark_html
from grader.bridges.pairs import pairs_of
from grader.bridges.pool import QuizExport
from grader.bridges.spelling import (
    decimal,
    line_spellings,
    margin,
    number_spellings,
    printed_lines,
    shape_spellings,
    usual_line_spellings,
    usual_shape_spellings,
)
from grader.catalogue.question import QuestionKind
from grader.markup import delimited
from grader.quiz.plain import entries

SPECIAL = re.compile(r"[~=#{}:\\]")
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
TAKEN_FOR_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")


def gift(exports: Sequence[QuizExport]) -> bytes:
    """Return the questions of some quizzes as one file."""
    return "\n\n".join(part for export in exports for part in parts(export)).encode() + b"\n"


def parts(export: QuizExport) -> Iterator[str]:
    """Yield each pool's category and its questions."""
    for pool, items in items_of(export):
        names = (export.course, export.title, pool.question.id)
        yield "$CATEGORY: " + "/".join(["$course$", "top", *map(category, names)])
        for item in items:
            yield WRITERS[item.kind](item)


def category(name: str) -> str:
    """Return a part of a category's path; nothing in it can be escaped, so that backslashes and lines' ends go."""
    return " ".join(UNSEEN.sub(" ", name).replace("\\", " ").split()).replace("/", "//")


def escaped(text: str) -> str:
    """Return a text that stands for itself, on one line."""
    return SPECIAL.sub(r"\\\g<0>", UNSEEN.sub("\ufffd", text)).replace("\n", "\\n")


def markup(html: str) -> str:
    """Return HTML that is not taken for a weight or for a format's name, and that Moodle draws nothing into."""
    html = nolink(html)
    if html.startswith(("%", "[")):
        html = f"&#{ord(html[0])};{html[1:]}"
    return escaped(html)


def question(item: Item, answers: str, *sentences: str, more: str = "") -> str:
    """Return a question: name, text, answers, and what everyone is told afterwards."""
    prompt = markup(prompt_html(item, delimited, *sentences))
    after = markup(explanation_html(item, delimited) + more)
    return f"::{escaped(item.name)}::[html]{prompt}{{{answers}####{after}}}"


def feedback(remark: Remark | None) -> str:
    """Return what is told to an answer."""
    return f"#{markup(remark_html(remark))}" if remark else ""


def one_of(item: Item, *sentences: str) -> str:
    """Return a choice of one."""
    choices = (("=" if each.is_right else "~") + choice(each) for each in alternatives(item))
    return question(item, " ".join(choices), *sentences)


def choice(each: Alternative) -> str:
    """Return something to choose, with its feedback."""
    return markup(body_html(each.body, delimited)) + feedback(each.remark)


def several_of(item: Item) -> str:
    """Return a choice of several; a wrong one takes away what a right one gives."""
    choices = (f"~%{percent}%{choice(each)}" for each, percent in graded(item))
    more = all_remarks_html(item, left_out(item), delimited, "left_out")
    return question(item, " ".join(choices), item.says("all_that_hold"), more=more)


def true_false(item: Item) -> str:
    """Return a statement to judge."""
    told = "".join(feedback(each) for each in item.remarks[:1])
    return question(item, ("TRUE" if item.variant.key else "FALSE") + told)


def numerical(item: Item) -> str:
    """Return a question for one number; for what is no number, a question for a word."""
    (key,), tolerance = entries(item.variant.key), item.variant.tolerance
    if not isfinite(key):
        return short(item, number_spellings(key, tolerance), (), item.says("number"))
    answers, told = [f"={decimal(key)}:{margin(key, tolerance)}"], []
    for remark in item.remarks:
        value, *more = entries(remark.value)
        if not more and isfinite(value):
            answers.append(f"=%0%{decimal(value)}:{margin(value, tolerance)}{feedback(remark)}")
            told.append(remark)
    return question(item, f"#{' '.join(answers)}", more=all_remarks_html(item, untold(item, told), delimited))


def tensor(item: Item) -> str:
    """Return places to match with numbers, each marked by itself; for one entry, a number."""
    if len(tuple(entries(item.variant.key))) == 1:
        return numerical(item)
    return matching(item, item.says("entries"))


def matching(item: Item, *sentences: str) -> str:
    """Return pairs to match; what is spare belongs to nothing."""
    found = pairs_of(item)
    matched = [f"={markup(body_html(left, delimited))} -> {plain(right)}" for left, right in found.pairs]
    spare = [f"= -> {plain(each)}" for each in found.spare]
    more = all_remarks_html(item, item.remarks, delimited)
    return question(item, " ".join([*matched, *spare]), *sentences, more=more)


def plain(text: str) -> str:
    """Return a text to choose, which is shown without its markup."""
    return escaped(escape(text))


def shape(item: Item) -> str:
    """Return a question for a shape, whatever its spelling."""
    wrong = [(remark, each) for remark in item.remarks for each in usual_shape_spellings(remark.value)]
    return short(item, shape_spellings(item.variant.key), wrong, item.says("shape"))


def output(item: Item) -> str:
    """Return a question for one printed line; for several, or one that GIFT can't hold or tell apart, a choice."""
    lines = printed_lines(item.variant.key)
    if len(lines) > 1 or not can_be_typed(lines[0]) or case_tells(item):
        return one_of(item, item.says("which_print"))
    typed = [(remark, printed_lines(remark.value)) for remark in item.remarks]
    wrong = [
        (remark, each)
        for remark, its_lines in typed
        if len(its_lines) == 1 and can_be_typed(its_lines[0])
        for each in usual_line_spellings(its_lines[0])
    ]
    return short(item, line_spellings(lines[0]), wrong, item.says("one_line"))


def can_be_typed(line: str) -> bool:
    """Whether a line is not taken for something else where it stands as an answer."""
    return "->" not in line and not TAKEN_FOR_FORMAT.match(line) and not UNSEEN.search(line)


def short(item: Item, right: Sequence[str], wrong: Sequence[tuple[Remark, str]], sentence: str) -> str:
    """Return a question for a short text; the wildcard is taken literally."""
    answers = [f"=%100%{literal(each)}" for each in right]
    answers += [f"=%0%{literal(each)}{feedback(remark)}" for remark, each in wrong]
    others = untold(item, [remark for remark, _ in wrong])
    return question(item, " ".join(answers), sentence, more=all_remarks_html(item, others, delimited))


def literal(text: str) -> str:
    """Return a text that is compared as it stands."""
    return escaped(text.replace("*", r"\*"))


def ordering(item: Item) -> str:
    """Return orders to choose from."""
    return one_of(item, item.says("which_order"))


def essay(item: Item) -> str:
    """Return a question for free text; GIFT has no place for a good answer that the student would not read."""
    return question(item, "")


WRITERS: Mapping[QuestionKind, Callable[[Item], str]] = {
    QuestionKind.SINGLE: one_of,
    QuestionKind.MULTIPLE: several_of,
    QuestionKind.TRUE_FALSE: true_false,
    QuestionKind.NUMERIC: numerical,
    QuestionKind.TENSOR: tensor,
    QuestionKind.SHAPE: shape,
    QuestionKind.OUTPUT: output,
    QuestionKind.EXCEPTION: one_of,
    QuestionKind.ORDER: ordering,
    QuestionKind.MATCH: matching,
    QuestionKind.TEXT: essay,
}
"""What each kind becomes."""
