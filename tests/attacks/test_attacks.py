"""Every attack in one class run, beside two honest neighbours: nobody wins, learns, touches or stops anything."""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("class runs")  # they look for files that others may have left

HERE = Path(__file__).resolve().parent
FAMILIES = {"steal", "forge", "deny", "reach_out", "ahead", "memory", "record"}
LEAST = 64
LONGEST_PAGE = 300_000
MOST_POINTS = 4.0
RUNS_IN_A_BROWSER = ("<script>alert", "<img src=x", "\x1b")
MOST_MEMORY_MIB = 1200
NEEDS_SANDBOX = {"write_marks", "remember_inputs"}
TOLD = ("LEAK", "lambda", r"torch\.tensor\(", r"exit code \d", r"signal \d", "line 70000", "cell 80000")
"""What only a hidden input, or a number made from one, would put into a report at the level hidden."""


@pytest.fixture(scope="session")
def hidden_run(current, attacks, new_run):
    """Return a run at the feedback level hidden over the attacks that carry hidden inputs out."""
    return new_run(current, "hidden", tuple(each for each in attacks if each.name.startswith("tell_")), level="hidden")


@pytest.fixture(scope="session")
def weaker_run(current, attacks, new_run):
    """Return a run with the weaker isolation over the attacks that forge a result."""
    chosen = tuple(each for each in attacks if each.family == "forge" and each.name not in NEEDS_SANDBOX)
    return new_run(current, "weaker", chosen, "--isolation", "process")


def test_every_submission_is_expected(attacks):
    """Each hostile file stands in expected.yaml and the other way round, and there are many in each family."""
    files = {f"{path.parent.name}-{path.stem}" for path in (HERE / "submissions").glob("*/*.py")}
    assert files == {attack.id for attack in attacks}
    assert len(files) >= LEAST
    assert {attack.family for attack in attacks} == FAMILIES
    assert {attack.secret for attack in attacks} == {"never"}


def test_a_submission_says_what_it_tries_and_must_get(attack):
    """A hostile file's first line says what it tries, its second what it must get."""
    tries, gets = (ast.get_docstring(ast.parse(attack.path.read_text(encoding="utf-8"))) or "").splitlines()
    assert tries.endswith(".")
    assert gets.startswith("It must get: ")


def test_an_attack_gets_its_verdict(run, attack):
    """An attack has one of the verdicts expected of it, for the limit that is, and the points of right values alone."""
    report = run.report(attack.id)
    exercise = report["exercises"][0]
    assert exercise["verdict"] in attack.verdicts
    assert attack.limit in {None, *(check["limit"] for check in exercise["checks"])} or is_refused(exercise)
    assert report["max_score"] == MOST_POINTS
    assert attack.score in {None, report["score"]}
    assert not report["needs_review"]


def test_an_attack_carries_nothing_out(run, attack, loot):
    """What an attacker gets is short and holds nothing withheld, no claim of success, nothing a browser would run."""
    shown, page = run.shown(attack.id), (run.arena.out / attack.id / "report.html").read_text(encoding="utf-8")
    assert [what for what, mark in loot.items() if mark in shown] == []
    assert [mark for mark in RUNS_IN_A_BROWSER if mark in page] == []
    assert len(shown) < LONGEST_PAGE


def is_refused(exercise):
    """Whether an exercise was refused without being run."""
    return exercise["verdict"] == "forbidden"


@pytest.mark.parametrize("neighbour", ["aaa_honest", "zzz_honest"])
def test_a_neighbour_has_full_marks(run, neighbour):
    """Who hands in honest work beside all the attacks gets every point."""
    report = run.report(neighbour)
    assert (report["score"], report["max_score"]) == (MOST_POINTS, MOST_POINTS)


def test_the_run_ends_well(run):
    """The class is graded to its end, in time, with exit code 0 and nothing for a human to look at."""
    assert run.internal_log == ""
    assert run.exit_code == 0, run.said[-3000:]


def test_the_terminal_shows_nothing_withheld(run, loot):
    """What the command itself prints holds nothing withheld and no escape of a submission's making."""
    assert [what for what, mark in loot.items() if mark in run.said] == []
    assert "\x1b[2J" not in run.said


def test_nothing_outside_is_touched(run):
    """No file of the course, the class, the home, the marker folder or shared memory is made, changed or removed."""
    assert run.changed == []


def test_no_process_is_left(run):
    """Nothing that an attack started lives on."""
    assert run.left == []


def test_memory_stays_small(run):
    """No process of the run, the judge first, takes more memory than one student may."""
    assert run.peak_mib < MOST_MEMORY_MIB


def test_the_level_hidden_tells_no_input(hidden_run):
    """At the level hidden, a report holds no hidden input and no number that is made from one."""
    told = {
        attack.id: [mark for mark in TOLD if re.search(mark, hidden_run.shown(attack.id))]
        for attack in hidden_run.attacks
    }
    assert {attack: marks for attack, marks in told.items() if marks} == {}


def test_only_the_judge_decides_with_weaker_isolation_too(weaker_run):
    """With --isolation process, what forges a result wins no point either."""
    won = {
        attack.id: (report["score"], report["max_score"])
        for attack in weaker_run.attacks
        for report in [weaker_run.report(attack.id)]
        if attack.score is not None and (report["score"], report["max_score"]) != (attack.score, MOST_POINTS)
    }
    assert won == {}
