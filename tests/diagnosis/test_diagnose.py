"""Explaining failed checks: the smallest set of misconceptions, and what speaks for and against one."""

import pytest

from grader.catalogue.misconceptions import Misconception
from grader.catalogue.shown import Shown, ShownByExercise
from grader.diagnosis.diagnose import Case, Lore, diagnose
from grader.diagnosis.witness import NONE, VALUE, Witness

SLUG = "exercise"


def witness(misconception, explains, *, little=(), contradicted=False, name=None):
    """Return what a wrong solution says; checks are single letters."""
    return Witness(name or f"{misconception.lower()}_x", misconception, tuple(explains), tuple(little), contradicted)


def case(failed, *witnesses, recorded="", observations=(), endings=None):
    """Return a case whose checks failed with values, unless `endings` says otherwise."""
    return Case(SLUG, dict.fromkeys(failed, VALUE) | (endings or {}), witnesses, recorded, tuple(observations))


def known(misconception, **fields):
    """Return a misconception of a course."""
    text = {"en": "a", "zh": "甲"}
    whole = {"id": misconception, "name": "a", "title": text, "explanation": text, "document": "000", **fields}
    return Misconception.model_validate(whole)


def shown(**by_exercise):
    """Return what wrong solutions show: for each exercise, names to an ending and observations."""
    return {
        slug: ShownByExercise(
            digest="", wrong={name: Shown(ended=ended, observations=seen) for name, (ended, seen) in wrong.items()}
        )
        for slug, wrong in by_exercise.items()
    }


def lore(*misconceptions, **by_exercise):
    """Return what a course knows."""
    return Lore({each.id: each for each in misconceptions}, shown(**by_exercise))


def told(found):
    """Return what is named with the checks of each, what would do as well, and what is open."""
    return (
        {each.misconception: "".join(each.checks) for each in found.misconceptions},
        found.candidates,
        found.unexplained,
    )


NOTHING = Lore()


def test_nothing_failed_is_nothing_asked():
    """Without a failed check there is no diagnosis."""
    assert not diagnose(case(""), NOTHING).tried


def test_one_misconception_that_explains_everything_is_named():
    """It comes with the checks that it explains."""
    found = diagnose(case("ab", witness("M01", "ab"), witness("M02", "a")), NOTHING)
    assert told(found) == ({"M01": "ab"}, (), ())


def test_two_mistakes_at_once_are_two_names():
    """Where no single one explains the most, the smallest set does; the one that explains more comes first."""
    found = diagnose(case("abc", witness("M02", "c"), witness("M01", "ab")), NOTHING)
    assert told(found) == ({"M01": "ab", "M02": "c"}, (), ())
    assert found.misconceptions[0].misconception == "M01"


def test_what_nothing_explains_stays_open():
    """A check that no wrong solution explains is said to be unexplained."""
    assert told(diagnose(case("ab", witness("M01", "a")), NOTHING)) == ({"M01": "a"}, (), ("b",))
    assert told(diagnose(case("ab"), NOTHING)) == ({}, (), ("a", "b"))


def test_several_that_do_as_well_are_candidates():
    """Where two explain the same, neither is named."""
    assert told(diagnose(case("a", witness("M01", "a"), witness("M02", "a")), NOTHING)) == ({}, ("M01", "M02"), ())


def test_what_all_smallest_sets_share_is_named():
    """A doubt about one mistake leaves the other its name."""
    found = diagnose(case("abc", witness("M01", "ab"), witness("M02", "c"), witness("M03", "c")), NOTHING)
    assert told(found) == ({"M01": "ab"}, ("M02", "M03"), ())


def test_two_ways_of_acting_it_out_are_one_misconception():
    """What one way does not explain another may."""
    found = diagnose(case("ab", witness("M01", "a"), witness("M01", "b", name="m01_y")), NOTHING)
    assert told(found) == ({"M01": "ab"}, (), ())


def test_a_passed_check_speaks_against_a_misconception():
    """A wrong solution that would fail what the student passes explains nothing."""
    found = diagnose(case("a", witness("M01", "a", contradicted=True), witness("M02", "a")), NOTHING)
    assert told(found) == ({"M02": "a"}, (), ())


def test_no_more_than_three_are_named_at_once():
    """A fourth mistake stays open rather than being told as one of many."""
    found = diagnose(case("abcd", *(witness(f"M0{i}", each) for i, each in enumerate("abcd", 1))), NOTHING)
    assert len(found.misconceptions) + len(found.candidates) <= 4
    assert not found.misconceptions


def test_an_excluded_observation_speaks_against_a_misconception():
    """What was seen decides where values can't."""
    facts = lore(known("M01", excludes=["no_leaf"]))
    seen = case("a", witness("M01", "a"), recorded="a", observations=["no_leaf"])
    assert told(diagnose(seen, facts)) == ({}, (), ("a",))
    assert told(diagnose(case("a", witness("M01", "a")), facts)) == ({"M01": "a"}, (), ())


