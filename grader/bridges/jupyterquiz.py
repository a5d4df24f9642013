"""A quiz as a notebook whose questions the package `jupyterquiz` shows; needs that package where it is run, not here.

`jupyterquiz` marks choices, numbers within a range and single lines of text. A question of another kind becomes a
choice among its key and its wrong answers; free text is shown with what a good answer says. It knows no points.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.bridges.item import Alternative, Body, Form, Item, alternatives, items_of, left_out
from grader.bridges.page import all_remarks_html, body_html, code_html, explanation_html, model_html, remark_html
from grader.bridges.pool import QuizExport
from grader.bridges.spelling import (
    line_spellings,
    printed_lines,
    shape_spellings,
    usual_line_spellings,
    usual_shape_spellings,
)
from grader.catalogue.question import QuestionKind
from grader.markup import as_html, mathml
from grader.quiz.plain import number_text
from grader.wording.message import message

Cell = Mapping[str, Any]
Answers = list[dict[str, Any]]
Spellings = Callable[[Any], Sequence[str]]
Shown = Mapping[str, Any] | str
"""A question as `jupyterquiz` reads it, or the HTML of one that nothing can mark."""

MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
FOR_JUPYTERQUIZ = {ord("$"): "&#36;", ord("["): "&#91;"}
"""`jupyterquiz` takes `$…$` for maths and `[…](…)` for a link; maths is MathML already."""

WIDEST = 800
IMPORTS = """\
import base64
import json

