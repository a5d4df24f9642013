"""A folder that a teacher released is told by what lies in it, and its public tests are found there."""

import json

import pytest

from grader.catalogue.course import load_course
from grader.catalogue.release import folder_release, with_exercises, write_release
from grader.errors import UserError
from grader.learn.handout import handed_out

SLUG = "weighted_grad"


@pytest.fixture
def files(copied, tmp_path):
    """Return a release of the small course as a folder."""
    loaded = load_course(copied)
    folder = tmp_path / "handout"
    write_release(folder_release(loaded, with_exercises(loaded, ())), folder)
    return folder


def cell(source, **about):
    """Return a code cell of a released notebook."""
    return {"cell_type": "code", "metadata": {"grader": about} if about else {}, "source": source, "outputs": []}


@pytest.fixture
def notebook(tmp_path):
    """Return a released notebook with an answer, one test and a cell of the student's own."""
    cells = [
        cell("def double(x): return 2 * x", exercise="double", part="answer"),
        cell("N = 3", exercise="double", part="setup"),
        cell(
            'def test_it():\n    """Twice.\n\n    两倍。\n    """\n    assert double(N) == 6\n\n\n'
            'if __name__ == "__main__":\n    test_it()\n    print("passed")',
            exercise="double",
            part="test",
        ),
        cell("print(double(1))"),
    ]
    path = tmp_path / "unit.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}), encoding="utf-8")
    return path


def test_the_exercises_of_a_release_are_found_from_anywhere_in_it(files):
    """From the top, from a unit, and from an exercise's own folder, whose neighbours are not meant then."""
    assert [each.slug for each in handed_out(files)] == ["describe_graph", "make_leaf", SLUG]
    assert [each.slug for each in handed_out(files / "weights")] == [SLUG]
    assert [each.slug for each in handed_out(files / "weights" / SLUG)] == [SLUG]


def test_a_starter_is_not_begun(files):
    """Until somebody writes in it."""
    (found,) = handed_out(files / "weights")
    assert not found.is_begun
    found.file.write_text("def weighted_grad(f, x, v):\n    return x\n", encoding="utf-8")
    assert found.is_begun


def test_any_other_folder_is_no_release(tmp_path):
    """A test beside a file makes none: there is no text of an exercise."""
    folder = tmp_path / "project" / "thing"
    folder.mkdir(parents=True)
    (folder / "thing.py").write_text("", encoding="utf-8")
    (folder / "test_thing.py").write_text("", encoding="utf-8")
    (folder / "broken.ipynb").write_text("[", encoding="utf-8")
    assert handed_out(folder) == ()


def test_a_released_notebook_tells_its_exercises(notebook):
    """By what the grader wrote about its cells; tests are no part of the student's code."""
    (found,) = handed_out(notebook.parent)
    assert (found.slug, found.file) == ("double", notebook)
    assert found.cells() == ("def double(x): return 2 * x", "print(double(1))")
    tests = found.tests()
    assert (tests.setup, [each.name for each in tests.tests]) == ("N = 3", ["test_it"])
    assert tests.tests[0].calls == "test_it()"


def test_a_changed_test_is_told(notebook):
    """Nothing is left out in silence."""
    book = json.loads(notebook.read_text(encoding="utf-8"))
    book["cells"][2]["source"] = "def test_it(:"
    notebook.write_text(json.dumps(book), encoding="utf-8")
    (found,) = handed_out(notebook.parent)
    with pytest.raises(UserError, match="a test of double was changed"):
        found.tests()
