"""What a run is told, and what it loads by it."""

import pickle

import pytest

from grader.config.course_config import DEFAULT_TOLERANCES, Tolerance
from grader.errors import ContentError, UserError
from grader.grading.options import Options, load_assignment
from grader.sandbox.limits import Limits


def test_options_travel_to_another_process(options):
    """What is sent to a judge arrives as it was."""
    assert pickle.loads(pickle.dumps(options)) == options


def test_a_run_is_whole_and_sandboxed_unless_told_otherwise(tmp_path):
    """The defaults are every exercise and full isolation."""
    options = Options(tmp_path, b"secret")
    assert (options.names, options.isolation) == ((), "sandbox")


def test_an_assignment_holds_the_limits_of_the_course(assignment):
    """A limit that `config.yaml` sets is that of the run; the others are the defaults."""
    assert assignment.limits == Limits(call_cpu_seconds=1, call_wall_seconds=20)


def test_an_assignment_holds_the_tolerances_of_the_course(assignment):
    """A tolerance that `config.yaml` sets replaces the default of that dtype alone."""
    expected = {**DEFAULT_TOLERANCES, "float16": Tolerance(relative=0.5, absolute=0.25)}
    assert assignment.tolerances == expected


def test_an_assignment_holds_the_chosen_exercises(root):
    """Slugs choose exercises, in the course's order."""
    chosen = load_assignment(Options(root, b"", names=("sum_backward", "weighted_grad")))
    assert [each.slug for each in chosen.exercises] == ["weighted_grad", "sum_backward"]


def test_an_unknown_slug_is_the_users_mistake(small_root):
    """The message names what may have been meant."""
    with pytest.raises(UserError, match=r"no exercise or unit 'sum_backwards' .*; did you mean sum_backward\?"):
        load_assignment(Options(small_root, b"", names=("sum_backwards",)))


def test_a_broken_course_is_the_authors_mistake(tmp_path):
    """A course that can't be loaded is told by its file."""
    (tmp_path / "config.yaml").write_text("version: 1\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"config\.yaml:1: title is missing; add it"):
        load_assignment(Options(tmp_path, b""))
