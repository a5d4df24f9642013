"""`grader grade` with a roster and due dates: everybody is told of, nobody is zeroed in silence."""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml

from grader.exports.write import read_marks
from grader.quiz.seed import sheet_mark
from grader.reports.jsonfile import read_report
from grader.results.facts import CheckFacts, ExerciseFacts
from grader.spreadsheet import read_table

SLUG = "weighted_grad"
FULL = ExerciseFacts(
    slug=SLUG,
    verdict="passed",
    checks=(CheckFacts(id="a", part="edges", points=4, max_points=4, verdict="passed"),),
)


@pytest.fixture
def handed_in(copied):
    """Return what writes a class: a folder with an answer for each name, and a sheet made for somebody where given."""

    def write(*names: str, sheets: dict[str, str] | None = None) -> Path:
        for name in names:
            folder = copied / "class" / name
            folder.mkdir(parents=True)
            (folder / f"{SLUG}.py").write_text(f"def {SLUG}(f, x, v):\n    return x\n", encoding="utf-8")
            if name in (sheets or {}):
                sheet = {"version": 1, "sheet": sheets[name], "answers": []}
                (folder / "answers.yaml").write_text(yaml.safe_dump(sheet), encoding="utf-8")
        return copied / "class"

    return write


@pytest.fixture
def earned(rehearsal):
    """Let everybody earn full points."""
    rehearsal.exercises = (FULL,)


@pytest.fixture
def roster(copied):
    """Return what writes a roster of our own form: `id,name` and perhaps more."""

    def write(*lines: str, header: str = "id,name") -> Path:
        path = copied / "roster.csv"
        path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
        return path

    return write


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("earned")
def test_a_class_of_300_is_told_of_whole(grader, handed_in, copied):
    """Twelve names are written differently, five are missing, four are unknown: told, in every table, and no 0."""
    names = [f"Given{number:03} Fämily{number:03}" for number in range(300)]
    ways = [str.upper, str, lambda name: ", ".join(reversed(name.split()))]
    ways += [lambda name: name.replace("ä", "a")]
    here = [ways[number % 4](name) if number < 12 else name for number, name in enumerate(names[:295])]
    strangers = [f"Stranger Nobody{number}" for number in range(4)]
    handed_in(*here, *strangers)
    listed = [normalize("NFD", name) if number < 12 and number % 4 == 1 else name for number, name in enumerate(names)]
    students = "".join(
        f'"{name.split()[1]}, {name.split()[0]}",{1000 + at},S{at},,A\n' for at, name in enumerate(listed)
    )
    (copied / "canvas.csv").write_text("Student,ID,SIS User ID,SIS Login ID,Section\n" + students, encoding="utf-8")
    ended = grader("grade", "class", "--roster", "canvas.csv", "--out", "marks")
    assert ended.code == 0, ended.err
    for said in ("295 of 300", "written differently (12)", "not on the roster (4)", "handed in nothing (5)"):
        assert said in ended.err
    assert all(repr(name) in ended.err for name in [*here[:12], *strangers])
    assert all(f"{name} ({1000 + at})" in ended.err for at, name in enumerate(names) if at >= 295)
    rows = table(copied / "marks" / "grades.csv")
    assert {row["student"] for row in rows} == {*names, *strangers}
    assert {row["id"] for row in rows} == {"", *(str(1000 + at) for at in range(300))}
    assert len(table(copied / "marks" / "roster.csv")) == 304
    exported = grader("export", "grades", "--to", "canvas", "--roster", "canvas.csv", "--from", "marks", "out.csv")
    assert exported.code == 0, exported.err
    marks = read_marks(copied / "out.csv", ["Weights and backward(v)"])
    found = [mark["Weights and backward(v)"] for mark in marks.values()]
    assert (found.count(4), found.count(None), len(found)) == (295, 5, 300)
    assert "have marks and are not on canvas.csv: Stranger Nobody0" in exported.err


def test_a_missing_student_has_a_report(grader, handed_in, roster, copied):
    """Really graded: who handed in nothing has no points and a page that says so."""
    handed_in("mei chen")
    roster("1,Mei Chen", "2,Bo Li")
    ended = grader("grade", "class", "--roster", "roster.csv", "--out", "marks", "-e", SLUG)
    assert ended.code == 0, ended.err
    bo = read_report(copied / "marks" / "Bo Li" / "report.json")
    assert (bo.score, bo.max_score, bo.missing, bo.student_id, bo.needs_review) == (0, 4, True, "2", False)
    assert bo.message == "Nothing was handed in."


