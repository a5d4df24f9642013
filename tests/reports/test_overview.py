"""The overview of a class: its figures, by hand computed, who needs a hand, and that nothing tells a name."""

from pathlib import Path

import numpy as np
import pytest

import grader.reports
from grader.config.course_config import CourseConfig
from grader.reports.overview.gather import KnownClass, overview_of
from grader.reports.overview.item_analysis import are_all_or_nothing, cronbach_alpha, item_rest_correlations
from grader.reports.overview.page import render_index, render_overview
from grader.reports.overview.record import ClassOverview, HandNeeded, Reason, RunPoint
from grader.reports.overview.roster import unsettled
from grader.results.report import AnswerReport, CheckReport, ExerciseReport, MisconceptionReport, QuizReport, Report
from grader.results.verdicts import AnswerVerdict, Part, Verdict
from grader.wording.message import table

CONFIG = CourseConfig.model_validate(
    {
        "version": 1,
        "title": {"en": "Course", "zh": "课程"},
        "language": "en",
        "units": [
            {
                "name": "sums",
                "title": {"en": "Sums", "zh": "求和"},
                "exercises": [{"slug": "total", "points": 2}],
                "quiz": {"points": 1},
            }
        ],
    }
)


def exercise(*points, verdict=Verdict.FAILED, **changes):
    """Return an exercise with a check for each number of points out of 1."""
    checks = tuple(
        CheckReport(
            id=f"test_{number}",
            title=f"Check {number}.",
            part=Part.PROBES,
            points=each,
            max_points=1,
            verdict=Verdict.PASSED if each == 1 else Verdict.FAILED,
        )
        for number, each in enumerate(points)
    )
    fields = {"slug": "total", "title": "Total", "score": sum(points), "max_score": len(points), "verdict": verdict}
    return ExerciseReport(**{**fields, "checks": checks, **changes})


def answer(verdict, given="", **changes):
    """Return an answer to one question; free text is worth nothing until it is marked."""
    worth = 0.0 if verdict is AnswerVerdict.WAITING else 1.0
    fields = {"id": "which", "kind": "single", "concepts": (), "seed": "s", "attempt": 1, "text": "Which?", "code": ""}
    points = float(verdict is AnswerVerdict.RIGHT)
    return AnswerReport(
        **{**fields, "points": points, "max_points": worth, "verdict": verdict, "given": given, **changes}
    )


def quiz(*answers, **changes):
    """Return a quiz."""
    score, most = (sum(getattr(each, name) for each in answers) for name in ("points", "max_points"))
    return QuizReport(
        **{"unit": "sums", "title": "Sums", "score": score, "max_score": most, "answers": answers, **changes}
    )


def student(name, *exercises, quizzes=(), **changes):
    """Return a student's report."""
    parts = [*exercises, *quizzes]
    fields = {
        "student": name,
        "course": "Course",
        "language": "en",
        "isolation": "sandbox",
        "feedback": "visible",
        "score": sum(each.score for each in parts),
        "max_score": sum(each.max_score for each in parts),
    }
    return Report(**{**fields, "exercises": exercises, "quizzes": tuple(quizzes), **changes})


def overview(*reports, language="en", shuffled=None, **known):
    """Return the overview of some reports."""
    return overview_of(KnownClass("autumn", reports, "now", **known), CONFIG, language, shuffled=shuffled)


def test_alpha_and_correlations_are_those_computed_by_hand():
    """Four students, three items; every step is in the comments."""
    scores = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=float)
    # Variances of the items with n - 1: 1/4, 1/3, 1/4, together 5/6; totals 3, 2, 1, 0 have 5/3.
    # alpha = 3/2 * (1 - (5/6) / (5/3)) = 3/2 * 1/2 = 0.75
    assert cronbach_alpha(scores) == pytest.approx(0.75)
    # Item 1 is 1, 1, 1, 0 and the rest 2, 1, 0, 0: covariance sum 0.75, squares 0.75 and 2.75.
    # 0.75 / sqrt(0.75 * 2.75) = 0.5222
    first, second, third = item_rest_correlations(scores)
    assert first == pytest.approx(0.5222, abs=1e-4)
    # Item 2 is 1, 1, 0, 0 and the rest 2, 1, 1, 0: covariance sum 1, squares 1 and 2. 1 / sqrt(2) = 0.7071
    assert second == pytest.approx(0.7071, abs=1e-4)
    assert third == pytest.approx(first)


def test_what_has_no_spread_has_no_figure():
    """An item that all pass has no correlation, and marks that are all the same have no reliability."""
    same = np.ones((5, 3))
    assert (cronbach_alpha(same), item_rest_correlations(same)) == (None, [None, None, None])
    assert cronbach_alpha(np.array([[1.0], [0.0], [1.0]])) is None


@pytest.mark.parametrize(
    ("scores", "most", "expected"),
    [
        ([[0.0, 2.0]], [2.0, 2.0], True),
        ([[0.0, 1.0]], [2.0, 2.0], False),
        ([[0.0, 1.0]], [2.0, 1.0], False),
    ],
)
def test_kr20_is_for_items_that_give_all_or_nothing_and_the_same(scores, most, expected):
    """Points in between, or items that are worth more than others, are Cronbach's alpha."""
    assert are_all_or_nothing(np.array(scores), np.array(most)) is expected


