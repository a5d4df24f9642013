"""Answers by other hands than the course's own: right ones in many styles, and wrong ones that are recognised.

`right/<slug>/<style>.py` must earn everything. `wrong/<slug>/mNN_<what>.py` must lose points and be named MNN. Its
docstring may say that it "stays unnamed", or is "indistinguishable from" another, which may then be named instead.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from grader.catalogue.shown import shown_digest
from grader.diagnosis.observations import NAMES
from grader.grading.options import Options, load_assignment
from grader.judge import record_failure
from grader.judge.record_failure import telling
from grader.verify.matrix import build_wrong_row, told
from grader.verify.trial import open_trials

HERE = Path(__file__).parent
RIGHT, WRONG = (sorted((HERE / kind).glob("*/*.py")) for kind in ("right", "wrong"))
UNNAMED = re.compile(r"\bstays\s+unnamed\b", re.IGNORECASE)
STYLES = 4
ADVANCED = ("in_place", "hooks_and_memory", "own_functions", "training", "beyond")
ADVANCED_STYLES = 2
HIDDEN = HERE.parent / "hidden"


def name_of(path):
    """Return how a test of one answer is called: its exercise and its file."""
    return f"{path.parent.name}-{path.stem}"


@pytest.fixture(scope="session")
def graded(root):
    """Yield what grades an answer, each once; one judge grades them all."""
    assignment = load_assignment(Options(root, b"a secret of the tests"))
    by_slug = {exercise.slug: exercise for exercise in assignment.exercises}
    with open_trials(assignment, assignment.exercises) as trials:

        @cache
        def grade(path):
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(record_failure, "telling", telling_anything)
                return build_wrong_row(by_slug[path.parent.name], trials, path)

        yield grade


def telling_anything(outcomes):
    """Return a check whose call is recorded though nothing failed: the first that called the function itself."""
    plain = (each for each in outcomes if each.calls and each.calls[-1].observer is None)
    return telling(outcomes) or next(plain, None)


def is_only_observed(slug):
    """Whether no check of an exercise calls the function itself."""
    (hidden,) = HIDDEN.glob(f"*/test_{slug}_hidden.py")
    return "student.call" not in hidden.read_text(encoding="utf-8")


@pytest.mark.parametrize("answer", RIGHT, ids=name_of)
def test_a_right_answer_in_another_style_earns_everything(graded, answer):
    """Whatever README does not forbid is as good as the reference."""
    facts = graded(answer).facts
    lost = {check.id: told(check) for check in facts.checks if check.verdict != "passed"}
    assert lost == {}
    assert facts.checks


@pytest.mark.parametrize("answer", RIGHT, ids=name_of)
def test_recording_a_right_answer_harms_nothing(graded, answer):
    """In whatever style it is written, the recorded call gives the very same, and the recording is whole."""
    facts = graded(answer).facts
    if not facts.checks or is_only_observed(answer.parent.name):
        return
    assert facts.recording is not None
    assert not facts.recording.recording.is_cut


@pytest.mark.parametrize("answer", WRONG, ids=name_of)
def test_a_wrong_answer_by_another_hand_is_known(graded, answer):
    """It loses points, and its misconception is named although it was written without a look at the course's own."""
    row = graded(answer)
    assert row.facts.points < row.facts.max_points
    assert all(check.verdict != "internal" for check in row.facts.checks)
    if not UNNAMED.search(answer.read_text(encoding="utf-8")):
        assert row.is_known, (row.diagnosed, row.facts.diagnosis)


def test_answers_belong_to_exercises(course):
    """No answer lies in a folder that no exercise has."""
    slugs = {exercise.slug for exercise in course.exercises}
    assert {path.parent.name for path in (*RIGHT, *WRONG)} <= slugs


def test_what_wrong_solutions_show_is_fresh(course):
    """`solutions/observations.yaml` tells of each wrong solution as it is today; `grader verify` writes it."""
    for exercise in course.exercises:
        shown = course.shown.get(exercise.slug)
        assert shown is not None, exercise.slug
        assert shown.digest == shown_digest(exercise), f"{exercise.slug} was changed: run grader verify {exercise.slug}"
        assert set(shown.wrong) <= {each.name for each in exercise.wrong_solutions}


def test_a_misconception_needs_what_can_be_observed(course):
    """Every observation that a misconception needs or excludes is one that there is."""
    asked_for = {name for each in course.misconceptions.values() for name in (*each.needs, *each.excludes)}
    assert asked_for <= set(NAMES)


def test_every_exercise_has_answers_by_other_hands(course, sample_course):
    """At least four right ones, in the advanced units two, and a wrong one.

    The answers to the exercises of the sample class are handed in by the class.
    """
    of_the_class = {each.slug for each in sample_course.exercises}
    for exercise in (each for each in course.exercises if each.slug not in of_the_class):
        counts = [sum(path.parent.name == exercise.slug for path in kind) for kind in (RIGHT, WRONG)]
        styles = ADVANCED_STYLES if exercise.unit in ADVANCED else STYLES
        assert (counts[0] >= styles, counts[1] >= 1) == (True, True), (exercise.slug, counts)
