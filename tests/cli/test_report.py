"""`grader report`: the page of a class from a folder of feedback and from the store."""

import json

import pytest

from grader.reports.jsonfile import write_report
from grader.results.report import CheckReport, ExerciseReport, Report
from grader.results.verdicts import Part, Verdict

SLUG = "weighted_grad"


@pytest.fixture
def feedback(copied):
    """Write the feedback of a class of two, as `grader grade` does."""
    for student, score in (("ada", 1.0), ("bob", 4.0)):
        verdict = Verdict.PASSED if score == 4 else Verdict.FAILED
        check = CheckReport(id="t", title="Some case.", part=Part.EDGES, points=score, max_points=4, verdict=verdict)
        of_exercise = {"slug": SLUG, "title": "W", "score": score, "max_score": 4, "verdict": verdict}
        of_report = {"student": student, "course": "c", "language": "en", "isolation": "sandbox", "score": score}
        exercise = ExerciseReport(**of_exercise, checks=(check,), comment=f"Said to {student}.", is_marked=True)
        report = Report(**of_report, feedback="visible", max_score=4, exercises=(exercise,))
        path = copied / "feedback" / student / "report.json"
        path.parent.mkdir(parents=True)
        write_report(report, path)
    return copied / "feedback"


def test_a_folder_of_feedback_gets_the_page_of_its_class(grader, feedback):
    """Where there is no store, which is told; the index leads there."""
    ended = grader("report")
    assert (ended.code, ended.err) == (0, "the marks are those of the folder feedback, since there is no store\n")
    assert ended.out == "feedback/class.html\nfeedback/index.html\n"
    assert 'href="ada/report.html"' in (feedback / "class.html").read_text(encoding="utf-8")
    assert 'href="class.html"' in (feedback / "index.html").read_text(encoding="utf-8")


def test_the_store_tells_how_it_went_over_time(grader, feedback):
    """A mark by hand is the second point of the trend."""
    assert grader("store", "import", feedback, "--class", "autumn").code == 0
    assert grader("mark", "ada", SLUG, "--points", "3").code == 0
    shown = json.loads(grader("report", "--json").out)
    assert (shown["class_name"], shown["parts"][0]["mean"]) == ("autumn", 87.5)
    assert [(each["command"], each["mean"], each["changed"]) for each in shown["trend"]] == [
        ("import", 62.5, 2),
        ("mark", 87.5, 1),
    ]


def test_an_anonymous_page_names_nobody(grader, feedback):
    """It is a page of its own, and no index is written beside it."""
    ended = grader("report", "--anonymous", "--from", "feedback", "--out", "shared", "--lang", "zh")
    assert ended.out == "shared/class-anonymous.html\n"
    page = (feedback.parent / "shared" / "class-anonymous.html").read_text(encoding="utf-8")
    assert "学生 1" in page
    assert not [each for each in ("ada", "bob", "Said to", "report.html") if each in page.partition("<body>")[2]]


def test_a_folder_without_reports_is_refused(refused, copied):
    """In one sentence that says which folder is meant."""
    assert "holds no student's report.json" in refused("report", "--from", copied)
