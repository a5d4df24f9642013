"""The end of a `grade` run: whose marks changed, and where the log and the page of the class are."""

import pytest

from grader.results.facts import CheckFacts, ExerciseFacts

SLUG = "weighted_grad"


def exercise(points):
    """Return the facts of an exercise of four checks, of which so many passed."""
    checks = tuple(
        CheckFacts(id=f"c{at}", part="edges", points=at < points, max_points=1, verdict="passed") for at in range(4)
    )
    return ExerciseFacts(slug=SLUG, verdict="failed", checks=checks)


@pytest.fixture
def judges(rehearsal):
    """Return the rehearsal of judges: everybody earns 3 of 4."""
    rehearsal.exercises = (exercise(3),)
    return rehearsal


def hand_in_anew(folder, student):
    """Change a student's file."""
    with (folder / f"{student}.py").open("a", encoding="utf-8") as file:
        file.write("\n# once more\n")


def test_a_first_run_has_changed_nothing(grader, judges, students):
    """There is no run before."""
    ended = grader("grade", students)
    assert judges.asked
    assert "marks changed" not in ended.err
    assert "grader report" in ended.out


def test_a_later_run_tells_whose_marks_changed(grader, judges, students):
    """By student and part; who handed in anew and earned the same is not among them, nor who is new."""
    grader("grade", students)
    (students / "eve.py").write_text((students / "bob.py").read_text(encoding="utf-8"), encoding="utf-8")
    for student in ("ada", "bob"):
        hand_in_anew(students, student)
    judges.own = {"ada": (exercise(4),)}
    ended = grader("grade", students)
    assert f"marks changed since the run before (1):\n  ada, {SLUG}: 3 → 4\n" in ended.err
    assert "marks changed" not in grader("grade", students).err


def test_the_log_is_named(grader, judges, students, copied):
    """Where it was asked for."""
    ended = grader("grade", students, "--log", copied / "run.log")
    assert judges.asked
    assert f"log: {copied / 'run.log'}" in ended.err
