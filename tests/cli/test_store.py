"""`grader forget` deletes all of one student; `grader store import` begins a store with what reports hold."""

import json
import shutil
import sqlite3

import pytest
from stub_grader import write_class

from grader.reports.jsonfile import read_report

SLUG, QUIZ = "weighted_grad", "quiz_weights"


@pytest.fixture
def graded(grader, copied, stub_judges):
    """Return the list of judgements, after a class of five was graded."""
    write_class(copied / "class", 5)
    assert grader("grade", "class").code == 0
    return stub_judges


def everything_in(folder):
    """Return the bytes of all files of a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_is_left_of_who_is_forgotten(grader, copied, graded):
    """Not in the store, its journal included, and not in the feedback; the others keep their marks."""
    source = copied / "class" / "s0003" / f"{SLUG}.py"
    source.write_text(f"{source.read_text(encoding='utf-8')}# by Zarathustra\n", encoding="utf-8")
    grader("grade", "class")
    grader("mark", "s0003", SLUG, "--points", "1", "--comment", "Zarathustra")
    grader("grade", "class")
    (copied / "feedback" / "internal.log").write_text("== s0003\nmine\n== s0001\ntheirs\n", encoding="utf-8")
    assert b"s0003" in everything_in(copied / ".grader")
    ended = grader("forget", "s0003")
    assert (ended.code, ended.out) == (0, "all of s0003 in the class class is deleted\n")
    assert b"s0003" not in everything_in(copied / ".grader")
    assert b"s0003" not in everything_in(copied / "feedback")
    assert (copied / "feedback" / "internal.log").read_text(encoding="utf-8") == "== s0001\ntheirs\n"
    found = json.loads((copied / "feedback" / "grades.json").read_text(encoding="utf-8"))["students"]
    assert [each["student"] for each in found] == ["s0000", "s0001", "s0002", "s0004"]
    assert graded


@pytest.mark.usefixtures("graded")
def test_who_is_not_there_cannot_be_forgotten(refused):
    """A close name is asked for."""
    assert refused("forget", "s00003") == "there is no student 's00003' in the class class; did you mean s0003?"


def rows_of(copied, table):
    """Return how many rows a table of the store has."""
    database = sqlite3.connect(copied / ".grader" / "store.db")
    try:
        (count,) = database.execute(f"select count(*) from {table}").fetchone()
    finally:
        database.close()
    return count


def test_an_older_folder_of_feedback_begins_a_store(grader, copied, graded):
    """Marks, verdicts, words and marks by hand are those of the reports; who is there already stays."""
    grader("mark", "s0003", SLUG, "--points", "2.5", "--comment", "good idea")
    grader("grade", "class")
    before = {number: read_report(copied / "feedback" / f"s{number:04}" / "report.json") for number in range(5)}
    shutil.rmtree(copied / ".grader")
    ended = grader("store", "import", "feedback", "--class", "class")
    assert (ended.code, ended.out) == (0, "5 students taken into the class class; 0 were there already\n")
    grader("export", "grades", "--to", "csv", "--by", "exercise", "marks.csv")
    assert "s0003,s0003,,,2.5,1" in (copied / "marks.csv").read_text(encoding="utf-8")
    assert grader("regrade", "--out", "again").code == 0
    for number, report in before.items():
        again = read_report(copied / "again" / f"s{number:04}" / "report.json")
        assert (again.score, again.max_score) == (report.score, report.max_score)
        assert [each.checks for each in again.exercises] == [each.checks for each in report.exercises]
        assert [each.comment for each in again.exercises] == [each.comment for each in report.exercises]
    assert "imported: 3 of 4" in grader("explain", "s0004", SLUG).out
    ended = grader("store", "import", "feedback", "--class", "class")
    assert "0 students taken into the class class; 5 were there already" in ended.out
    graded.clear()
    assert grader("grade", "class").code == 0
    assert len(graded) == 5, "the work itself is judged as soon as it is there"
    assert read_report(copied / "feedback" / "s0003" / "report.json").exercises[0].score == 2.5


def test_an_import_is_whole_or_not_at_all(grader, copied, graded):
    """A broken report leaves nothing behind."""
    shutil.rmtree(copied / ".grader")
    (copied / "feedback" / "s0004" / "report.json").write_text("{", encoding="utf-8")
    assert grader("store", "import", "feedback", "--class", "class").code == 2
    (copied / "feedback" / "s0004" / "report.json").unlink()
    assert grader("store", "import", "feedback", "--class", "class").code == 0
    assert rows_of(copied, "students") == 4
    assert graded