def test_reliability_is_left_out_below_twenty_students():
    """With 20 it is there, and named."""
    reports = [student(f"s{number}", exercise(1, number % 2, number % 3 % 2)) for number in range(20)]
    assert overview(*reports[:19]).reliability is None
    found = overview(*reports).reliability
    assert (found.method, found.students, found.items) == ("KR-20", 20, 3)
    page = render_overview(overview(*reports))
    assert f"KR-20: {found.value:.2f}" in page
    half = [student(f"s{number}", exercise(0.5 * (number % 3), number % 2)) for number in range(20)]
    assert overview(*half).reliability.method == "Cronbach's alpha"


def test_items_stand_by_how_many_failed_them():
    """Each with its rate; what nobody and what everybody passes is told apart on the page."""
    shown = overview(student("a", exercise(1, 1, 0)), student("b", exercise(1, 0, 0)), student("c", exercise(1, 0, 0)))
    rates = [(each.item, each.failed, each.rate) for each in shown.items]
    assert rates == [("test_2", 3, 100.0), ("test_1", 2, 66.67), ("test_0", 0, 0.0)]
    page = render_overview(shown)
    assert (
        page.index("Nobody has all points") < page.index("Check 2.") < page.index("Check 1.") < page.index("Check 0.")
    )


def test_work_that_waits_for_a_person_counts_in_no_figure():
    """Neither in the means nor in the rates."""
    internal = exercise(0, 0, verdict=Verdict.INTERNAL, score=0, max_score=0)
    shown = overview(student("a", exercise(1, 1)), student("b", internal, needs_review=True))
    assert [(each.part, each.students, each.mean) for each in shown.parts] == [("total", 1, 100.0)]
    assert {each.students for each in shown.items} == {1}


def test_who_needs_a_hand_and_why():
    """Every reason is told once, gravest first, and what a person has marked is done."""
    waiting = quiz(answer(AnswerVerdict.WAITING, "because"))
    reports = [
        student("late", exercise(1, 1), late="Handed in 2 days after the due date."),
        student("ours", exercise(verdict=Verdict.INTERNAL, message="It broke."), needs_review=True),
        student("unread", exercise(verdict=Verdict.UNREAD, message="No Python."), needs_review=True),
        student("writes", quizzes=[waiting]),
        student("done", quizzes=[waiting.model_copy(update={"is_marked": True})]),
        student("absent", exercise(0, 0), missing=True),
        student("gone", exercise(1, 1), gone=True),
    ]
    hands = overview(*reports, unsettled=[HandNeeded(student="x", reason=Reason.AMBIGUOUS, detail="Li | Lu")]).hands
    assert [(each.student, each.reason.value, each.detail) for each in hands] == [
        ("ours", "internal", "It broke."),
        ("unread", "unread", "No Python."),
        ("x", "ambiguous", "Li | Lu"),
        ("writes", "waiting", "because"),
        ("late", "late", "Handed in 2 days after the due date."),
        ("absent", "missing", ""),
        ("gone", "gone", ""),
    ]


def test_a_submission_that_failed_as_a_whole_is_not_forgotten():
    """Nothing of it stands in an exercise."""
    (hand,) = overview(student("ada", needs_review=True, message="The archive broke the grader.")).hands
    assert (hand.reason, hand.detail) == (Reason.INTERNAL, "The archive broke the grader.")


def test_the_roster_tells_what_it_leaves_open(tmp_path):
    """Submissions of several or of nobody, as `roster.csv` has them."""
    path = tmp_path / "roster.csv"
    assert unsettled(path) == ()
    rows = "submission,id,name,how\nli,1 | 2,Li | Lu,could be several\n'=cmd,,,unknown\nada,3,Ada,same name\n"
    path.write_text(f"\ufeff{rows}", encoding="utf-8")
    found = [(each.student, each.reason, each.detail) for each in unsettled(path)]
    assert found == [("li", Reason.AMBIGUOUS, "Li | Lu"), ("=cmd", Reason.UNMATCHED, "")]


def test_answers_are_told_apart_by_what_they_say():
    """The letter is each student's own; those who chose an answer have their mean elsewhere beside it."""
    held = {"misconception": "M08", "misconception_title": "Transposed"}
    reports = [
        student("a", exercise(1, 1), quizzes=[quiz(answer(AnswerVerdict.RIGHT, "a) rows"))]),
        student("b", exercise(1, 0), quizzes=[quiz(answer(AnswerVerdict.WRONG, "b) columns", **held))]),
        student("c", exercise(0, 0), quizzes=[quiz(answer(AnswerVerdict.WRONG, "c) columns", **held))]),
        student("d", exercise(1, 1), quizzes=[quiz(answer(AnswerVerdict.UNANSWERED))]),
    ]
    shown = overview(*reports)
    (question,) = shown.questions
    assert [(each.answer, each.students, each.percent, each.rest) for each in question.answers] == [
        ("Right", 1, 25.0, 100.0),
        ("columns", 2, 50.0, 25.0),
        ("no answer", 1, 25.0, 100.0),
    ]
    (misconception,) = shown.misconceptions
    assert (misconception.id, misconception.students, misconception.parts) == ("M08", ("b", "c"), ("quiz_sums",))


