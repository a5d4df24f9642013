"""The attacks that steal, against a grader that was installed from its wheel: its course lies among the libraries."""

from dataclasses import replace

import pytest
from installed_wheel import build_wheel, install


@pytest.fixture(scope="module")
def installed_run(current, attacks, new_run, root, open_base):
    """Return a run over the attacks that steal, by an interpreter that has the wheel."""
    folder = open_base / "installed"
    folder.mkdir()
    person = replace(current, python=str(install(build_wheel(root, folder), folder)))
    stealing = tuple(each for each in attacks if each.family == "steal")
    return new_run(person, "wheel", stealing)


def test_nothing_is_stolen_from_an_installed_grader(installed_run, loot):
    """No attack gets a point, a text of the course that the wheel carries, or any other thing worth stealing."""
    assert installed_run.exit_code == 0, installed_run.said[-3000:]
    stolen = {
        attack.id: found
        for attack in installed_run.attacks
        if (found := [what for what, mark in loot.items() if mark in installed_run.shown(attack.id)])
    }
    assert stolen == {}
    scores = {attack.id: installed_run.report(attack.id)["score"] for attack in installed_run.attacks}
    assert scores == {attack.id: attack.score for attack in installed_run.attacks}


def test_honest_work_beside_them_has_full_marks(installed_run):
    """An installed grader still reads the libraries that a student needs."""
    report = installed_run.report("aaa_honest")
    assert report["score"] == report["max_score"]
