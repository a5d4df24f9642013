"""A class over several runs: what changed is judged, the tables hold everybody, and exports follow the store."""

from __future__ import annotations

import csv
import shutil

import pytest
import yaml
from rehearsed import SLUG, UNIT, append, asked, exercise, table

from grader.reports.jsonfile import read_report


def test_a_second_run_judges_nothing(grader, judges, students, copied):
    """No judge is started, the tables are the same, and the page of each student is left as it was."""
    grader("grade", students)
    page = copied / "feedback" / "ada" / "report.html"
    first, before = table(copied / "feedback" / "grades.csv"), page.stat().st_mtime_ns
    assert asked(judges) == [("ada", (SLUG,)), ("bob", (SLUG,))]
    ended = grader("grade", students)
    assert "judged: nothing; all is as it was" in ended.err
    assert (asked(judges), len(judges.started)) == ([], 1)
    assert table(copied / "feedback" / "grades.csv") == first
    assert page.stat().st_mtime_ns == before


def test_a_page_that_was_lost_is_made_again(grader, judges, students, copied):
    """From the store, without a judge; so are all pages of another folder."""
    grader("grade", students)
    asked(judges)
    (copied / "feedback" / "ada" / "report.json").unlink()
    grader("grade", students)
    grader("grade", students, "--out", "other")
    assert asked(judges) == []
    assert {read_report(copied / out / "ada" / "report.json").score for out in ("feedback", "other")} == {4}


def changed_config(**changes):
    """Return what changes settings of the course."""

    def change(files):
        config = yaml.safe_load(files.config.read_text(encoding="utf-8"))
        files.config.write_text(yaml.safe_dump({**config, **changes}, allow_unicode=True), encoding="utf-8")

    return change


BOTH = [("ada", (SLUG,)), ("bob", (SLUG,))]
CHANGES = {
    "student": (lambda files: append(files.config.parent / "class" / "ada.py", "x = 1"), BOTH[:1]),
    "hidden test": (lambda files: append(files.hidden, "# mended"), BOTH),
    "solution": (lambda files: append(files.solution, "# mended"), BOTH),
    "wrong solution": (lambda files: append(min(files.wrong.glob("*.py")), "# mended"), BOTH),
    "limits": (changed_config(limits={"call_cpu_seconds": 7}), BOTH),
    "tolerances": (changed_config(tolerances={"float64": {"relative": 0.5, "absolute": 0.5}}), BOTH),
    "quiz": (
        lambda files: append(files.config.parent / "solutions" / UNIT / "quiz.yaml", "# mended"),
        [("ada", ("",)), ("bob", ("",))],
    ),
    "title": (changed_config(title={"en": "Renamed", "zh": "改名"}), []),
    "feedback": (changed_config(feedback={"level": "hidden"}), []),
    "due": (changed_config(dates={"due": "2030-01-01T00:00"}, timezone="UTC"), []),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_judged_again(grader, judges, students, files, change):
    """And nothing else: a quiz is marked without running any exercise, words and dates touch no judgement."""
    do, expected = CHANGES[change]
    grader("grade", students)
    asked(judges)
    do(files)
    ended = grader("grade", students)
    assert ended.code == 0, ended.err
    assert asked(judges) == expected


def test_another_secret_or_force_judges_all_again(grader, judges, students, monkeypatch):
    """Probes are drawn from the secret."""
    grader("grade", students)
    asked(judges)
    grader("grade", students, "--force")
    assert asked(judges) == BOTH
    monkeypatch.setenv("GRADER_SECRET", "another")
    grader("grade", students)
    assert asked(judges) == BOTH


def test_new_words_are_shown_without_judging(grader, judges, students, files, copied):
    """The page says what the course says now."""
    grader("grade", students)
    files.config.write_text(
        files.config.read_text(encoding="utf-8").replace("level: visible", "level: hidden"), encoding="utf-8"
    )
    grader("grade", students)
    assert read_report(copied / "feedback" / "ada" / "report.json").feedback == "hidden"
    assert len(judges.started) == 1


def test_a_run_that_is_broken_off_is_finished_by_the_next(grader, judges, students, copied):
    """What was judged is not judged again, and the marks are those of an undisturbed run."""
    shutil.copy(students / "bob.py", students / "cleo.py")
    judges.breaks_off_after = 1
    ended = grader("grade", students)
    assert ended.code == 130
    assert "the same command goes on from here" in ended.err
    assert not (copied / "feedback" / "grades.csv").exists()
    judges.breaks_off_after = None
    asked(judges)
    assert grader("grade", students).code == 0
    assert [student for student, _ in asked(judges)] == ["ada", "bob"]
    broken_off = table(copied / "feedback" / "grades.csv")
    grader("grade", students, "--out", "whole", "--store", "other.db")
    assert table(copied / "whole" / "grades.csv") == broken_off


def test_our_own_failures_are_tried_again(grader, judges, students):
    """Facts that are no student's fault are never taken for known."""
    judges.internal = {"bob"}
    assert grader("grade", students).code == 1
    asked(judges)
    judges.internal = frozenset()
    assert grader("grade", students).code == 0
    assert [student for student, _ in asked(judges)] == ["bob"]


def test_one_student_keeps_the_class_s_table(grader, judges, students, copied):
    """The class is that of the folder in which the work lies."""
    grader("grade", students)
    judges.own["ada"] = (exercise(1, 1, 1, 1),)
    append(students / "ada.py", "x = 1")
    ended = grader("grade", students / "ada.py")
    assert "2 students" in ended.out
    rows = table(copied / "feedback" / "grades.csv")
    assert {name: row["score"] for name, row in rows.items()} == {"ada": "5", "bob": "4"}


def test_one_exercise_keeps_the_marks_of_the_others(grader, judges, students, copied):
    """-e judges less, and takes nothing away."""
    grader("grade", students)
    asked(judges)
    ended = grader("grade", students, "-e", SLUG)
    assert (ended.code, asked(judges)) == (0, [])
    assert read_report(copied / "feedback" / "ada" / "report.json").score == 4


def test_who_is_gone_from_the_folder_is_shown_as_such(grader, judges, students, copied):
    """With the marks that were earned; and as before when the work is there again."""
    grader("grade", students)
    (students / "bob.py").rename(copied / "bob.py")
    ended = grader("grade", students)
    assert "no longer in the folder" in ended.out
    rows = table(copied / "feedback" / "grades.csv")
    assert {name: (row["score"], row["gone"]) for name, row in rows.items()} == {
        "ada": ("4", "no"),
        "bob": ("4", "yes"),
    }
    assert read_report(copied / "feedback" / "bob" / "report.json").gone
    (copied / "bob.py").rename(students / "bob.py")
    asked(judges)
    ended = grader("grade", students)
    assert "gone" not in table(copied / "feedback" / "grades.csv")["ada"]
    assert asked(judges) == []


def test_classes_are_kept_apart(grader, judges, students, copied):
    """By the folder's name, or by the name that is given."""
    grader("grade", students)
    shutil.copytree(students, copied / "spring")
    (copied / "spring" / "ada.py").unlink()
    ended = grader("grade", "spring", "--out", "spring-marks")
    assert "1 student" in ended.out
    ended = grader("grade", "spring", "--class", "class", "--out", "more-marks")
    assert "2 students" in ended.out
    asked(judges)


@pytest.mark.usefixtures("judges")
def test_exports_follow_the_store(grader, students, copied):
    """Whatever lies in the folder of feedback, and whichever classes there are."""
    grader("grade", students)
    shutil.rmtree(copied / "feedback")
    ended = grader("export", "grades", "--to", "csv", "--by", "exercise", "marks.csv")
    assert ended.code == 0, ended.err
    assert "folder" not in ended.err
    with (copied / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["id"], row[SLUG]) for row in csv.DictReader(file)] == [("ada", "3"), ("bob", "3")]
    grader("grade", students, "--class", "spring")
    words = grader("export", "grades", "--to", "csv", "marks.csv").err
    assert "holds several classes (class, spring); name one with --class" in words
    assert grader("export", "grades", "--to", "csv", "marks.csv", "--class", "spring").code == 0
    assert "it has class, spring" in grader("export", "grades", "--to", "csv", "marks.csv", "--class", "autumn").err


