"""What the matrix of wrong solutions and checks shows to be broken: one rule at a time."""

from pathlib import Path

import pytest

from grader.catalogue.exercise import Exercise, ExerciseSheet
from grader.results.facts import CheckFacts, DiagnosisFacts, ExerciseFacts, Explained
from grader.results.verdicts import Part, Verdict
from grader.verify.matrix import Matrix, Row, broken_by_matrix
from grader.wording.message import message

ROOT = Path("course")
SOLUTION = ROOT / "solutions/unit/double/double.py"
STARTER = ROOT / "exercises/unit/double/double.py"
HIDDEN = ROOT / "tests/hidden/unit/test_double_hidden.py"
WRONG = SOLUTION.parent / "wrong"

WHAT_DIFFERS = message("judge.call", call="double(3)", finding="what differs")
CHECKS = (("half", Part.DOCUMENTED, 1.0), ("random", Part.PROBES, 2.0), ("minus", Part.EDGES, 1.0))
LETTERS = {"P": Verdict.PASSED, "F": Verdict.FAILED, "E": Verdict.ERROR, "S": Verdict.SKIPPED, "I": Verdict.INTERNAL}

SHEET = ExerciseSheet.model_validate(
    {
        "version": 1,
        "title": {"en": "Double", "zh": "两倍"},
        "concepts": ["product"],
        "entry_points": ["double"],
        "hints": [{"en": "a", "zh": "甲"}] * 3,
    }
)


def facts(letters, *, misconception=None, candidates=(), checks=CHECKS, covers=("d0-o2",)):
    """Return facts with a verdict for each letter; the first check covers a documented output."""
    verdicts = [LETTERS[letter] for letter in letters]
    found = tuple(
        CheckFacts(
            id=name,
            part=part,
            points=points if verdict is Verdict.PASSED else 0,
            max_points=0 if verdict is Verdict.INTERNAL else points,
            verdict=verdict,
            finding=None if verdict is Verdict.PASSED else WHAT_DIFFERS,
            covers=covers if name == "half" else (),
        )
        for (name, part, points), verdict in zip(checks, verdicts, strict=True)
    )
    named = (Explained(misconception=misconception, checks=("minus",)),) if misconception else ()
    diagnosis = DiagnosisFacts(tried=True, misconceptions=named, candidates=candidates)
    return ExerciseFacts(slug="double", verdict=Verdict.PASSED, checks=found, diagnosis=diagnosis)


def wrong(name, letters, misconception, **fields):
    """Return the row of a wrong solution, and what it was diagnosed as."""
    expected = name.partition("_")[0].upper()
    return Row(name, WRONG / f"{name}.py", facts(letters, misconception=misconception, **fields), expected)


def broken(*wrongs, solution="PPP", starter="EEE", points=4.0, **fields):
    """Return what a matrix breaks, as path and words; without changes it breaks nothing."""
    rows = (
        Row("solution", SOLUTION, facts(solution, **fields), None),
        Row("starter", STARTER, facts(starter, **fields), None),
        *(wrongs or (wrong("m14_one_more", "FFF", "M14", **fields),)),
    )
    matrix = Matrix(Exercise(ROOT, "unit", "double", points, SHEET), rows)
    return [(each.path, each.problem) for each in broken_by_matrix(matrix)]


def test_a_matrix_as_it_should_be_breaks_nothing():
    """The solution is full, the starter empty, each wrong solution loses and is known, no check is idle."""
    assert broken() == []
    assert broken(wrong("m14_one_more", "FEP", "M14"), wrong("m101_no_sign", "PPF", "M101")) == []


@pytest.mark.parametrize("letter", ["F", "E", "S"])
def test_a_solution_that_loses_points_is_told(letter):
    """Every check that the reference does not pass is named with its reason."""
    assert broken(solution=f"P{letter}P") == [(SOLUTION, "the solution does not pass random: double(3)\nwhat differs")]


