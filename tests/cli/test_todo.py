"""`grader todo`: what waits is listed, and free-text answers are marked in the terminal and in a table."""

import csv
import json

import pytest

from grader.reports.jsonfile import write_report
from grader.results.report import AnswerReport, ExerciseReport, QuizReport, Report
from grader.results.verdicts import AnswerVerdict, Verdict

UNIT, ASKED = "weights", "why_coefficient_fails"
PART = f"quiz_{UNIT}/{ASKED}"
WRITTEN = "=1+1\x1b[2J because\nthe Jacobian is diagonal"


def answer(name, kind, verdict, points, given=""):
    """Return an answer; free text is worth nothing until it is marked."""
    fields = {"concepts": (), "seed": "s", "attempt": 1, "text": "Why?", "code": "", "key": "model answer"}
    most = 0.0 if verdict is AnswerVerdict.WAITING else 1.0
    return AnswerReport(id=name, kind=kind, verdict=verdict, points=points, max_points=most, given=given, **fields)


@pytest.fixture
def stored(grader, copied):
    """Put a class of two into the store: each has a right and a wrong answer, and one that waits."""
    for student in ("ada", "bob"):
        answers = (
            answer("table_of_weights", "single", AnswerVerdict.RIGHT, 1.0),
            answer("shape_of_the_weights", "single", AnswerVerdict.WRONG, 0.0),
            answer(ASKED, "text", AnswerVerdict.WAITING, 0.0, WRITTEN),
        )
        quiz = QuizReport(unit=UNIT, title="W", score=1, max_score=2, answers=answers)
        unread = ExerciseReport(
            slug="weighted_grad", title="W", score=0, max_score=0, verdict=Verdict.UNREAD, message="No Python."
        )
        of_report = {"student": student, "course": "c", "language": "en", "isolation": "sandbox", "score": 1}
        report = Report(**of_report, feedback="visible", max_score=2, exercises=(unread,), quizzes=(quiz,))
        path = copied / "feedback" / student / "report.json"
        path.parent.mkdir(parents=True)
        write_report(report, path)
    assert grader("store", "import", copied / "feedback", "--class", "autumn").code == 0


@pytest.fixture
def quiz_of(grader):
    """Return what gives a student's share of the quiz's points, in percent, as the class page has it."""

    def share(student):
        students = json.loads(grader("report", "--json").out)["students"]
        return round(next(each["percent"] for each in students if each["student"] == student), 1)

    return share


def table(path):
    """Return the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def filled(path, *points, **changes):
    """Fill the points into a table, and change other cells of every row."""
    rows = [{**row, **changes, "points": given} for row, given in zip(table(path), points, strict=True)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.usefixtures("stored")
def test_what_waits_is_listed_and_steers_no_terminal(grader, copied):
    """Unread work, free text, and what the roster leaves open; escapes of a student's are visible text."""
    roster = "submission,id,name,how\nli,1 | 2,Li | Lu,could be several\n"
    (copied / "feedback" / "roster.csv").write_text(roster, encoding="utf-8")
    ended = grader("todo")
    assert ended.code == 0
    assert "ada  weighted_grad  No Python." in ended.out
    assert "li  Li | Lu" in ended.out
    assert rf"bob  {PART}  =1+1\x1b[2J because\nthe Jacobian" in ended.out
    assert "\x1b" not in ended.out
    reasons = [each["reason"] for each in json.loads(grader("todo", "--json").out)]
    assert reasons == ["unread", "unread", "ambiguous", "waiting", "waiting"]


@pytest.mark.usefixtures("stored")
def test_answers_are_marked_one_by_one(grader, monkeypatch, quiz_of):
    """What is no number is asked for again; Enter leaves one for later. A half of one in three is a sixth."""
    typed = iter(["much", "0.5", "half right", ""])
    monkeypatch.setattr("typer.prompt", lambda *_text, **_options: next(typed))
    before = quiz_of("ada")
    ended = grader("todo", "--mark")
    assert "give a number from 0 to 1" in ended.out
    assert "model answer" in ended.out
    assert "\x1b" not in ended.out
    assert ended.out.endswith("1 marked, 1 wait\n")
    # Two answers of one point each gave 1 of 2; with the third it is (1 + 0 + 0.5) of 3, which is half again.
    assert (before, quiz_of("ada"), quiz_of("bob")) == (50.0, 50.0, 50.0)
    assert 'marked: 0.5 of 1, by hand ("half right")' in grader("explain", "ada", PART).out


@pytest.mark.usefixtures("stored")
def test_answers_go_into_a_table_and_marks_come_back(grader, copied, quiz_of):
    """No cell runs as a formula; a decimal comma is a point; empty points are no mark."""
    path = copied / "answers.csv"
    assert "2 answers in" in grader("todo", "--csv", path).out
    assert table(path)[0]["answer"] == "'=1+1\\x1b[2J because\nthe Jacobian is diagonal"
    ended = grader("todo", "--marks", filled(path, "1,0", "", comment="good"))
    assert (ended.code, ended.out) == (0, "1 marked, 1 wait\n")
    assert (quiz_of("ada"), quiz_of("bob")) == (66.7, 50.0)
    assert [each["student"] for each in json.loads(grader("todo", "--json").out) if each["question"]] == ["bob"]


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"points": "2"}, "answers.csv:4: `points` is '2'; give a number from 0 to 1"),
        ({"points": "nan"}, "answers.csv:4: `points` is 'nan'; give a number from 0 to 1"),
        ({"points": "1", "student": "eve"}, "answers.csv:2: no answer of 'eve' to"),
        ({"points": "1", "student": "ada"}, "this answer has a mark in line 2 already"),
    ],
)
def test_a_table_with_a_wrong_row_is_refused_as_a_whole(grader, refused, copied, cells, said):
    """With file and line; nothing of it is kept."""
    path = copied / "answers.csv"
    grader("todo", "--csv", path)
    assert said in refused(
        "todo",
        "--marks",
        filled(path, "1", cells["points"], **{name: each for name, each in cells.items() if name != "points"}),
    )
    assert len([each for each in json.loads(grader("todo", "--json").out) if each["question"]]) == 2


@pytest.mark.usefixtures("stored")
def test_an_answer_is_marked_out_of_the_points_of_its_question(grader, refused):
    """`grader mark` takes the same name, and gives it back with --remove."""
    assert "is worth 0 to 1 points" in refused("mark", "ada", PART, "--points", "2")
    assert grader("mark", "ada", PART, "--points", "1").code == 0
    assert len(json.loads(grader("todo", "--json").out)) == 3
    assert grader("mark", "ada", PART, "--remove").code == 0
    assert len(json.loads(grader("todo", "--json").out)) == 4


def test_two_wishes_at_once_are_refused(refused):
    """They would write and read the same table."""
    assert "give one of them" in refused("todo", "--csv", "a.csv", "--marks", "a.csv")