from IPython.display import HTML, display
from jupyterquiz import display_quiz
"""


def notebook(exports: Sequence[QuizExport]) -> bytes:
    """Return the notebook of one unit's quiz in one language."""
    (export,) = exports
    questions = {pool.question.id: [question(each) for each in items] for pool, items in items_of(export)}
    title = [heading(1, export.title), plain(export.course), message("notebook.intro").text(export.language)]
    cells = [markdown("title", "\n\n".join(title)), code("questions", loading(questions))]
    for number, (_, items) in enumerate(items_of(export), 1):
        cells += question_cells(items[0], number)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    book = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(book, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def markdown(name: str, source: str) -> Cell:
    """Return a cell of text."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def code(name: str, source: str) -> Cell:
    """Return a cell of code, folded away."""
    metadata = {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def question_cells(item: Item, number: int) -> tuple[Cell, Cell]:
    """Return the cells of one question: its number and points, and what shows a variant of it."""
    name, language = item.variant.question.id, item.export.language
    if item.kind is QuestionKind.TEXT:
        points, shows = message("notebook.not_counted").text(language), f'display(HTML(questions["{name}"][0]))'
    else:
        ending = "one" if item.points == 1 else "many"
        points = message(f"notebook.points_{ending}", number=number_text(item.points)).text(language)
        shows = f'display_quiz(questions["{name}"], num=1, max_width={WIDEST})'
    title = heading(2, message("notebook.heading", number=number, points=points).text(language))
    return markdown(f"{name}-title", title), code(name, shows)


def loading(questions: Mapping[str, Sequence[Shown]]) -> str:
    """Return the code that holds all questions, so that no key is read in passing."""
    text = json.dumps(questions, ensure_ascii=True, allow_nan=False)
    encoded = base64.b64encode(text.encode("ascii")).decode("ascii")
    return f'{IMPORTS}\nquestions = json.loads(base64.b64decode("{encoded}"))'


def question(item: Item) -> Shown:
    """Return one variant as `jupyterquiz` reads it."""
    if item.kind is QuestionKind.TEXT:
        return free_text(item)
    if item.kind is QuestionKind.SHAPE:
        return asked(item, "string", texts(item, shape_spellings, usual_shape_spellings), item.says("shape"))
    if item.kind is QuestionKind.NUMERIC and math.isfinite(item.variant.key):
        return asked(item, "numeric", numbers(item), item.says("number"))
    if item.kind is QuestionKind.OUTPUT and len(printed_lines(item.variant.key)) == 1:
        return one_line(item)
    return choice(item)


def choice(item: Item) -> Shown:
    """Return a question for what is chosen, or must be because nothing else can be marked."""
    kind = "many_choice" if item.kind is QuestionKind.MULTIPLE else "multiple_choice"
    offered = pairings(item) if item.kind is QuestionKind.MATCH else alternatives(item)
    sentences = {
        QuestionKind.MULTIPLE: item.says("all_that_hold"),
        QuestionKind.ORDER: item.says("which_order"),
        QuestionKind.OUTPUT: item.says("which_print"),
        QuestionKind.MATCH: message("notebook.which_pairs").text(item.export.language),
        QuestionKind.TENSOR: message("notebook.which_value").text(item.export.language),
        QuestionKind.NUMERIC: message("notebook.which_value").text(item.export.language),
    }
    return asked(item, kind, choices(item, offered), sentences.get(item.kind, ""))


def one_line(item: Item) -> Shown:
    """Return a question for a line of print: a number counts by its value."""
    values = [item.variant.key, *(each.value for each in item.variant.mistakes)]
    if all(NUMBER.fullmatch(each.strip()) for each in values):
        return asked(item, "numeric", numbers(item), item.says("one_line"))
    return asked(item, "string", texts(item, line_spellings, usual_line_spellings), item.says("one_line"))


def asked(item: Item, kind: str, answers: Answers, sentence: str = "") -> Shown:
    """Return a question in the form that all kinds share."""
    text = as_html(item.text, mathml) + (f"<p>{as_html(sentence, mathml, inline=True)}</p>" if sentence else "")
    shown: dict[str, Any] = {"type": kind, "question": guarded(text), "answers": answers}
    if item.variant.code:
        shown["code"] = body_html(Body(item.variant.code, Form.PLAIN), mathml)
    return shown


def choices(item: Item, offered: Sequence[Alternative]) -> Answers:
    """Return answers to choose from, each with what it tells."""
    return [
        {
            "answer": guarded(body_html(each.body, mathml)),
            "correct": each.is_right,
            "feedback": feedback(item, each.value, right=each.is_right),
        }
        for each in offered
    ]


def pairings(item: Item) -> Sequence[Alternative]:
    """Return the key and the wrong answers of a `match` question, each as a whole."""
    wrong = [Alternative(each.value, Body(item.told(each.value)), is_right=False, remark=each) for each in item.remarks]
    key = item.variant.key
    return [Alternative(key, Body(item.told(key)), is_right=True, remark=None), *wrong]


def numbers(item: Item) -> Answers:
    """Return the ranges of numbers that the key and each wrong answer are known by."""
    values = [item.variant.key, *(each.value for each in item.variant.mistakes)]
    ranges = [
        {
            "type": "range",
            "range": margins(item, float(each)),
            "correct": at == 0,
            "feedback": feedback(item, each, right=at == 0),
        }
        for at, each in enumerate(values)
        if math.isfinite(float(each))
    ]
    return [*ranges, {"type": "default", "feedback": feedback(item, None, right=False)}]


def margins(item: Item, value: float) -> list[float]:
    """Return the lowest number that counts as `value`, and the first above it that does not."""
    tolerance = item.variant.tolerance
    margin = tolerance.absolute + tolerance.relative * abs(value)
    return [value - margin, math.nextafter(value + margin, math.inf)]


def texts(item: Item, right: Spellings, wrong: Spellings) -> Answers:
    """Return every spelling that the key is known by, and the `wrong` ones of each wrong answer."""
    values = [item.variant.key, *(each.value for each in item.variant.mistakes)]
    known = [
        {
            "answer": spelling,
            "correct": at == 0,
            "match_case": True,
            "feedback": feedback(item, each, right=at == 0),
        }
        for at, each in enumerate(values)
        for spelling in (wrong if at else right)(each)
    ]
    return [*known, {"type": "default", "feedback": feedback(item, None, right=False)}]


def feedback(item: Item, value: Any, *, right: bool) -> str:
    """Return what an answer tells: whether it is right, its misconception, and the question's explanation.

    Nobody clicks on what they leave out, so every answer tells of misconceptions that leave something out.
    """
    verdict = message("notebook.right" if right else "notebook.wrong").text(item.export.language)
    remark = "" if right else remark_html(item.remark_on(value))
    missed = all_remarks_html(item, left_out(item), mathml, "left_out")
    return guarded(f"<p><strong>{verdict}</strong></p>" + remark + explanation_html(item, mathml) + missed)


def free_text(item: Item) -> str:
    """Return the HTML of a question that nobody marks: the question, and behind a click what a good answer says."""
    code = code_html(item.variant.code) if item.variant.code else ""
    show = message("notebook.show_model").text(item.export.language)
    model = f"<details><summary>{show}</summary>{model_html(item, mathml)}{explanation_html(item, mathml)}</details>"
    return as_html(item.text, mathml) + code + model


def guarded(markup: str) -> str:
    """Return markup that `jupyterquiz` leaves as it is."""
    return markup.translate(FOR_JUPYTERQUIZ)


def heading(level: int, text: str) -> str:
    """Return a text as a heading in Markdown."""
    return f"{'#' * level} {plain(text)}"


def plain(text: str) -> str:
    """Return a text as Markdown that says just this, on one line."""
    return MARKDOWN.sub(r"\\\1", " ".join(text.split()))