def test_a_missing_observation_speaks_against_a_misconception():
    """One that needs an observation is not named without it, where there is a recording at all."""
    facts = lore(known("M01", needs=["name_for_grad", "grad_replaced"]))
    for observations, expected in ((["grad_replaced"], {"M01": "a"}), (["no_leaf"], {})):
        seen = case("a", witness("M01", "a"), recorded="a", observations=observations)
        assert told(diagnose(seen, facts))[0] == expected
    assert told(diagnose(case("a", witness("M01", "a")), facts))[0] == {"M01": "a"}


def test_a_recording_that_raised_hides_what_comes_later():
    """It says nothing against a misconception that another check, which returned a value, shows."""
    facts = lore(known("M01", needs=["result_has_graph"]))
    seen = case("ab", witness("M01", "b"), recorded="a", observations=["not_scalar"], endings={"a": "not_scalar"})
    assert told(diagnose(seen, facts))[0] == {"M01": "b"}


ALIKE = (witness("M18", "a", little="a"), witness("M41", "a", little="a"))


def test_where_values_say_little_observations_decide():
    """The same exception has many causes: only a wrong solution that shows the same explains it."""
    facts = lore(exercise={"m18_x": ("no_graph", ["retained_not_created"]), "m41_x": ("no_graph", ["cut_by_no_grad"])})
    seen = case("a", *ALIKE, recorded="a", observations=["cut_by_no_grad"], endings={"a": "no_graph"})
    assert told(diagnose(seen, facts)) == ({"M41": "a"}, (), ())
    assert told(diagnose(case("a", *ALIKE, endings={"a": "no_graph"}), facts))[1] == ("M18", "M41")


def test_of_two_that_explain_the_same_the_one_that_shows_the_same_is_named():
    """Observations break a tie of values."""
    facts = lore(exercise={"m01_x": ("value", ["grad_never_cleared"]), "m02_x": ("value", ["name_for_grad"])})
    seen = case("a", witness("M01", "a"), witness("M02", "a"), recorded="a", observations=["name_for_grad"])
    assert told(diagnose(seen, facts)) == ({"M02": "a"}, (), ())


ELSEWHERE = {"other": {"m16_x": ("freed", ["graph_used_twice"]), "m71_x": ("freed", ["graph_used_twice", "x", "y"])}}


def test_wrong_solutions_of_other_exercises_are_known_by_what_they_show():
    """The nearest one is named for the recorded check and for those that ended alike."""
    endings = {"a": "freed", "b": "freed", "c": VALUE}
    seen = case("abc", recorded="a", observations=["graph_used_twice"], endings=endings)
    assert told(diagnose(seen, lore(**ELSEWHERE))) == ({"M16": "ab"}, (), ("c",))


def test_several_as_near_are_candidates():
    """Two misconceptions that show the same are not told apart."""
    facts = lore(
        other={"m12_x": ("weights", ["weights_of_other_shape"]), "m58_x": ("weights", ["weights_of_other_shape"])}
    )
    seen = case("a", recorded="a", observations=["weights_of_other_shape"], endings={"a": "weights"})
    assert told(diagnose(seen, facts)) == ({}, ("M12", "M58"), ())


def test_values_of_the_own_exercise_refute_a_name_from_elsewhere():
    """A misconception that a passed check speaks against is not brought back by what others show."""
    refuted = witness("M16", "a", contradicted=True)
    seen = case("a", refuted, recorded="a", observations=["graph_used_twice"], endings={"a": "freed"})
    assert told(diagnose(seen, lore(**ELSEWHERE)))[0] == {"M71": "a"}


@pytest.mark.parametrize("first", ["grad_never_cleared", "argument_requires_grad", "weights_of_ones"])
def test_what_right_code_shows_too_names_nothing_by_itself(first):
    """Where a value came out, only an observation that is a mistake in itself gives a name."""
    facts = lore(other={"m01_x": ("value", [first]), "m05_x": ("value", ["name_for_grad"])})
    assert told(diagnose(case("a", recorded="a", observations=[first]), facts))[0] == {}
    seen = case("ab", recorded="a", observations=["name_for_grad"])
    assert told(diagnose(seen, facts)) == ({"M05": "a"}, (), ("b",))


def test_what_right_code_shows_too_names_nothing_where_the_call_ended_otherwise():
    """Beside an exception it counts only for a wrong solution that ends in the same one."""
    facts = lore(other={"m245_x": ("value", ["missing_gradient"]), "m22_x": ("none", ["missing_gradient"])})
    for ended, expected in (("no_graph", {}), ("none", {"M22": "a"})):
        seen = case("a", recorded="a", observations=["missing_gradient"], endings={"a": ended})
        assert told(diagnose(seen, facts))[0] == expected


def test_none_is_no_value():
    """Where None was returned, what was observed names the cause for every check that got None."""
    facts = lore(other={"m27_x": ("value", ["non_leaf_grad"])})
    seen = case("ab", recorded="a", observations=["non_leaf_grad"], endings={"a": NONE, "b": NONE})
    assert told(diagnose(seen, facts))[0] == {"M27": "ab"}
