"""A submitted notebook gets the cells of its release back, whatever its file says of them."""

from types import SimpleNamespace

import nbformat
import pytest
from nbformat import from_dict, v4
from nbgrader.nbgraderformat import MetadataValidator

from grader.bridges.nbgrader.restore import Release, restored


def source(name, text, *, kind="code", locked=False):
    """Return a cell as the gradebook keeps it."""
    return SimpleNamespace(name=name, source=text, cell_type=kind, locked=locked, checksum="5" * 32)


@pytest.fixture
def release():
    """Return a release with a text, an answer with its autograder cell, an essay and a task."""
    return Release.of(
        SimpleNamespace(
            source_cells=[
                source("head", "# Week 1", kind="markdown", locked=True),
                source("s-solution", "def s(): ..."),
                source("s-autograde", "# graded", locked=True),
                source("essay", "YOUR ANSWER HERE", kind="markdown"),
                source("task", "Do it", kind="markdown", locked=True),
            ],
            grade_cells=[
                SimpleNamespace(name="s-autograde", max_score=4.0),
                SimpleNamespace(name="essay", max_score=1.0),
            ],
            solution_cells=[SimpleNamespace(name="s-solution"), SimpleNamespace(name="essay")],
            task_cells=[SimpleNamespace(name="task", max_score=2.0)],
        )
    )


def submitted(source="", kind="code", **metadata):
    """Return a cell as it may stand in a student's file."""
    return from_dict({"cell_type": kind, "source": source, "metadata": {"nbgrader": metadata}})


def described(cells):
    """Return what tells restored cells apart."""
    known = [cell.metadata.get("nbgrader", {}) for cell in cells]
    return [(each.get("grade_id"), cell.cell_type, cell.source) for each, cell in zip(known, cells, strict=True)]


def check_valid(cells):
    """Check that nbgrader and the format find nothing wrong."""
    notebook = v4.new_notebook(cells=cells)
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)


def test_locked_cells_and_points_are_those_of_the_release(release):
    """A student's words stay in the answer alone."""
    cells = restored(
        [
            submitted("mine", grade_id="head", kind="raw"),
            submitted("def s(): return 1", grade_id="s-solution", locked=True, points=9),
            submitted("4.0", grade_id="s-autograde", grade=True, points=100),
            submitted("I think", "markdown", grade_id="essay"),
            submitted("done", "markdown", grade_id="task"),
        ],
        release,
    )
    assert described(cells) == [
        ("head", "markdown", "# Week 1"),
        ("s-solution", "code", "def s(): return 1"),
        ("s-autograde", "code", "# graded"),
        ("essay", "markdown", "I think"),
        ("task", "markdown", "Do it"),
    ]
    known = cells[2].metadata["nbgrader"]
    assert (known["points"], known["grade"], known["solution"], known["locked"]) == (4.0, True, False, True)
    assert "points" not in cells[1].metadata["nbgrader"]
    assert [cells[4].metadata["nbgrader"][key] for key in ("task", "grade", "points")] == [True, False, 2.0]
    check_valid(cells)


def test_missing_cells_come_back_at_the_end_and_answers_in_code_empty(release):
    """A starter could replace what stands in another cell; a text comes back untouched, so that it counts for nothing.

    A text without points does not come back.
    """
    cells = restored([submitted("def s(): return 1")], release)
    assert described(cells) == [
        (None, "code", "def s(): return 1"),
        ("s-solution", "code", ""),
        ("s-autograde", "code", "# graded"),
        ("essay", "markdown", "YOUR ANSWER HERE"),
        ("task", "markdown", "Do it"),
    ]
    check_valid(cells)


def test_of_two_cells_with_one_name_the_last_counts(release):
    """The other one becomes an ordinary cell and keeps its source."""
    twice = [submitted("a", grade_id="s-solution"), submitted("b", grade_id="s-solution")]
    cells = restored(twice, release)
    assert described(cells)[:2] == [(None, "code", "a"), ("s-solution", "code", "b")]
    check_valid(cells)


@pytest.mark.parametrize(
    "strange",
    [
        {"cell_type": "code", "source": "x"},
        {"cell_type": "code", "source": ["a", "b"], "metadata": {"nbgrader": []}},
        {"cell_type": "nonsense", "source": "x", "metadata": {"nbgrader": {"grade_id": ["s-solution"]}}},
        {"cell_type": "code", "source": None, "metadata": []},
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": {"grade_id": "unknown", "grade": True}}},
        {"cell_type": ["code"], "source": "x", "metadata": {"nbgrader": 7}, "outputs": 7, "attachments": 7},
        {"cell_type": "markdown", "source": "x", "metadata": {}, "attachments": "none"},
        {},
    ],
)
def test_a_cell_of_no_known_form_is_an_ordinary_one(release, strange):
    """It costs nothing and breaks nothing."""
    cells = restored([from_dict(strange), "no cell", submitted("y", grade_id="s-solution")], release)
    assert [name for name, *_ in described(cells)] == [None, "s-solution", "s-autograde", "essay", "task"]
    check_valid(cells)


def test_pictures_in_an_answer_stay(release):
    """What a human marks is kept with its attachments."""
    cell = submitted("![](a.png)", "markdown", grade_id="essay")
    cell.attachments = {"a.png": {"image/png": "AAAA"}}
    assert restored([cell], release)[0].attachments == {"a.png": {"image/png": "AAAA"}}
