"""Entries added to YAML files: comments and layout stay, and what is read is the old content and the new."""

from pathlib import Path

import pytest
import yaml

from grader.authoring.entries import with_exercise, with_question, with_quiz, with_unit
from grader.errors import ContentError

ENTRY = "{slug: new, points: 4}"
BLOCK = """\
units:
# about a
- name: a
  exercises:
  # first
  - slug: one
    points: 1  # few
  quiz: {points: 2}
# about b
- name: b
  title: |
    long
    title
"""
FLOW = "units:\n  - {name: a, exercises: []}\n  - name: b\n    exercises: [{slug: one, points: 1}]  # flow\n"


@pytest.mark.parametrize(
    ("text", "unit", "slugs"),
    [
        (BLOCK, "a", ["one", "new"]),
        (BLOCK, "b", ["new"]),
        (FLOW, "a", ["new"]),
        (FLOW, "b", ["one", "new"]),
    ],
)
def test_an_exercise_is_added_at_the_end_of_its_unit(text, unit, slugs):
    """In block style and in flow style, with exercises there or none; every old line stays, or begins a new one."""
    changed = with_exercise(text, Path("config.yaml"), unit, ENTRY)
    units = {each["name"]: each for each in yaml.safe_load(changed)["units"]}
    assert [each["slug"] for each in units[unit]["exercises"]] == slugs
    (other,) = set(units) - {unit}
    assert units[other] == next(each for each in yaml.safe_load(text)["units"] if each["name"] == other)
    assert all(part in changed for part in ("# about a", "# first", "# few") if part in text)


def test_a_unit_is_added_at_the_end():
    """With its one exercise."""
    changed = yaml.safe_load(with_unit(BLOCK, Path("config.yaml"), "c", ENTRY))["units"]
    assert changed[:2] == yaml.safe_load(BLOCK)["units"]
    assert (changed[2]["name"], changed[2]["exercises"]) == ("c", [{"slug": "new", "points": 4}])


def test_a_quiz_is_entered_once():
    """A unit that has a quiz keeps it."""
    path = Path("config.yaml")
    assert with_quiz(BLOCK, path, "a") == BLOCK
    assert yaml.safe_load(with_quiz(BLOCK, path, "b"))["units"][1]["quiz"] == {"points": 2}


@pytest.mark.parametrize("text", ["questions: [{id: a}]\n", "questions:\n  - id: a\nversion: 1\n", "version: 1\n"])
def test_a_quiz_of_another_layout_is_refused(text):
    """Where the entry can't be appended as text, the author is told so."""
    with pytest.raises(ContentError, match="`questions` must be the last key"):
        with_question(text, Path("quiz.yaml"), "questions", "- id: b\n")
