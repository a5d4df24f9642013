"""The error tree: whose fault, which place, which words."""

from pathlib import Path

import pytest

from grader import errors
from grader.errors import ContentError, GraderError, InternalError, IsolationError, SubmissionError, UserError


@pytest.mark.parametrize(
    ("error", "family"),
    [
        (UserError, GraderError),
        (SubmissionError, UserError),
        (ContentError, GraderError),
        (InternalError, GraderError),
        (IsolationError, InternalError),
    ],
)
def test_an_error_stands_below_whose_fault_it_is(error, family):
    """Each error is caught as its family, and as nobody else's fault."""
    assert error.__mro__[1] is family


def test_the_picture_of_the_tree_shows_every_error():
    """The module's docstring, which readers go by, draws each error that there is, and no other."""
    drawn = {word for word in errors.__doc__.split() if word.endswith("Error")}
    assert drawn == {name for name in vars(errors) if name.endswith("Error")}


@pytest.mark.parametrize(
    ("line", "text"),
    [(7, "a/config.yaml:7: the key stands twice"), (None, "a/config.yaml: the key stands twice")],
)
def test_a_content_error_begins_with_the_place_to_mend(line, text):
    """File and line, where it is known, stand first, in the form that editors open."""
    problem = ContentError("the key stands twice", path=Path("a/config.yaml"), line=line)
    assert str(problem) == text
    assert (problem.problem, problem.path, problem.line) == ("the key stands twice", Path("a/config.yaml"), line)
