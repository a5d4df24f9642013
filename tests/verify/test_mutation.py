"""Mutation testing: a mutant that nobody sees is told, unless it is listed as equal."""

import pytest

from grader.catalogue.rules import CANARY


def listed(throw_away, was="2 * x + 0", becomes="2 * x - 0", reason="adding and subtracting nothing is the same"):
    """Explain a mutant of the throw-away exercise."""
    text = f"{CANARY}\n- {{was: '{was}', becomes: '{becomes}', reason: '{reason}'}}\n"
    (throw_away.withheld / "equal.yaml").write_text(text, encoding="utf-8")


def mutants(throw_away):
    """Return the mutants of the throw-away exercise."""
    (verified,) = throw_away.verify().exercises
    return [(each.change, each.killed_by, each.equal) for each in verified.mutants]


def test_a_mutant_that_loses_points_is_killed(throw_away, replace):
    """By the first check that it does not pass."""
    replace(throw_away.solution, "return 2 * x", "return x + x")
    assert mutants(throw_away) == [("`x + x` became `x - x`", "half_of_three", False)]
    assert throw_away.problems() == []


def test_a_mutant_that_nobody_sees_is_told(throw_away, replace):
    """By file, line and what was changed."""
    replace(throw_away.solution, "return 2 * x", "return 2 * x + 0")
    (problem,) = throw_away.problems()
    words = "no hidden test sees that `2 * x + 0` became `2 * x - 0`; write one, or explain in equal.yaml why none can"
    assert problem == ("double.py", 4, words)


def test_an_equal_mutant_is_listed_with_a_reason(throw_away, replace):
    """Then it breaks no rule."""
    replace(throw_away.solution, "return 2 * x", "return 2 * x + 0")
    listed(throw_away)
    assert mutants(throw_away) == [("`2 * x + 0` became `2 * x - 0`", "", True)]
    assert throw_away.problems() == []


def test_what_is_listed_for_nothing_is_told(throw_away):
    """A list that has outlived its mutants is tidied up; a mutant that is killed needs no excuse."""
    (throw_away.solution).write_text(throw_away.solution.read_text().replace("2 * x", "x + x"), encoding="utf-8")
    listed(throw_away, was="x + x", becomes="x - x")
    assert throw_away.problems() == [
        ("equal.yaml", None, "`x + x` that becomes `x - x` survives nowhere; take it off the list")
    ]


def test_a_list_without_a_reason_is_told(throw_away):
    """An author has to say why nobody can see it."""
    listed(throw_away, reason="")
    (problem,) = throw_away.problems()
    assert problem[:2] == ("equal.yaml", 2)
    assert "reason" in problem[2]


def test_a_mutant_that_never_ends_is_killed_once(throw_away, replace):
    """A loop that no longer counts is stopped by the limits, and its other checks are not waited for."""
    replace(throw_away.solution, "    return 2 * x", "    n = 0\n    while n < 2:\n        n += 1\n    return n * x")
    (found,) = mutants(throw_away)
    assert found == ("`n += 1` became `n = 1`", "half_of_three", False)


@pytest.mark.parametrize("broken", ["return abs(2 * x) + 0", "return ("])
def test_a_reference_that_is_wrong_has_no_mutants(throw_away, replace, broken):
    """First the reference is mended."""
    replace(throw_away.solution, "return 2 * x", broken)
    assert [each.mutants for each in throw_away.verify().exercises] in ([()], [])