def test_misconceptions_are_told_with_who_holds_them():
    """The most frequent one first, each student once."""
    named = [MisconceptionReport(id=name, title=name.lower(), explanation="", checks=()) for name in ("M01", "M02")]
    reports = [
        student("a", exercise(0, misconceptions=tuple(named))),
        student("b", exercise(0, misconceptions=(named[1],))),
    ]
    found = [(each.id, each.title, each.students) for each in overview(*reports).misconceptions]
    assert found == [("M02", "m02", ("a", "b")), ("M01", "m01", ("a",))]


def everything(name="Ada Lovelace"):
    """Return a report in which a name stands wherever a student or a marker may have written it."""
    mark = {"is_marked": True, "comment": f"Well done, {name}."}
    unread = exercise(0, 1, message=f"{name}.py is no Python.", verdict=Verdict.UNREAD, observations=(name,))
    wrote = answer(AnswerVerdict.WAITING, f"I, {name}, think so.", kind="text")
    typed = answer(AnswerVerdict.WRONG, f"tensor {name}", kind="output", id="typed")
    chosen = answer(AnswerVerdict.WRONG, "a) rows", id="chosen", message=f"in {name}.yaml")
    return student(
        name,
        unread,
        exercise(1, 0, slug="other", hint=name, **mark),
        quizzes=[quiz(wrote, typed, chosen)],
        message=f"{name}.zip",
        section=name,
        student_id=name,
        late=f"{name} came late.",
        handed_in=name,
    )


def test_an_anonymous_overview_holds_no_name_anywhere():
    """Neither in the page nor in the JSON: file names, comments, links and written answers are gone, choices stay."""
    left_open = [HandNeeded(student="Ada Lovelace.py", reason=Reason.AMBIGUOUS, detail="Ada Lovelace | Adam")]
    reports = [everything(), student("Bob", exercise(1, 1))]
    named = overview(*reports, unsettled=left_open)
    assert "Ada Lovelace" in render_overview(named)
    assert "Ada%20Lovelace/report.html" in render_overview(named)
    shown = overview(*reports, unsettled=left_open, shuffled=[1, 0])
    for text in (render_overview(shown), shown.model_dump_json()):
        assert not [each for each in ("Ada", "Lovelace", "Bob", "report.html", "Well done", "autumn") if each in text]
        assert "rows" in text
    assert [(each.student, each.score) for each in shown.students] == [("Student 1", 2), ("Student 2", 2)]


def test_students_texts_are_plain_text_under_a_policy_without_script(hostile_report, hostile, assert_harmless):
    """Hostile names, titles and answers are shown and steer nothing."""
    hand = HandNeeded(student=hostile, reason=Reason.WAITING, part=hostile, question=hostile, detail=hostile)
    page = render_overview(overview(hostile_report, unsettled=[hand]))
    assert_harmless(page)
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert "<script" not in page
    assert "<img" not in page
    assert " onerror=" not in page.replace("x onerror=alert(1)&gt;", "")
    assert_harmless(render_index(overview(hostile_report)))


def test_every_word_of_the_page_is_said():
    """The table holds no word that neither the templates nor the modules say, but for those by the reasons' names."""
    folder = Path(grader.reports.__file__).parent
    sources = "".join(
        path.read_text(encoding="utf-8") for path in [*folder.glob("*.j2"), *folder.glob("overview/*.py")]
    )
    named = {f"{kind}_{reason.value}" for kind in ("reason", "advice") for reason in Reason}
    keys = set(table("overview"))
    assert named <= keys
    assert [key for key in sorted(keys - named) if f'"{key}"' not in sources] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_says_everything_in_its_language(language):
    """Headings and the plots' own descriptions; figures of plots stand in tables too."""
    trend = [
        RunPoint(run=number, at="t", command="grade", students=2, mean=50 + number, changed=1) for number in (1, 2)
    ]
    page = render_overview(overview(everything(), student("b", exercise(1, 1)), language=language, trend=trend))
    words = {
        "en": ("Who needs a hand", "Over time", 'lang="en"'),
        "zh": ("需要人工处理", "随时间的变化", 'lang="zh-CN"'),
    }
    assert all(each in page for each in words[language])
    assert page.count("<svg") == page.count('role="img"') == 2
    assert "52 %</td>" in page


def test_the_index_leads_to_the_class_and_to_each_page():
    """By links that hold for any name."""
    page = render_index(overview(student("Ünal #1", exercise(1, 1))))
    assert 'href="class.html"' in page
    assert 'href="%C3%9Cnal%20%231/report.html"' in page


def test_a_class_of_nobody_has_a_page():
    """Nothing is divided by nothing."""
    shown = overview(student("a", missing=True))
    assert ClassOverview.model_validate_json(shown.model_dump_json()) == shown
    assert "There are no marks yet." in render_overview(shown)
