"""The attacks that read and reach, as a file `helpers.py` that an innocent answer imports: a helper wins nothing."""

import pytest

FAMILIES = ("steal", "reach_out")
ANSWER = (
    "from helpers import weighted_grad as help_out\n\n\ndef weighted_grad(f, x, v):\n    return help_out(f, x, v)\n"
)
NEIGHBOURS = ("aaa_honest", "zzz_honest")


@pytest.fixture(scope="session")
def helpers(attacks):
    """Return the attacks that are tried as helpers."""
    return tuple(each for each in attacks if each.family in FAMILIES)


@pytest.fixture(scope="session")
def helped_run(current, helpers, new_arena, new_run_over):
    """Return a run over answers with a hostile helper each, beside two honest neighbours."""
    arena = new_arena(current, "helpers", helpers)
    for attack in helpers:
        hostile = arena.submissions / f"{attack.id}.py"
        folder = arena.submissions / attack.id
        folder.mkdir()
        hostile.rename(folder / "helpers.py")
        (folder / "weighted_grad.py").write_text(ANSWER, encoding="utf-8")
    return new_run_over(arena)


def test_a_hostile_helper_wins_nothing(helped_run, helpers):
    """No helper gives a point more than the attack does as an answer, and none makes work for a person."""
    for attack in helpers:
        report = helped_run.report(attack.id)
        assert attack.score in {None, report["score"]}, attack.id
        assert report["max_score"] == 4, attack.id
        assert not report["needs_review"], attack.id


def test_a_hostile_helper_carries_nothing_out(helped_run, helpers, loot):
    """Nothing withheld, no claim of success, is in what the attacker gets."""
    for attack in helpers:
        shown = helped_run.shown(attack.id)
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
    verdicts = [helped_run.report(each.id)["exercises"][0]["verdict"] for each in helpers]
    assert "unread" not in verdicts
    messages = [helped_run.shown(each.id) for each in helpers]
    assert not any("No module named 'helpers'" in each for each in messages)
