"""Moodle XML: a category for each pool, so that a quiz can draw from it at random.

Owns which of Moodle's question types stands for which kind. Maths is left to Moodle's MathJax filter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from math import isfinite
from typing import Any
from xml.etree.ElementTree import Element

from grader.bridges.cloze import gap, number_gap
from grader.bridges.emoticons import nolink
from grader.bridges.grades import graded
from grader.bridges.item import Item, Remark, alternatives, items_of, left_out, untold
from grader.bridges.page import all_remarks_html, body_html, explanation_html, model_html, prompt_html, remark_html
from grader.bridges.pairs import pairs_of
from grader.bridges.pool import QuizExport
from grader.bridges.spelling import (
    decimal,
    line_spellings,
    margin,
    printed_lines,
    rows,
    shape_spellings,
    usual_line_spellings,
    usual_shape_spellings,
)
from grader.bridges.tree import node, written
from grader.catalogue.question import QuestionKind
from grader.markup import delimited
from grader.quiz.plain import entries, shape_of

RIGHT, WRONG = "100", "0"
CDATA = frozenset({"text"})

Answer = tuple[Any, str, Remark | None]
"""What is answered, its share of the points in percent, and what is told then."""


def moodle_xml(exports: Sequence[QuizExport]) -> bytes:
    """Return the questions of some quizzes as a file for Moodle's question bank."""
    questions = [each for export in exports for each in all_questions(export)]
    for each in questions:
        each.tail = "\n"
    return written(node("quiz", *questions), cdata=CDATA)


def all_questions(export: QuizExport) -> Iterator[Element]:
    """Yield each pool's category and its questions."""
    for pool, items in items_of(export):
        names = (export.course, export.title, pool.question.id)
        path = "/".join(["$course$", "top", *(each.replace("/", "//") for each in names)])
        yield node("question", node("category", text(path)), node("info", text(""), format="html"), type="category")
        for item in items:
            yield WRITERS[item.kind](item)


def whole(kind: str, item: Item, prompt: str, *parts: Element, more: str = "") -> Element:
    """Return a question of one of Moodle's types; `more` stands after the explanation that everyone reads.

    A `prompt` is `prompt_of` an item, which may hold gaps.
    """
    return node(
        "question",
        node("name", text(item.name)),
        node("questiontext", text(prompt), format="html"),
        html("generalfeedback", explanation_html(item, delimited) + more),
        node("defaultgrade", decimal(item.points)),
        node("penalty", "0"),
        node("hidden", "0"),
        node("idnumber", item.ident),
        *parts,
        type=kind,
    )


def text(content: str) -> Element:
    """Return Moodle's element around a text."""
    return node("text", content)


def html(tag: str, content: str) -> Element:
    """Return an element with HTML in it."""
    return node(tag, text(nolink(content)), format="html")


def answer(content: str, fraction: str, remark: Remark | None, *parts: Element, format_: str = "html") -> Element:
    """Return an answer with what is told to who gives it."""
    feedback = html("feedback", remark_html(remark))
    shown = nolink(content) if format_ == "html" else content
    return node("answer", text(shown), feedback, *parts, fraction=fraction, format=format_)


def prompt_of(item: Item, *sentences: str) -> str:
    """Return the question's text and code."""
    return nolink(prompt_html(item, delimited, *sentences))


def one_of(item: Item, *sentences: str) -> Element:
    """Return a choice of one."""
    answers = [
        answer(body_html(each.body, delimited), RIGHT if each.is_right else WRONG, each.remark)
        for each in alternatives(item)
    ]
    return whole("multichoice", item, prompt_of(item, *sentences), *choice_settings(single=True), *answers)


def several_of(item: Item) -> Element:
    """Return a choice of several; a wrong one takes away what a right one gives."""
    answers = [answer(body_html(each.body, delimited), percent, each.remark) for each, percent in graded(item)]
    prompt = prompt_of(item, item.says("all_that_hold"))
    more = all_remarks_html(item, left_out(item), delimited, "left_out")
    return whole("multichoice", item, prompt, *choice_settings(single=False), *answers, more=more)


def choice_settings(*, single: bool) -> tuple[Element, ...]:
    """Return how choices are shown."""
    settings = {"single": str(single).lower(), "shuffleanswers": "true", "answernumbering": "abc"}
    return tuple(node(name, value) for name, value in settings.items())


def true_false(item: Item) -> Element:
    """Return a statement to judge."""
    answers = [
        answer(str(each.value).lower(), RIGHT if each.is_right else WRONG, each.remark, format_="moodle_auto_format")
        for each in alternatives(item)
    ]
    return whole("truefalse", item, prompt_of(item), *answers)


