"""Names in a class over several runs: a roster that comes later, and times that are told once."""

import csv

import pytest
import yaml
from stub_grader import ANSWER


@pytest.fixture
def handed_in(copied, stub_judges):
    """Return the list of judgements; two students have handed in."""
    for number, name in enumerate(("mei chen", "Bo Li")):
        path = copied / "class" / name / "weighted_grad.py"
        path.parent.mkdir(parents=True)
        path.write_text(ANSWER.format(number + 2), encoding="utf-8")
    return stub_judges


def rows(copied):
    """Return the table of marks by student."""
    with (copied / "feedback" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_a_roster_that_comes_later_renames_and_doubles_nobody(grader, copied, handed_in):
    """Who was graded under another name keeps all that is known; quizzes depend on names."""
    grader("grade", "class")
    (copied / "roster.csv").write_text("id,name\n1,Mei Chen\n2,Bo Li\n3,Ada Lo\n", encoding="utf-8")
    grader("mark", "mei chen", "weighted_grad", "--points", "1")
    assert grader("grade", "class", "--roster", "roster.csv").code == 0
    found = rows(copied)
    assert {name: (row["id"], row["weighted_grad"]) for name, row in found.items()} == {
        "Mei Chen": ("1", "1"),
        "Bo Li": ("2", "3"),
        "Ada Lo": ("3", "0"),
    }
    assert "gone" not in found["Bo Li"]
    assert grader("grade", "class").code == 0
    assert handed_in


def test_a_student_of_the_roster_who_handed_in_earlier_is_gone_and_not_missing(grader, copied, handed_in):
    """Nothing is taken away from whose folder disappeared."""
    (copied / "roster.csv").write_text("id,name\n1,Mei Chen\n2,Bo Li\n", encoding="utf-8")
    grader("grade", "class", "--roster", "roster.csv")
    (copied / "class" / "Bo Li").rename(copied / "Bo Li")
    assert grader("grade", "class", "--roster", "roster.csv").code == 0
    found = rows(copied)["Bo Li"]
    assert (found["weighted_grad"], found["gone"]) == ("3", "yes")
    assert handed_in


def test_a_time_that_was_told_once_is_kept(grader, copied, files, handed_in):
    """A later run that knows no time changes none."""
    config = yaml.safe_load(files.config.read_text(encoding="utf-8"))
    config |= {"timezone": "Europe/Berlin", "dates": {"due": "2030-01-31T00:00", "late": "per_day", "per_day": 0.5}}
    files.config.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    (copied / "times.csv").write_text("name,time\nbo li,2030-01-31T08:00\n", encoding="utf-8")
    expected = {"mei chen": ("", "0"), "Bo Li": ("2030-01-31 08:00 (Europe/Berlin)", "2")}
    for arguments in (("grade", "class", "--times", "times.csv"), ("grade", "class"), ("regrade", "--force")):
        ended = grader(*arguments)
        assert ended.code == 0, ended.err
        assert {name: (row["handed_in"], row["deduction"]) for name, row in rows(copied).items()} == expected
    assert handed_in