def test_who_may_be_a_stranger_is_not_missing(grader, handed_in, roster, copied):
    """A name with a slip leaves both open: the run ends with 1, and no mark is a 0."""
    handed_in("Mei Chenn")
    roster("1,Mei Chen")
    ended = grader("grade", "class", "--roster", "roster.csv", "--out", "marks", "-e", SLUG)
    assert ended.code == 1
    assert "'Mei Chenn' (like Mei Chen (1))" in ended.err
    mei = read_report(copied / "marks" / "Mei Chen" / "report.json")
    assert (mei.max_score, mei.needs_review) == (0, True)


@pytest.mark.usefixtures("earned")
def test_a_second_submission_never_takes_a_name(grader, handed_in, roster, copied):
    """Both are told, each has a folder of its own, and neither is the student's."""
    handed_in("Mei Chen", "chen mei")
    roster("1,Mei Chen")
    ended = grader("grade", "class", "--roster", "roster.csv", "--out", "marks")
    assert "could be several students, or a second submission (2)" in ended.err
    ids = {row["student"]: row["id"] for row in table(copied / "marks" / "grades.csv")}
    assert ids == {"Mei Chen": "1", "Mei Chen (unknown)": "", "chen mei": ""}


@pytest.mark.usefixtures("earned")
def test_a_sheet_finds_its_student(grader, handed_in, roster, copied, monkeypatch):
    """A submission under a nickname belongs to whom its quiz sheet was made for."""
    monkeypatch.setenv("GRADER_SECRET", "hunter")
    handed_in("nickname", sheets={"nickname": sheet_mark(b"hunter", "1")})
    roster("1,Mei Chen", "2,Bo Li")
    assert grader("grade", "class", "--roster", "roster.csv", "--out", "marks").code == 0
    (row,) = [row for row in table(copied / "marks" / "roster.csv") if row["submission"] == "nickname"]
    assert (row["id"], row["how"]) == ("1", "by its quiz sheet")


def test_somebody_elses_sheet_earns_nothing(grader, handed_in, roster, copied, monkeypatch):
    """Where the class knows for whom it was made, it is no case for a person."""
    monkeypatch.setenv("GRADER_SECRET", "hunter")
    handed_in("Mei Chen", "Bo Li", sheets={"Mei Chen": sheet_mark(b"hunter", "2")})
    roster("1,Mei Chen", "2,Bo Li")
    ended = grader("grade", "class", "--roster", "roster.csv", "--out", "marks")
    assert "Mei Chen handed in the quiz sheet that was made for Bo Li" in ended.err
    (quiz,) = read_report(copied / "marks" / "Mei Chen" / "report.json").quizzes
    assert (quiz.score, quiz.max_score) == (0, 2)


def test_a_sheet_under_another_secret_waits_for_a_person(grader, handed_in, copied, monkeypatch):
    """It is no 0: the quiz leaves the reckoning, and the run ends with 1."""
    monkeypatch.setenv("GRADER_SECRET", "hunter")
    handed_in("Mei Chen", sheets={"Mei Chen": sheet_mark(b"another", "Mei Chen")})
    assert grader("grade", "class", "--out", "marks").code == 1
    report = read_report(copied / "marks" / "Mei Chen" / "report.json")
    assert (report.quizzes[0].max_score, report.needs_review) == (0, True)
    assert "another secret" in report.quizzes[0].message


@pytest.mark.usefixtures("rehearsal")
def test_no_secret_is_made_where_sheets_exist(refused, handed_in, copied):
    """A new secret would mark every answer wrong; the sentence says how to bring back the old one."""
    handed_in("Mei Chen", sheets={"Mei Chen": "0123456789ab"})
    said = refused("grade", "class")
    assert "grader secret set" in said
    assert not (copied / ".grader" / "secret").exists()


@pytest.mark.usefixtures("rehearsal")
def test_a_new_secret_is_told(grader, handed_in, copied):
    """Where no sheet was handed in, one is made, and its place is named once."""
    handed_in("Mei Chen")
    assert f"a new secret is kept in {copied / '.grader' / 'secret'}" in grader("grade", "class").err
    assert "secret" not in grader("grade", "class").err


@pytest.fixture
def due(files):
    """Return what gives the course due dates."""

    def write(**dates: object) -> None:
        config = yaml.safe_load(files.config.read_text(encoding="utf-8"))
        given = {"due": "2030-01-31T23:59", **dates}
        files.config.write_text(
            yaml.safe_dump({**config, "timezone": "Europe/Berlin", "dates": given}, allow_unicode=True),
            encoding="utf-8",
        )

    return write


def graded(grader, copied, *arguments: str):
    """Return the report on `Mei Chen` and what the command told."""
    ended = grader("grade", "class", "--out", "marks", "-e", SLUG, *arguments)
    assert ended.code in {0, 1}, ended.err
    return read_report(copied / "marks" / "Mei Chen" / "report.json"), ended.err


