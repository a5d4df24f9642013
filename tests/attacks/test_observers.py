"""A patched observer in every exercise that is judged by one: it wins what its numbers are worth and no more.

`observers/` holds the attacks. Each is put behind the reference solution, so that what it does not forge is right.
"""

import ast
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from grader.catalogue.rules import functions_of
from grader.grading.options import Options, load_assignment
from grader.results.verdicts import Verdict
from grader.verify.trial import open_trials

HERE = Path(__file__).resolve().parent
ROW = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)
NAME = re.compile(r"`(\w+)`")


@dataclass(frozen=True)
class Attacked:
    """What one attack on one exercise came to: its checks, and those that paid, by name."""

    points: dict[str, float]
    paid: frozenset[str]

    @property
    def lost(self):
        """The checks that did not pay."""
        return self.points.keys() - self.paid


def calls_of_student(node):
    """Return the methods of `student` that a function calls, by itself."""
    called = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return {each.attr for each in called if isinstance(each, ast.Attribute) and ast.unparse(each.value) == "student"}


def observed_checks(exercise):
    """Return the checks of an exercise that look through an observer, by themselves or by a function of their file."""
    functions = functions_of(exercise.hidden_tests)
    helpers = {name for name, node in functions.items() if "observe" in calls_of_student(node)}
    return {
        name.removeprefix("test_")
        for name, node in functions.items()
        if name.startswith("test_") and (name in helpers or helpers & names_in(node))
    }


def names_in(node):
    """Return the names that a function reads."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


@pytest.fixture(scope="module")
def observed(course):
    """Return the exercises that an observer judges, each with the checks that it judges."""
    found = {each: observed_checks(each) for each in course.exercises}
    return {exercise: checks for exercise, checks in found.items() if checks}


@pytest.fixture(scope="module")
def attacked(root, observed):
    """Return what each attack came to in each of these exercises, from one judge and without their static rules."""
    options = Options(root, b"a secret of the tests", names=tuple(each.slug for each in observed))
    assignment = load_assignment(options)
    with open_trials(assignment, assignment.exercises) as trials:
        return {
            (path.stem, exercise.slug): result(exercise, path, trials)
            for path in (HERE / "observers").glob("*.py")
            for exercise in assignment.exercises
        }


def result(exercise, path, trials):
    """Return what an attack behind the reference solution comes to."""
    free = replace(exercise, sheet=exercise.sheet.model_copy(update={"required": (), "forbidden": ()}))
    source = "\n\n".join(each.read_text(encoding="utf-8") for each in (exercise.solution, path))
    outcomes = trials.outcomes(free, source)
    paid = (each.check.id for each in outcomes if each.ending.verdict is Verdict.PASSED)
    return Attacked({each.check.id: each.check.points for each in outcomes}, frozenset(paid))


def test_many_exercises_are_judged_by_an_observer(observed, attacked):
    """Every observer of the course is attacked, and each attack was tried on every check."""
    assert len(observed) >= 20
    for exercise, checks in observed.items():
        assert checks <= attacked["made_up_numbers", exercise.slug].points.keys()


def test_forged_flags_alone_win_nothing(observed, attacked):
    """Who reports every flag as a right answer has it, and knows no number, earns no point anywhere."""
    won = {each.slug: attacked["made_up_numbers", each.slug].paid for each in observed}
    assert {slug: checks for slug, checks in won.items() if checks} == {}


def test_half_of_the_points_need_right_numbers(observed, attacked):
    """At least half of the points of an exercise that an observer judges are lost without right numbers."""
    for exercise in observed:
        attack = attacked["made_up_numbers", exercise.slug]
        assert sum(attack.points[check] for check in attack.lost) >= exercise.points / 2, exercise.slug


def test_the_checks_that_believe_the_process_are_listed(root, observed, attacked):
    """docs/security.md lists, for each exercise, the checks that a wrong flag alone can lose, and no other."""
    text = (root / "docs" / "security.md").read_text(encoding="utf-8")
    listed = {slug: set(NAME.findall(checks)) for slug, checks in ROW.findall(text)}
    lost = {each.slug: attacked["lost_flags", each.slug].lost for each in observed}
    assert {slug: checks for slug, checks in lost.items() if checks} == listed


def test_right_numbers_earn_where_no_flag_is_asked_for(observed, attacked):
    """A check that no observer makes pays for right numbers, whatever the process says of itself."""
    for exercise, checks in observed.items():
        attack = attacked["lost_flags", exercise.slug]
        assert attack.lost <= checks