def numerical(item: Item) -> Element:
    """Return a question for one number; a gap for what is none."""
    if not isfinite(item.variant.key):
        return tensor(item)
    tolerance = item.variant.tolerance
    values: list[Answer] = [(item.variant.key, RIGHT, None)]
    values += [(each.value, WRONG, each) for each in item.remarks if isfinite(each.value)]
    answers = [
        answer(
            decimal(value), fraction, remark, node("tolerance", margin(value, tolerance)), format_="moodle_auto_format"
        )
        for value, fraction, remark in values
    ]
    parts = [*answers, node("unitgradingtype", "0"), node("showunits", "3")]
    more = all_remarks_html(item, untold(item, (remark for _, _, remark in values if remark)), delimited)
    return whole("numerical", item, prompt_of(item), *parts, more=more)


def tensor(item: Item) -> Element:
    """Return a table of gaps, one for each entry, each marked by itself."""
    keys = tuple(entries(item.variant.key))
    shape = shape_of(item.variant.key)
    wrong = [(each, tuple(entries(each.value))) for each in item.remarks if shape_of(each.value) == shape]
    gaps = iter(number_gap(key, [(values[at], each) for each, values in wrong], item) for at, key in enumerate(keys))
    table = "".join(f"<tr>{''.join(f'<td>{next(gaps)}</td>' for _ in row)}</tr>" for row in rows(item.variant.key))
    return cloze(item, f"<table><tbody>{table}</tbody></table>", item.says("entries"))


def cloze(item: Item, gaps: str, sentence: str) -> Element:
    """Return a question with gaps, told so that nothing in its own text is taken for one."""
    prompt = prompt_of(item, sentence).replace("{", "&#123;")
    return whole("cloze", item, prompt + gaps, more=all_remarks_html(item, item.remarks, delimited))


def shape(item: Item) -> Element:
    """Return a question for a shape, whatever its spelling."""
    right = [(each, RIGHT, None) for each in shape_spellings(item.variant.key)]
    wrong = [(each, WRONG, remark) for remark in item.remarks for each in usual_shape_spellings(remark.value)]
    return short(item, [*right, *wrong], item.says("shape"))


def output(item: Item) -> Element:
    """Return a question for one printed line, or gaps for several, each marked by itself."""
    lines = printed_lines(item.variant.key)
    if len(lines) > 1:
        gaps = "".join(f"<p>{gap(line_spellings(each))}</p>" for each in lines)
        return cloze(item, gaps, item.says("each_line"))
    right = [(each, RIGHT, None) for each in line_spellings(lines[0])]
    wrong = [
        (each, WRONG, remark)
        for remark in item.remarks
        if len(printed_lines(remark.value)) == 1
        for each in usual_line_spellings(printed_lines(remark.value)[0])
    ]
    return short(item, [*right, *wrong], item.says("one_line"))


def short(item: Item, answers: Sequence[Answer], sentence: str) -> Element:
    """Return a question for a short text; Moodle's wildcard is taken literally."""
    found = [
        answer(each.replace("*", r"\*"), fraction, remark, format_="moodle_auto_format")
        for each, fraction, remark in answers
    ]
    more = all_remarks_html(item, untold(item, (remark for _, _, remark in answers if remark)), delimited)
    return whole("shortanswer", item, prompt_of(item, sentence), node("usecase", "1"), *found, more=more)


def ordering(item: Item) -> Element:
    """Return lines to put in order, all or nothing; a choice of one order where several are right."""
    if len(item.variant.accepted) > 1:
        return one_of(item, item.says("which_order"))
    lines = [
        answer(body_html(item.option_body(each), delimited), str(place), None)
        for place, each in enumerate(item.variant.key, 1)
    ]
    settings = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": str(len(lines)),
        "gradingtype": "ALL_OR_NOTHING",
        "showgrading": "SHOW",
        "shownumcorrect": "1",  # without it Moodle makes hints that have no format, and stops at them
    }
    more = all_remarks_html(item, item.remarks, delimited)
    parts = [node(name, value) for name, value in settings.items()]
    return whole("ordering", item, prompt_of(item, item.says("arrange")), *parts, *lines, more=more)


def matching(item: Item) -> Element:
    """Return pairs to match; a text that belongs to nothing has no question."""
    found = pairs_of(item)
    pairs = [(body_html(left, delimited), right) for left, right in found.pairs]
    parts = [
        node("subquestion", text(nolink(left)), node("answer", text(escape(right))), format="html")
        for left, right in [*pairs, *(("", each) for each in found.spare)]
    ]
    more = all_remarks_html(item, item.remarks, delimited)
    return whole("matching", item, prompt_of(item), node("shuffleanswers", "true"), *parts, more=more)


def essay(item: Item) -> Element:
    """Return a question for free text; who marks it sees what a good answer says."""
    settings = {"responseformat": "editor", "responserequired": "1", "responsefieldlines": "10", "attachments": "0"}
    parts = [node(name, value) for name, value in settings.items()]
    return whole("essay", item, prompt_of(item), *parts, html("graderinfo", model_html(item, delimited)))


WRITERS: Mapping[QuestionKind, Callable[[Item], Element]] = {
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