@pytest.mark.usefixtures("earned")
def test_being_late_costs_what_the_policy_says(grader, handed_in, due, copied):
    """The report says when work came, how late that is, and what it costs; the table has the columns."""
    handed_in("Mei Chen")
    due(late="per_day", per_day=0.25)
    (copied / "times.csv").write_text("name,time\nmei chen,2030-02-02T01:00\n", encoding="utf-8")
    report, told = graded(grader, copied, "--times", "times.csv")
    assert (report.score, [each.points for each in report.deductions]) == (2, [2])
    assert report.handed_in == "2030-02-02 01:00 (Europe/Berlin)"
    assert report.late == (
        "Handed in 1 day 1 hour after the due date, 2030-01-31 23:59 (Europe/Berlin). This costs 50 % of the points."
    )
    assert "late: 1" in told
    (row,) = table(copied / "marks" / "grades.csv")
    assert (row["deduction"], row["handed_in"]) == ("2", "2030-02-02 01:00 (Europe/Berlin)")
    assert report.late in (copied / "marks" / "Mei Chen" / "report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("earned")
def test_an_extension_is_the_roster_s(grader, handed_in, roster, due, copied):
    """Who has two days more is in time."""
    handed_in("Mei Chen")
    due(late="zero")
    roster("1,Mei Chen,2", header="id,name,extension")
    (copied / "times.csv").write_text("id,time\n1,2030-02-02T23:59\n", encoding="utf-8")
    report, _ = graded(grader, copied, "--times", "times.csv", "--roster", "roster.csv")
    assert (report.score, report.late) == (4, None)


@pytest.mark.usefixtures("earned")
def test_an_unknown_time_is_told_and_costs_nothing(grader, handed_in, due, copied):
    """A file's time counts only where that is said."""
    handed_in("Mei Chen")
    due(late="zero")
    report, told = graded(grader, copied)
    assert (report.score, report.handed_in) == (4, None)
    assert "when work came is not known of 1" in told
    answer = copied / "class" / "Mei Chen" / f"{SLUG}.py"
    os.utime(answer, (at := datetime(2030, 2, 1, tzinfo=UTC).timestamp(), at))
    report, _ = graded(grader, copied, "--times", "files")
    assert (report.score, report.handed_in) == (0, "2030-02-01 01:00 (Europe/Berlin)")


@pytest.mark.parametrize(
    ("name", "text", "arguments", "said"),
    [
        ("roster.csv", "id,name,extension\n1,Mei,soon\n", ("--roster", "roster.csv"), "roster.csv:2: 'soon' is no"),
        ("roster.csv", "id,name\n", ("--roster", "roster.csv"), "roster.csv:1: the roster has no students"),
        ("times.csv", "id,time\n1,today\n", ("--times", "times.csv"), "times.csv:2: 'today' is no date and time"),
        ("x", "", ("--times", "clock"), "clock can't be read"),
    ],
)
@pytest.mark.usefixtures("students")
def test_a_broken_table_is_told_before_anything_is_graded(refused, copied, name, text, arguments, said):  # noqa: PLR0913, PLR0917 - a case has four parts
    """File and line, before the first submission is touched."""
    (copied / name).write_text(text, encoding="utf-8")
    assert said in refused("grade", "class", *arguments)
    assert not (copied / "feedback").exists()


def test_sheets_are_made_from_a_roster(grader, quiz_root, roster, copied, monkeypatch):
    """Folders carry names, numbers depend on ids, and namesakes are told apart."""
    monkeypatch.setenv("GRADER_SECRET", "hunter")
    roster("1,Mei Chen", "2,Bo Li", "3,bo li")
    ended = grader("export", "sheets", "roster.csv", "--out", "sheets", "--course", quiz_root)
    assert ended.code == 0, ended.err
    assert sorted(path.name for path in (copied / "sheets").iterdir()) == ["Bo Li (2)", "Mei Chen", "bo li (3)"]
    text = (copied / "sheets" / "Mei Chen" / "answers.yaml").read_text(encoding="utf-8")
    assert sheet_mark(b"hunter", "1") in text
    assert "quiz answers of Mei Chen" in text


@pytest.mark.usefixtures("earned")
def test_the_table_of_the_roster_holds_no_formula(grader, handed_in, roster, copied):
    """A name that a student chose is undone on reading back."""
    handed_in("=cmd() Eve")
    roster("1,'=cmd() Eve")
    grader("grade", "class", "--roster", "roster.csv", "--out", "marks")
    path = copied / "marks" / "roster.csv"
    assert ",'=cmd() Eve," in path.read_text(encoding="utf-8-sig")
    assert read_table(path, lambda heading: heading == "id").rows[0].cells["name"] == "=cmd() Eve"
