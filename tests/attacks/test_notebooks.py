"""A few attacks of each family as notebooks of one cell: what holds files holds notebooks too."""

import pytest
from arena import AS_NOTEBOOKS

from grader.submissions.limits import MIB

pytestmark = pytest.mark.xdist_group("class runs")  # they look for files that others may have left

MOST_POINTS = 4.0


@pytest.fixture(scope="module")
def chosen(attacks):
    """Return the chosen attacks by their names."""
    return {attack.id: attack for attack in attacks if attack.id in AS_NOTEBOOKS}


@pytest.fixture(scope="module")
def notebook_run(current, run_of):
    """Return the run over a class in which some hand in hostile notebooks."""
    return run_of(current)


def test_every_chosen_attack_is_there(chosen):
    """No attack is chosen in vain, and each family has four at least."""
    assert chosen.keys() == AS_NOTEBOOKS
    families = [attack.family for attack in chosen.values()]
    assert all(families.count(each) >= 4 for each in ("steal", "forge", "deny", "reach_out"))


@pytest.mark.parametrize("name", sorted(AS_NOTEBOOKS))
def test_an_attack_as_a_notebook_gets_what_it_gets_as_a_file(notebook_run, chosen, name):
    """A hostile notebook has one of the verdicts expected of the file, and the points of right values alone."""
    attack, report = chosen[name], notebook_run.report(f"notebook-{name}")
    assert report["exercises"][0]["verdict"] in attack.verdicts
    assert report["max_score"] == MOST_POINTS
    assert attack.score in {None, report["score"]}
    assert not report["needs_review"]


@pytest.mark.parametrize("name", sorted(AS_NOTEBOOKS))
def test_an_attack_as_a_notebook_carries_nothing_out(notebook_run, loot, name):
    """What the author of a hostile notebook gets is short and holds nothing withheld and no claim of success."""
    shown = notebook_run.shown(f"notebook-{name}")
    assert [what for what, mark in loot.items() if mark in shown] == []
    assert len(shown) < MIB


def test_the_neighbours_of_hostile_notebooks_lose_nothing(notebook_run):
    """Honest work has every point, the run ends well, nothing is touched and no process is left."""
    assert [notebook_run.report(each)["score"] for each in ("aaa_honest", "zzz_honest")] == [MOST_POINTS] * 2
    assert notebook_run.internal_log == ""
    assert notebook_run.exit_code == 0, notebook_run.said[-3000:]
    assert notebook_run.changed == notebook_run.left == []