def test_a_check_that_breaks_on_the_solution_is_told():
    """A hidden test that fails in the judge itself is no passed check."""
    assert (SOLUTION, "the solution does not pass random: double(3)\nwhat differs") in broken(solution="PIP")


def test_a_starter_that_earns_points_is_told():
    """Nobody is paid for an empty exercise."""
    assert broken(starter="PEE") == [(STARTER, "the starter earns 1.0 points")]


def test_a_wrong_solution_that_loses_nothing_is_told():
    """A wrong answer that no hidden test sees is named, and so is that it was not recognised."""
    found = broken(wrong("m14_one_more", "FFF", "M14"), wrong("m101_no_sign", "PPP", None))
    path = WRONG / "m101_no_sign.py"
    assert found == [
        (path, "no hidden test sees that this solution is wrong; write one that does"),
        (path, "diagnosed as nothing instead of M101; sharpen the hidden tests"),
    ]


@pytest.mark.parametrize(
    ("misconception", "candidates", "words"),
    [("M14", (), "M14"), (None, ("M14", "M101"), "M14 or M101"), (None, (), "nothing")],
)
def test_a_wrong_solution_that_is_taken_for_another_is_told(misconception, candidates, words):
    """What it was diagnosed as stands beside what it is."""
    rows = (wrong("m14_one_more", "FFF", "M14"), wrong("m101_no_sign", "PFF", misconception, candidates=candidates))
    expected = f"diagnosed as {words} instead of M101; sharpen the hidden tests"
    assert broken(*rows) == [(WRONG / "m101_no_sign.py", expected)]


@pytest.mark.parametrize("letter", ["P", "S"])
def test_a_check_that_no_wrong_solution_fails_is_told(letter):
    """A check that is only passed or skipped has never been seen to work."""
    found = broken(wrong("m14_one_more", f"FF{letter}", "M14"))
    assert found == [(HIDDEN, "minus is idle: no wrong solution fails it; add one or drop it")]


def test_a_check_of_a_documented_output_is_never_idle():
    """Reproducing the documents is worth a check by itself; without them the same check is idle."""
    row = wrong("m14_one_more", "PFF", "M14")
    assert broken(row) == []
    assert broken(row, covers=()) == [(HIDDEN, "half is idle: no wrong solution fails it; add one or drop it")]


def test_a_check_that_only_breaks_in_the_judge_is_idle():
    """A hidden test that fails by itself on a wrong solution has not seen that it is wrong."""
    found = broken(wrong("m14_one_more", "FFI", "M14"))
    assert any("minus" in problem for _, problem in found)


def test_points_that_do_not_add_up_are_told():
    """What the checks are worth together is what `config.yaml` promises."""
    assert (HIDDEN, "the checks' points add up to 4.0, the exercise is worth 4.25") in broken(points=4.25)


def test_points_add_up_but_for_rounding():
    """Tenths that binary fractions can't hold are no mistake."""
    checks = (("half", Part.DOCUMENTED, 0.1), ("random", Part.PROBES, 0.2), ("minus", Part.EDGES, 0.1))
    row = wrong("m14_one_more", "FFF", "M14", checks=checks)
    assert broken(row, points=0.4, checks=checks) == []


def test_parts_without_their_share_are_told():
    """A quarter for the documents, a half for random probes, a quarter for the edges, and five hundredths of slack."""
    checks = (("half", Part.DOCUMENTED, 2.0), ("random", Part.PROBES, 1.0), ("minus", Part.EDGES, 1.0))
    assert broken(wrong("m14_one_more", "FFF", "M14", checks=checks), checks=checks) == [
        (HIDDEN, "documented has 2.0 of 4.0 points; about 25% is its share"),
        (HIDDEN, "probes has 1.0 of 4.0 points; about 50% is its share"),
    ]
    checks = (("half", Part.DOCUMENTED, 1.125), ("random", Part.PROBES, 2.0), ("minus", Part.EDGES, 0.875))
    assert broken(wrong("m14_one_more", "FFF", "M14", checks=checks), checks=checks) == []
