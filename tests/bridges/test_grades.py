"""Moodle's list of grades: shares of what is right that add up, whatever the number of right choices."""

from dataclasses import replace

import pytest

from grader.bridges.grades import graded
from grader.bridges.item import items_of
from grader.quiz.variant import Choice

LISTED = {100.0, 50.0, 33.33333, 25.0, 20.0, 16.66667, 14.28571, 12.5, 11.11111, 10.0, 5.0}
"""The grades of Moodle's list that choices are given."""


@pytest.fixture
def percentages(throw_away_exports):
    """Return what gives the percentages of the right and of the wrong ones among 22 options."""
    items = [item for _, group in items_of(throw_away_exports[0]) for item in group]
    (item,) = [each for each in items if each.ident == "eleven_hold_1"]
    options = tuple(Choice(f"o{number:02}", {"en": str(number)}) for number in range(22))

    def of(right):
        key = [each.id for each in options[:right]]
        found = graded(replace(item, variant=replace(item.variant, options=options, key=key, mistakes=())))
        given = [(each.is_right, float(percent)) for each, percent in found]
        return [percent for is_right, percent in given if is_right], {p for is_right, p in given if not is_right}

    return of


@pytest.mark.parametrize("right", range(1, 21))
def test_right_choices_come_to_all_points_with_grades_that_moodle_knows(percentages, right):
    """The right ones come to 100 %, and each grade is listed; a wrong one takes what most right ones give."""
    rights, wrongs = percentages(right)
    assert len(rights) == right
    assert sum(rights) == pytest.approx(100, abs=1e-3)
    assert set(rights) <= LISTED
    (wrong,) = wrongs
    assert rights.count(-wrong) >= right / 2


@pytest.mark.parametrize("right", [1, 3, 10, 20])
def test_grades_are_even_where_the_list_has_the_part(percentages, right):
    """Where Moodle knows the part, each right choice gives it."""
    rights, _ = percentages(right)
    assert rights == pytest.approx([100 / right] * right, abs=1e-4)