@pytest.mark.usefixtures("judges")
def test_an_export_without_a_store_says_so(grader, students, copied):
    """It takes the folder of feedback."""
    grader("grade", students)
    shutil.rmtree(copied / ".grader")
    ended = grader("export", "grades", "--to", "csv", "marks.csv")
    assert (ended.code, "the folder feedback, since there is no store" in ended.err) == (0, True)
    ended = grader("export", "grades", "--to", "csv", "--from", "feedback", "marks.csv")
    assert "the folder feedback, not from the store" in ended.err


@pytest.fixture
def due(files):
    """Return what gives the course a due date and a rule for several submissions."""

    def write(**more):
        config = yaml.safe_load(files.config.read_text(encoding="utf-8"))
        config |= {"timezone": "UTC", "dates": {"due": "2030-01-31T00:00", "late": "zero"}, **more}
        files.config.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")

    return write


@pytest.mark.parametrize(
    ("attempts", "handed_in", "score"),
    [
        ("last", [(2, "2030-01-01"), (3, "2030-01-02"), (4, "2030-02-01")], 4),
        ("best", [(3, "2030-01-01"), (1, "2030-01-02"), (4, "2030-02-01")], 4),
        ("last", [(3, "2030-01-02"), (1, "2030-01-01")], 4),
        ("last", [(1, "2030-02-01"), (3, "2030-01-01")], 4),
        ("last", [(4, "2030-02-01"), (3, "2030-02-02")], 0),
    ],
)
def test_the_last_submission_before_the_deadline_counts(  # noqa: PLR0913, PLR0917 - fixtures beside what varies
    grader, judges, students, copied, due, attempts, handed_in, score
):
    """Or the best of these; where all came late, the last of all does, at its price."""
    (students / "bob.py").unlink()
    due(attempts=attempts)
    for points, day in handed_in:
        judges.own["ada"] = (exercise(*[1] * points, *[0] * (4 - points)),)
        (students / "ada.py").write_text(f"def {SLUG}(f, x, v):\n    return {points}\n", encoding="utf-8")
        (copied / "times.csv").write_text(f"name,time\nada,{day}T12:00\n", encoding="utf-8")
        ended = grader("grade", students, "--times", "times.csv")
        assert ended.code == 0, ended.err
    assert float(table(copied / "feedback" / "grades.csv")["ada"]["score"]) == score
