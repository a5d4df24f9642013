"""A few attacks of each family as notebooks of one cell: what holds files holds notebooks too."""

import json

import pytest

from grader.submissions.limits import MIB

CHOSEN = {
    "steal-import_judge",
    "steal-read_environment",
    "steal-read_hidden_tests",
    "steal-read_parents_memory",
    "steal-tell_by_forged_cell",
    "forge-patch_encoder",
    "forge-patch_observe",
    "forge-replace_stdout",
    "forge-write_forged_reply",
    "deny-flood_stdout",
    "deny-fork_bomb",
    "deny-infinite_loop",
    "deny-memory_bomb",
    "reach_out-kernel_doors",
    "reach_out-run_program",
    "reach_out-tcp_connect",
    "reach_out-write_files",
}
MOST_POINTS = 4.0


@pytest.fixture(scope="module")
def chosen(attacks):
    """Return the chosen attacks by their names."""
    return {attack.id: attack for attack in attacks if attack.id in CHOSEN}


@pytest.fixture(scope="module")
def notebook_run(current, chosen, new_arena, new_run_over):
    """Return the run over a class of hostile notebooks between two honest neighbours."""
    arena = new_arena(current, "notebooks", ())
    for attack in chosen.values():
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": arena.filled_in(attack.path)}
        notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
        (arena.submissions / f"{attack.id}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return new_run_over(arena)


def test_every_chosen_attack_is_there(chosen):
    """No attack is chosen in vain, and each family has four at least."""
    assert chosen.keys() == CHOSEN
    families = [attack.family for attack in chosen.values()]
    assert all(families.count(each) >= 4 for each in ("steal", "forge", "deny", "reach_out"))


@pytest.mark.parametrize("name", sorted(CHOSEN))
def test_an_attack_as_a_notebook_gets_what_it_gets_as_a_file(notebook_run, chosen, name):
    """A hostile notebook has one of the verdicts expected of the file, and the points of right values alone."""
    attack, report = chosen[name], notebook_run.report(name)
    assert report["exercises"][0]["verdict"] in attack.verdicts
    assert report["max_score"] == MOST_POINTS
    assert attack.score in {None, report["score"]}
    assert not report["needs_review"]


@pytest.mark.parametrize("name", sorted(CHOSEN))
def test_an_attack_as_a_notebook_carries_nothing_out(notebook_run, loot, name):
    """What the author of a hostile notebook gets is short and holds nothing withheld and no claim of success."""
    shown = notebook_run.shown(name)
    assert [what for what, mark in loot.items() if mark in shown] == []
    assert len(shown) < MIB


def test_the_neighbours_of_hostile_notebooks_lose_nothing(notebook_run):
    """Honest work has every point, the run ends well, nothing is touched and no process is left."""
    assert [notebook_run.report(each)["score"] for each in ("aaa_honest", "zzz_honest")] == [MOST_POINTS] * 2
    assert notebook_run.internal_log == ""
    assert notebook_run.exit_code == 0, notebook_run.said[-3000:]
    assert notebook_run.changed == notebook_run.left == []
