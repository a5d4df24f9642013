"""What a terminal shows: words beside symbols, no markup of a student's, 80 columns."""

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.reports.summary import ClassSummary
from grader.reports.terminal import class_table, feedback
from grader.reports.words import SYMBOLS, Words
from grader.results.verdicts import Verdict

STYLE = re.compile(r"\x1b\[[\d;]*m")
"""What a view itself may send beside text."""


def printed(renderable, *, width=80, color=False):
    """Return what a console of `width` prints."""
    system = "truecolor" if color else None
    console = Console(file=io.StringIO(), width=width, color_system=system, force_terminal=color, no_color=not color)
    console.print(renderable)
    return console.file.getvalue()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_verdict_is_a_symbol_and_a_word(make_report, language):
    """Nothing is told by colour alone."""
    text = printed(feedback(make_report(language)))
    for verdict in Verdict:
        assert f"{SYMBOLS[verdict]} {Words(language).named('verdict', verdict.value)}" in text


def test_a_learner_reads_everything(make_report):
    """Score, misconception, message with its own lines, remarks, diagnosis, limits."""
    text = printed(feedback(make_report(message="Read in part.")))
    assert "Autograd · ada" in text
    assert "4.5 of 12 points" in text
    assert "Read in part." in text
    assert "A person will look at it" in text
    assert "Likely misconception · M05" in text
    assert "It is the same tensor." in text
    assert "\n          f = lambda x: (2 * x).view(2, 2)\n" in text
    assert "Remark: The result is float32." in text
    assert "No misconception explains this." in text
    assert "Limit reached: computing time" in text


def test_a_message_is_not_repeated_by_its_limit(make_report):
    """A limit is named where no message says more."""
    assert printed(feedback(make_report())).count("Limit reached") == 1


def test_hostile_text_is_shown_as_it_is(hostile_report, assert_harmless):
    """No markup, emoji code or escape of a student's is obeyed, with colour or without."""
    for color in (False, True):
        text = printed(feedback(hostile_report), width=1000, color=color)
        assert ("\x1b" in text) is color
        text = STYLE.sub("", text)
        assert_harmless(text)
        assert "[bold red]x[/bold red]" in text
        assert ":smile:" in text


def test_a_hostile_class_is_shown_as_it_is(hostile_report, assert_harmless):
    """The table of a class obeys nobody either."""
    text = printed(class_table(ClassSummary([hostile_report]), "en"), width=1000)
    assert_harmless(text)
    assert "[bold red]x[/bold red]" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_eighty_columns_are_enough(make_report, language):
    """No line is wider than the terminal."""
    reports = [make_report(language, student="a-rather-long-name-of-a-student")] * 2
    for view in (feedback(reports[0]), class_table(ClassSummary(reports), language)):
        assert max(cell_len(row) for row in printed(view).splitlines()) <= 80


def test_six_exercises_fit_into_eighty_columns(make_report):
    """The whole course is one table, no mark cut short."""
    crashed = make_report().exercises[2].model_copy(update={"score": 2.625})
    six = tuple(crashed.model_copy(update={"slug": f"slug_{index}"}) for index in range(6))
    text = printed(class_table(ClassSummary([make_report(exercises=six, score=15.75, max_score=28)]), "en"))
    assert text.count("↯ 2.6") == 6
    assert "15.75/28" in text


def test_a_deep_indent_leaves_room(make_report):
    """A message that is indented beyond the terminal is still read."""
    exercise = make_report().exercises[2].model_copy(update={"message": " " * 500 + "far out"})
    assert "far out" in printed(feedback(make_report(exercises=(exercise,))))


def test_a_class_is_summed_up(make_report):
    """Marks, a legend in words, what was left out and what was misunderstood."""
    reports = [make_report(student=f"s{index}") for index in range(3)]
    reports.append(make_report(student="late", exercises=(), needs_review=False))
    text = printed(class_table(ClassSummary(reports, most_rows=2), "en"))
    assert "✗ 0.5" in text
    assert "M05 review" in text
    assert "✗ failed" in text
    assert "2 sum_backward" in text
    assert "… and 2 more rows" in text
    assert "4 students, mean 37.5 %, 3 wait for review" in text
    assert "3 × M05 Alias" in text


def test_a_missing_exercise_is_an_empty_cell(make_report):
    """A student who has no mark has none."""
    reports = [make_report(), make_report(student="late", exercises=(), needs_review=False)]
    row = next(row for row in printed(class_table(ClassSummary(reports), "en")).splitlines() if "late" in row)
    assert row.split() == ["late", "4.5/12"]


def test_an_empty_class_is_no_error():
    """Nobody has marks yet."""
    assert "0 students" in printed(class_table(ClassSummary(), "en"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_class_with_quizzes_has_a_column_for_them(make_report, quizzes, language):
    """The points of all quizzes together; a student without any has an empty cell; eighty columns are enough."""
    reports = [make_report(language, quizzes=quizzes), make_report(language, student="bob")]
    text = printed(class_table(ClassSummary(reports), language))
    with_quiz, without = (next(row for row in text.splitlines() if name in row) for name in ("ada ", "bob "))
    assert Words(language).say("quiz") in text
    assert " 1.5 " in with_quiz
    assert " 1.5 " not in without
    assert max(cell_len(row) for row in text.splitlines()) <= 80


def test_a_class_without_quizzes_has_no_column_for_them(make_report):
    """A course of exercises alone keeps its table."""
    assert Words("en").say("quiz") not in printed(class_table(ClassSummary([make_report()]), "en"))


def test_what_quizzes_show_to_be_misunderstood_is_counted(make_report, quizzes):
    """A misconception that only a quiz shows is among the frequent ones."""
    text = printed(class_table(ClassSummary([make_report(quizzes=quizzes), make_report(quizzes=quizzes)]), "en"))
    assert "2 × M08 Transposed" in text
