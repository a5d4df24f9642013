"""A hundred good submissions among as many hostile ones in one class run: none of them notices the others."""

import itertools
import json
import os
import random
import signal
from dataclasses import replace
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("class runs")  # they look for files that others may have left

FAMILIES = ("steal", "forge", "deny", "reach_out")
OF_EACH = 24
GOOD = 100
MOST_POINTS = 4.0


def seats(attacks):
    """Return the class in its order, as 24 attacks of each family that may win nothing and None for a good student."""
    choose = random.Random(20_260_101)
    worthless = {family: [each for each in attacks if each.family == family and each.score == 0] for family in FAMILIES}
    hostile = [attack for family in FAMILIES for attack in choose.sample(worthless[family], OF_EACH)]
    crowd = [*hostile, *[None] * GOOD]
    choose.shuffle(crowd)
    return {f"{number:03}": attack for number, attack in enumerate(crowd)}


def sit_down(arena, crowd):
    """Hand in what each of the class has, in a course that starts nobody's process a second time."""
    good = (arena.course / "solutions/weights/weighted_grad/weighted_grad.py").read_text(encoding="utf-8")
    for student, attack in crowd.items():
        text = good if attack is None else arena.filled_in(attack.path)
        (arena.submissions / f"{student}.py").write_text(text, encoding="utf-8")
    config = arena.course / "config.yaml"
    limits = config.read_text(encoding="utf-8")
    assert "restarts: 1" in limits
    config.write_text(limits.replace("restarts: 1", "restarts: 0"), encoding="utf-8")


@pytest.fixture(scope="module")
def crowd(attacks):
    """Return the class: each student's attack, or None."""
    return seats(attacks)


@pytest.fixture(scope="module")
def crowd_run(current, crowd, new_arena, new_run_over):
    """Return the run over the class."""
    arena = new_arena(current, "crowd", ())
    sit_down(arena, crowd)
    return new_run_over(arena)


def test_the_crowd_is_mixed(crowd):
    """Good and hostile submissions of every family are there in their numbers, none of them in a row of its own."""
    seated = ["good" if attack is None else attack.family for attack in crowd.values()]
    assert {kind: seated.count(kind) for kind in seated} == {"good": GOOD} | dict.fromkeys(FAMILIES, OF_EACH)
    assert len(set(filter(None, crowd.values()))) == len(FAMILIES) * OF_EACH
    neighbours = {pair for pair in itertools.pairwise(seated) if "good" in pair}
    assert {("good", family) for family in FAMILIES} | {(family, "good") for family in FAMILIES} <= neighbours


def test_every_good_one_has_full_marks(crowd_run, crowd):
    """Who hands in good work in the crowd gets every point."""
    marks = {}
    for student, attack in crowd.items():
        if attack is None:
            report = crowd_run.report(student)
            marks[student] = (report["score"], report["max_score"])
    assert len(marks) == GOOD
    assert set(marks.values()) == {(MOST_POINTS, MOST_POINTS)}


def test_every_hostile_one_gets_what_it_must(crowd_run, crowd):
    """Each attack wins no point, has one of the verdicts expected of it, and needs no human to look at it."""
    won, other, reviewed = {}, {}, []
    for student, attack in crowd.items():
        if attack is not None:
            report = crowd_run.report(student)
            won[attack.id] = report["score"]
            if report["exercises"][0]["verdict"] not in attack.verdicts:
                other[attack.id] = report["exercises"][0]["verdict"]
            reviewed += [attack.id] * report["needs_review"]
    assert len(won) == len(FAMILIES) * OF_EACH
    assert {attack: points for attack, points in won.items() if points} == {}
    assert other == {}
    assert reviewed == []


def test_the_marks_of_the_whole_class_are_told(crowd_run, crowd):
    """The class's marks name every student once, in the order in which they sit."""
    grades = json.loads((crowd_run.arena.out / "grades.json").read_text(encoding="utf-8"))
    told = [row["student"] for row in grades["students"] if row["student"] in crowd]
    assert told == sorted(crowd)


def test_the_run_over_a_crowd_ends_well(crowd_run):
    """The run comes to its end with exit code 0 and nothing for a human to look at."""
    assert crowd_run.internal_log == ""
    assert crowd_run.exit_code == 0, crowd_run.said[-3000:]


def test_nothing_of_the_crowd_lingers(crowd_run):
    """No process is left, and no file of the course, the class or shared memory is made, changed or removed."""
    assert crowd_run.left == []
    assert crowd_run.changed == []


@pytest.fixture
def careless(current, tmp_path):
    """Return a person whose grader leaves a process and a file in shared memory behind."""
    program, litter = tmp_path / "python", Path("/dev/shm") / f"crowd-{os.getpid()}"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {litter}\n", encoding="utf-8")
    program.chmod(0o755)
    yield replace(current, python=str(program))
    pid = int(litter.read_text(encoding="utf-8"))
    litter.unlink()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def test_what_lingers_is_seen(careless, new_arena, new_run_over):
    """A process and a file that a run leaves behind are noticed, or the test above would prove nothing."""
    run = new_run_over(new_arena(careless, "careless", ()))
    assert [name.split()[1] for name in run.left] == ["sleep"]
    assert f"/dev/shm/crowd-{os.getpid()}" in run.changed
