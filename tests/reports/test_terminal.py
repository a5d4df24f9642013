"""What a terminal shows: words beside symbols, no markup of a student's, 80 columns."""

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.reports.summary import ClassSummary
from grader.reports.terminal import class_table
from grader.reports.words import Words

STYLE = re.compile(r"\x1b\[[\d;]*m")
"""What a view itself may send beside text."""


def printed(renderable, *, width=80, color=False):
    """Return what a console of `width` prints."""
    system = "truecolor" if color else None
    console = Console(file=io.StringIO(), width=width, color_system=system, force_terminal=color, no_color=not color)
    console.print(renderable)
    return console.file.getvalue()


def test_a_hostile_class_is_shown_as_it_is(hostile_report, assert_harmless):
    """The table of a class obeys nobody either."""
    text = printed(class_table(ClassSummary([hostile_report]), "en"), width=1000)
    assert_harmless(text)
    assert "[bold red]x[/bold red]" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_eighty_columns_are_enough(make_report, language):
    """No line is wider than the terminal."""
    reports = [make_report(language, student="a-rather-long-name-of-a-student")] * 2
    text = printed(class_table(ClassSummary(reports), language))
    assert max(cell_len(row) for row in text.splitlines()) <= 80


def test_six_exercises_fit_into_eighty_columns(make_report):
    """The whole course is one table, no mark cut short."""
    crashed = make_report().exercises[2].model_copy(update={"score": 2.625})
    six = tuple(crashed.model_copy(update={"slug": f"slug_{index}"}) for index in range(6))
    text = printed(class_table(ClassSummary([make_report(exercises=six, score=15.75, max_score=28)]), "en"))
    assert text.count("↯ 2.6") == 6
    assert "Points / 28" in text
    assert "15.75" in text
    assert "/28" not in text


def test_a_class_is_summed_up(make_report):
    """Marks, a legend in words, what was left out and what was misunderstood."""
    reports = [make_report(student=f"s{index}") for index in range(3)]
    reports.append(make_report(student="late", exercises=(), needs_review=False))
    text = printed(class_table(ClassSummary(reports, most_rows=2), "en"))
    assert "✗ 0.5" in text
    assert "M05, grader failed" in text
    assert "✗ failed" in text
    assert "2 sum_backward" in text
    assert "… and 2 more rows" in text
    assert "4 students, mean 37.5 %, 3 wait for review" in text
    assert "3 × M05 Alias" in text


def test_a_missing_exercise_is_an_empty_cell(make_report):
    """A student who has no mark has none."""
    reports = [make_report(), make_report(student="late", exercises=(), needs_review=False)]
    row = next(row for row in printed(class_table(ClassSummary(reports), "en")).splitlines() if "late" in row)
    assert row.split() == ["late", "4.5"]


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


def test_a_row_has_its_own_most_points_only_where_they_differ(make_report):
    """The others' stand once, above the column."""
    reports = [make_report(student=f"s{number}") for number in range(2)]
    text = printed(class_table(ClassSummary([*reports, make_report(student="less", max_score=9)]), "en"))
    assert "Points / 12" in text
    assert (text.count("/12"), text.count("4.5/9")) == (0, 1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"late": "By two days.", "needs_review": False}, "M05, late"),
        ({"gone": True, "needs_review": False}, "M05, no longer in the folder"),
        ({"missing": True, "exercises": ()}, "nothing handed in"),
    ],
)
def test_a_row_tells_why_somebody_should_look(make_report, changes, said):
    """In a word or two."""
    assert said in printed(class_table(ClassSummary([make_report(**changes)]), "en"), width=120)


def test_free_text_that_waits_is_told_with_the_command_that_marks_it(make_report, quizzes):
    """By student, and for the class."""
    text = printed(class_table(ClassSummary([make_report(quizzes=quizzes)] * 2), "en"), width=140)
    assert text.count("1 text to mark") == 2
    assert "2 free-text answers to mark: grader todo --mark" in text
