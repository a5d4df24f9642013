"""The control: a grader that shares a process with the submission loses to the very attacks that win nothing here."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
LEAST = 20
SHOULD_LOSE = {
    "forge-patch_allclose": "a point",
    "forge-equal_to_everything": "a point",
    "forge-tensor_subclass": "a point",
    "forge-rewrite_at_exit": "a point",
    "steal-read_solution": "a point",
    "steal-walk_frames": "an answer",
    "steal-read_hidden_tests": "an answer",
    "steal-read_course_secret": "an answer",
    "deny-infinite_loop": "the run",
    "deny-hang_at_import": "the run",
}
"""Attacks that must win here, or the control would prove nothing, with what they win."""
HARMLESS_WITHOUT_LAYERS = {
    "deny": (
        "hang_at_import",
        "ignore_everything",
        "infinite_loop",
        "message_without_end",
        "sleep",
        "stop_itself",
    ),
}
"""Of a family that is named here, only these are let loose where nothing holds them."""
LEFT_OUT = ("reach_out",)


@dataclass(frozen=True)
class Loss:
    """What the control lost to one attack."""

    attack: str
    lost: str


@pytest.fixture(scope="module")
def losses(request, open_base, attacks, new_arena, loot):
    """Return what the control loses, graded as an ordinary user where there is one."""
    try:
        person = request.getfixturevalue("ordinary")
    except pytest.skip.Exception:
        person = request.getfixturevalue("current")
    chosen = [each for each in attacks if is_let_loose(each)]
    arena = new_arena(person, "control", tuple(chosen))
    grader = arena.course / "tests" / "naive_grader.py"
    grader.write_bytes((HERE / "naive_grader.py").read_bytes())
    paths = [str(arena.submissions / f"{each.id}.py") for each in chosen]
    log = open_base / "control.log"
    assert person.start([person.python, str(grader), *paths], cwd=arena.course, log=log).wait() == 0, log.read_text()
    results = [json.loads(line) for line in log.read_text().splitlines() if line.startswith('{"student"')]
    assert len(results) == len(chosen)
    return [Loss(each["student"], lost) for each in results for lost in lost_by(each, loot)]


def is_let_loose(attack):
    """Whether an attack does no harm where nothing holds it."""
    named = HARMLESS_WITHOUT_LAYERS.get(attack.family)
    return attack.family not in LEFT_OUT and attack.score == 0 and (named is None or attack.name in named)


def lost_by(result, loot):
    """Yield what one result lost: a point, an answer, or the run."""
    if result["score"] > 0:
        yield "a point"
    if any(mark in result["printed"] for mark in loot.values()):
        yield "an answer"
    if result["stalled"]:
        yield "the run"


def test_the_control_loses(losses, capsys):
    """A grader in the submission's own process loses to at least twenty of the attacks."""
    with capsys.disabled():
        for loss in sorted(losses, key=lambda each: (each.lost, each.attack)):
            sys.stdout.write(f"\n    the control lost {loss.lost:9} to {loss.attack}")
    assert len({loss.attack for loss in losses}) >= LEAST


@pytest.mark.parametrize(("attack_name", "lost"), SHOULD_LOSE.items())
def test_the_control_loses_as_expected(losses, attack_name, lost):
    """The attacks are no straw men: each of these wins what it is after where nothing holds it."""
    assert Loss(attack_name, lost) in losses
