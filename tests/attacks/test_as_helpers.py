"""The attacks that read and reach, as a file `helpers.py` that an innocent answer imports: a helper wins nothing."""

import pytest
from arena import AS_HELPERS

pytestmark = pytest.mark.xdist_group("class runs")  # they look for files that others may have left

NEIGHBOURS = ("aaa_honest", "zzz_honest")


@pytest.fixture(scope="session")
def helpers(attacks):
    """Return the attacks that are tried as helpers."""
    return tuple(each for each in attacks if each.family in AS_HELPERS)


@pytest.fixture(scope="session")
def helped_run(current, run_of):
    """Return the run over a class in which some answer innocently with a hostile helper each."""
    return run_of(current)


def test_a_hostile_helper_wins_nothing(helped_run, helpers):
    """No helper gives a point more than the attack does as an answer, and none makes work for a person."""
    for attack in helpers:
        report = helped_run.report(f"helper-{attack.id}")
        assert attack.score in {None, report["score"]}, attack.id
        assert report["max_score"] == 4, attack.id
        assert not report["needs_review"], attack.id


def test_a_hostile_helper_carries_nothing_out(helped_run, helpers, loot):
    """Nothing withheld, no claim of success, is in what the attacker gets."""
    for attack in helpers:
        shown = helped_run.shown(f"helper-{attack.id}")
        assert [what for what, mark in loot.items() if mark in shown] == [], attack.id


def test_hostile_helpers_harm_nobody(helped_run):
    """The run comes to its end, neighbours have full marks, nothing on disk has changed and no process is left."""
    assert helped_run.exit_code == 0, helped_run.said
    for neighbour in NEIGHBOURS:
        assert helped_run.report(neighbour)["score"] == 4
    assert helped_run.changed == []
    assert helped_run.left == []


def test_the_helpers_were_run(helped_run, helpers):
    """Each answer was loaded with its helper: none was refused before it could try."""
    verdicts = [helped_run.report(f"helper-{each.id}")["exercises"][0]["verdict"] for each in helpers]
    assert "unread" not in verdicts
    messages = [helped_run.shown(f"helper-{each.id}") for each in helpers]
    assert not any("No module named 'helpers'" in each for each in messages)
