"""A class over several runs: what changed is judged, the tables hold everybody, and exports follow the store."""

from __future__ import annotations

import csv
import json
import shutil

import pytest
import yaml

from grader.reports.jsonfile import read_report
from grader.results.facts import CheckFacts, ExerciseFacts, QuizFacts

UNIT, SLUG, QUIZ = "weights", "weighted_grad", "quiz_weights"


def exercise(*points):
    """Return the facts of an exercise whose checks earned these points, of 1 each."""
    checks = tuple(
        CheckFacts(id=f"c{number}", part="edges", points=each, max_points=1, verdict="passed" if each else "failed")
        for number, each in enumerate(points)
    )
    return ExerciseFacts(slug=SLUG, verdict="passed" if all(points) else "failed", checks=checks)


@pytest.fixture
def judges(rehearsal):
    """Return the rehearsal of judges: everybody earns 3 of 4, and 1 of 2 in the quiz."""
    rehearsal.exercises = (exercise(1, 1, 1, 0),)
    rehearsal.quizzes = (QuizFacts(unit=UNIT, points=1, max_points=2),)
    return rehearsal


def asked(judges):
    """Return who was judged since the last time, with the exercises."""
    found, judges.asked = sorted(judges.asked), []
    return found


def table(path):
    """Return the rows of a table by student."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def append(path, text):
    """Add a line to a file."""
    path.write_text(f"{path.read_text(encoding='utf-8')}{text}\n", encoding="utf-8")


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
    assert grader("grade", students).code in {1, 130}
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


def regraded(grader, *arguments):
    """Return what a regrade changed, by student and part."""
    ended = grader("regrade", "--json", *arguments)
    assert ended.code == 0, ended.err
    return {(each["student"], each["part"]): each for each in json.loads(ended.out)}


def test_a_regrade_says_who_gains_and_who_loses(grader, judges, students, files, copied):
    """By student and check; only what the mended test touches is judged, and the folder is not needed."""
    grader("grade", students)
    asked(judges)
    shutil.rmtree(students)
    append(files.hidden, "# mended")
    judges.own = {"ada": (exercise(1, 1, 1, 1),), "bob": (exercise(1, 0, 0, 1),)}
    changes = regraded(grader)
    assert asked(judges) == [("ada", (SLUG,)), ("bob", (SLUG,))]
    assert {place: (each["before"], each["after"], each["checks"]) for place, each in changes.items()} == {
        ("ada", SLUG): (3, 4, [["c3", 0, 1]]),
        ("bob", SLUG): (3, 2, [["c1", 1, 0], ["c2", 1, 0], ["c3", 0, 1]]),
    }
    assert table(copied / "feedback" / "grades.csv")["bob"]["score"] == "3"
    assert regraded(grader) == {}
    assert asked(judges) == []


def test_never_lower_takes_no_point(grader, judges, students, files, copied):
    """Not by the regrade, and not by a later run over the folder either."""
    grader("grade", students)
    append(files.hidden, "# mended")
    judges.own = {"ada": (exercise(1, 1, 1, 1),), "bob": (exercise(1, 0, 0, 1),)}
    changes = regraded(grader, "--never-lower")
    assert {place: (each["before"], each["after"]) for place, each in changes.items()} == {("ada", SLUG): (3, 4)}
    asked(judges)
    assert grader("grade", students).code == 0
    assert asked(judges) == []
    assert {name: row["score"] for name, row in table(copied / "feedback" / "grades.csv").items()} == {
        "ada": "5",
        "bob": "4",
    }


def test_a_mark_by_hand_survives_every_regrade(grader, judges, students, files, copied):
    """It stands on the page with its comment, in the table and in the export, until it is taken back."""
    grader("grade", students)
    assert grader("mark", "ada", SLUG, "--points", "3.5", "--comment", "right idea").code == 0
    append(files.hidden, "# mended")
    judges.own = {"ada": (exercise(0, 0, 0, 0),)}
    change = regraded(grader, "--force")["ada", SLUG]
    assert (change["before"], change["after"], change["by_hand"]) == (3.5, 3.5, True)
    report = read_report(copied / "feedback" / "ada" / "report.json")
    assert (report.score, report.exercises[0].is_marked, report.exercises[0].comment) == (4.5, True, "right idea")
    assert "right idea" in (copied / "feedback" / "ada" / "report.html").read_text(encoding="utf-8")
    grader("export", "grades", "--to", "csv", "--by", "exercise", "marks.csv")
    assert "ada,ada,,,3.5,1\n" in (copied / "marks.csv").read_text(encoding="utf-8")
    grader("mark", "ada", SLUG, "--remove")
    grader("grade", students)
    assert read_report(copied / "feedback" / "ada" / "report.json").score == 1


def test_a_mark_decides_what_waited_for_a_person(grader, judges, students, copied):
    """The run ends with 0 once everything is decided."""
    judges.internal = {"bob"}
    assert grader("grade", students).code == 1
    for part, points in ((SLUG, 4), (QUIZ, 2)):
        assert grader("mark", "bob", part, "--points", points).code == 0
    assert grader("grade", students).code == 0
    assert table(copied / "feedback" / "grades.csv")["bob"]["score"] == "4"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("adda", SLUG, "--points", "1"), "there is no student 'adda' in the class class; did you mean ada?"),
        (("ada", "weighted", "--points", "1"), "there is no exercise or quiz 'weighted'; did you mean weighted_grad?"),
        (("ada", SLUG, "--points", "9"), "weighted_grad is worth 0 to 4 points; 9 is not among these"),
        (("ada", SLUG, "--points", "nan"), "weighted_grad is worth 0 to 4 points; nan is not among these"),
        (("ada", SLUG), "say what the work is worth with --points, or take a mark back with --remove"),
    ],
)
@pytest.mark.usefixtures("judges")
def test_a_mark_that_cannot_be_kept_is_refused(refused, grader, students, arguments, said):
    """One sentence, and nothing is changed."""
    grader("grade", students)
    assert refused("mark", *arguments) == said


def test_the_ledger_explains_a_mark(grader, judges, students, files):
    """Every change with its run and its reason, and what counts in the end."""
    grader("grade", students)
    append(files.hidden, "# mended")
    judges.own["ada"] = (exercise(1, 1, 1, 1),)
    regraded(grader)
    grader("mark", "ada", SLUG, "--points", "2", "--comment", "copied")
    told = [line.split("  ", 2)[-1].strip() for line in grader("explain", "ada", SLUG).out.splitlines()]
    lines = "\n".join(told)
    assert "graded: 3 of 4 (failed)" in lines
    assert "regraded: 4 of 4 (passed); changed: hidden test" in lines
    assert "c3: 0 → 1" in lines
    assert 'marked: 2 of 4, by hand ("copied")' in lines
    assert lines.endswith("counts: 2 of 4, by hand")
    kinds = [each["kind"] for each in json.loads(grader("explain", "ada", SLUG, "--json").out)]
    assert kinds == ["graded", "regraded", "marked"]


def test_two_runs_are_compared(grader, judges, students, files, refused):
    """The runs are listed by their numbers."""
    grader("grade", students)
    append(files.hidden, "# mended")
    judges.own["ada"] = (exercise(1, 1, 1, 1),)
    regraded(grader)
    listed = grader("diff").out.splitlines()
    assert [line.split()[0] + line.split()[2] for line in listed] == ["1grade", "2regrade"]
    assert [each["student"] for each in json.loads(grader("diff", "1", "2", "--json").out)] == ["ada"]
    assert "1 gain, 0 lose" in grader("diff", "1", "2").out
    assert refused("diff", "1", "9") == "there is no run 9 of the class; `grader diff` lists them"


@pytest.mark.parametrize("command", [("regrade",), ("mark", "ada", SLUG, "--remove"), ("explain", "ada", SLUG)])
def test_without_a_store_there_is_nothing_to_regrade(refused, copied, command):
    """One sentence says what to do first; no store is made."""
    assert "grade a class first" in refused(*command)
    assert not (copied / ".grader").exists()
