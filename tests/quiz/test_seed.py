"""Seeds: one for each student, question, attempt and course, and the same one again."""

import re

import pytest

from grader.quiz.seed import seed_of, sheet_mark

MINE = (b"secret", "ann", "weighted", 1)


@pytest.mark.parametrize(
    "other",
    [
        (b"other secret", "ann", "weighted", 1),
        (b"secret", "bob", "weighted", 1),
        (b"secret", "ann", "slope", 1),
        (b"secret", "ann", "weighted", 2),
        (b"secret", "annw", "eighted", 1),
        (b"secret", "", "annweighted", 1),
    ],
)
def test_whatever_differs_gives_another_seed(other):
    """Another course, student, question or attempt has another seed, even where the names run into each other."""
    assert seed_of(*MINE) != seed_of(*other)


def test_the_same_student_gets_the_same_seed_again():
    """A seed is made of the secret and the names alone: this very one, on any machine and in any version."""
    assert seed_of(*MINE) == "3fa594076050ea32e6a038f75547ed68c2c5b2e09ae395d6f5072d9d98d01fa8"


def test_the_first_attempt_is_meant_where_none_is_named():
    """A sheet is made for the first attempt."""
    assert seed_of(b"secret", "ann", "weighted") == seed_of(*MINE)


@pytest.mark.parametrize("student", ["", "李雷", "a" * 5000, "\ud800", "a\0b"])
def test_any_name_has_a_seed(student):
    """A student's name is whatever a folder may be called; the seed is always hex."""
    assert re.fullmatch("[0-9a-f]{64}", seed_of(b"s", student, "weighted"))


def test_a_sheet_belongs_to_one_student_of_one_course():
    """The mark of a sheet is short, and differs between students and between courses; no seed begins with it."""
    marks = {sheet_mark(secret, student) for secret in (b"a", b"b") for student in ("ann", "bob")}
    assert len(marks) == 4
    assert {len(mark) for mark in marks} == {12}
    assert not seed_of(b"a", "ann", "weighted").startswith(sheet_mark(b"a", "ann"))
