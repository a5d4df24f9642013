"""Regrading, marks by hand, and the ledger: who gains and who loses, and why a mark is what it is."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from rehearsed import QUIZ, SLUG, append, asked, exercise, table

from grader.reports.jsonfile import read_report
from grader.results.facts import CheckFacts, ExerciseFacts


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
    assert "kept: would have been 2 of 4" in grader("explain", "bob", SLUG).out
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


def test_a_check_is_told_by_its_title(grader, judges, students, files):
    """As the course had it that judged."""
    name = re.search(r"def test_(\w+)", files.hidden.read_text(encoding="utf-8"))[1]

    def facts(points):
        check = CheckFacts(id=name, part="edges", points=points, max_points=1, verdict="failed")
        return (ExerciseFacts(slug=SLUG, verdict="failed", checks=(check,)),)

    judges.exercises = facts(0)
    grader("grade", students)
    append(files.hidden, "# mended")
    judges.exercises = facts(1)
    regraded(grader)
    (line,) = [each for each in grader("explain", "ada", SLUG).out.splitlines() if name in each]
    assert re.search(r"0 → 1 \(\S.+\)$", line)
