"""A student's page is as long as it needs to be: the cause whole, everything else by a click."""

from html.parser import HTMLParser

import pytest

from grader.reports.html import Place, places, render_html
from grader.results.report import QuizReport


class Details(HTMLParser):
    """The `details` of a page in order, with their classes, whether they are open, how deep they lie and their text."""

    def __init__(self, page):
        super().__init__()
        self.all, self.inside = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "details":
            found = dict(attributes)
            shown = {"kind": found["class"].split()[0], "open": "open" in found, "depth": len(self.inside), "text": ""}
            self.all.append(shown)
            self.inside.append(shown)

    def handle_endtag(self, tag):
        if tag == "details":
            self.inside.pop()

    def handle_data(self, data):
        for each in self.inside:
            each["text"] += data

    def of(self, kind):
        """Return the details of one class."""
        return [each for each in self.all if each["kind"] == kind]


@pytest.fixture
def wrong(make_report):
    """Return an exercise with a misconception and a picture."""
    return make_report().exercises[1]


def test_a_misconception_is_explained_once(make_report, wrong):
    """The next exercises that show it name it, and its explanation opens by a click."""
    report = make_report(exercises=(wrong, wrong.model_copy(update={"slug": "again"})))
    details = Details(render_html(report))
    (again,) = details.of("again")
    assert (again["open"], "It is the same tensor." in again["text"]) == (False, True)
    assert places(report) == [Place("exercise-1"), Place("exercise-2", opens_picture=False, explained=("M05",))]


def test_the_first_picture_is_open(make_report, wrong):
    """The others open by a click."""
    report = make_report(exercises=(wrong, wrong, wrong))
    assert [each["open"] for each in Details(render_html(report)).of("picture")] == [True, False, False]


@pytest.mark.parametrize(("others", "folded"), [(0, 0), (2, 0), (3, 1)])
def test_many_failed_checks_are_below_one_line(make_report, wrong, others, folded):
    """The simplest stays whole; up to two others keep a line of their own."""
    more = tuple(wrong.checks[1].model_copy(update={"id": f"again_{number}"}) for number in range(others))
    details = Details(render_html(make_report(exercises=(wrong.model_copy(update={"checks": wrong.checks + more}),))))
    rest = details.of("rest")
    assert [each["open"] for each in rest] == [False] * folded
    assert [each["depth"] for each in details.of("check")] == [0] + [folded] * others
    assert all("3 more checks did not pass" in each["text"] for each in rest)


def test_quizzes_that_nobody_answered_are_below_one_line(make_report):
    """With their points, so that nothing of the sum is missing."""
    quizzes = tuple(QuizReport(unit=f"u{number}", title=f"Unit {number}", score=0, max_score=2) for number in range(13))
    details = Details(render_html(make_report(quizzes=quizzes)))
    (folded,) = details.of("unanswered")
    assert not folded["open"]
    assert "13 quizzes without answers" in folded["text"]
    assert "Unit 12" in folded["text"]
    assert "0 of 2 points" in folded["text"]
