"""The report's record: frozen, strict, and the same again after a journey as JSON."""

import itertools
import json

import pytest
from pydantic import ValidationError

from grader.results.report import (
    REPORT_VERSION,
    AnswerReport,
    CheckReport,
    ClassReport,
    ExerciseReport,
    QuizReport,
    Report,
)
from grader.results.verdicts import GRAVITY, AnswerVerdict, Part, Verdict, gravest

CHECK = CheckReport(
    id="squares",
    title="0、1、2、3 的平方。",
    part=Part.DOCUMENTED,
    points=0.1,
    max_points=0.25,
    verdict=Verdict.TIMEOUT,
    message="took\n\ttoo long \U0001f40c",
    limit="cpu",
    remarks=("a", "b"),
    covers=("d0-o2",),
)
EXERCISE = ExerciseReport(
    slug="sum_backward",
    title="Sum",
    score=0.1,
    max_score=3,
    verdict=Verdict.TIMEOUT,
    message="m",
    misconception="M14",
    misconception_title="t",
    misconception_explanation="e",
    diagnosis="d",
    checks=(CHECK,),
)
ANSWER = AnswerReport(
    id="rows",
    kind="single",
    concepts=("rows",),
    seed="5f",
    attempt=2,
    text="Which?",
    code="x = 1",
    options=("a) this", "b) that"),
    points=0.5,
    max_points=1,
    verdict=AnswerVerdict.PARTLY,
    message="m",
    given="a",
    key="b",
    explanation="e",
    misconception="M08",
    misconception_title="t",
    misconception_explanation="e",
)
QUIZ = QuizReport(unit="sums", title="Sums", score=0.5, max_score=1, message="m", answers=(ANSWER,))
REPORT = Report(
    student="王小明",
    course="Autograd",
    language="zh",
    isolation="sandbox",
    feedback="visible",
    score=0.1,
    max_score=3,
    needs_review=True,
    message="late",
    exercises=(EXERCISE,),
    quizzes=(QUIZ,),
)
CLASS = ClassReport(course="Autograd", students=(REPORT,))
RECORDS = [CHECK, EXERCISE, ANSWER, QUIZ, REPORT, CLASS]


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: type(each).__name__)
def test_a_record_comes_back_from_json_as_it_was(record):
    """Every field with something in it survives, points to the last digit."""
    assert all(value not in (None, "", (), False) for value in record.model_dump().values()), "every field is filled"
    assert type(record).model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: type(each).__name__)
def test_a_record_stays_as_it_was_made(record):
    """Nobody corrects a mark in passing."""
    for name in type(record).model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(record, name, None)


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: type(each).__name__)
def test_a_record_refuses_what_it_does_not_know(record):
    """A field of another version is no field to be dropped in silence."""
    data = {**json.loads(record.model_dump_json()), "grade": "A"}
    with pytest.raises(ValidationError, match="grade"):
        type(record).model_validate(data)


@pytest.mark.parametrize("record", [REPORT, CLASS], ids=["Report", "ClassReport"])
def test_a_record_of_another_version_is_refused(record):
    """What a later grader wrote is not read as if it were understood."""
    data = json.loads(record.model_dump_json())
    assert data["version"] == REPORT_VERSION == 1
    with pytest.raises(ValidationError, match="version"):
        type(record).model_validate({**data, "version": 2})


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_points_are_numbers_that_json_knows(number):
    """NaN and infinities are no marks."""
    for name in ("points", "max_points"):
        with pytest.raises(ValidationError, match=name):
            CheckReport.model_validate({**CHECK.model_dump(), name: number})


@pytest.mark.parametrize(("field", "value"), [("language", "fr"), ("score", "many"), ("exercises", None)])
def test_a_value_of_the_wrong_form_is_refused(field, value):
    """A report has a language that exists, and points that are numbers."""
    with pytest.raises(ValidationError, match=field):
        Report.model_validate({**REPORT.model_dump(), field: value})


def test_an_unknown_verdict_is_refused():
    """Verdicts are those that the views can show."""
    with pytest.raises(ValidationError, match="verdict"):
        CheckReport.model_validate({**CHECK.model_dump(), "verdict": "almost"})


def test_every_verdict_has_its_gravity():
    """Each verdict stands once in the order that sums them up."""
    assert sorted(GRAVITY) == sorted(Verdict)


def test_the_gravest_verdict_sums_up():
    """Of any two verdicts the one nearer to the front counts, in whichever order they came."""
    for one, other in itertools.combinations(GRAVITY, 2):
        assert gravest((one, other)) is gravest((other, one, other)) is one


def test_only_passed_checks_make_a_passed_exercise():
    """Passed is the last resort: any other verdict beside it is the exercise's."""
    assert gravest((Verdict.PASSED, Verdict.PASSED)) is Verdict.PASSED
    assert {gravest((Verdict.PASSED, verdict)) for verdict in Verdict} == set(Verdict)


def test_no_check_at_all_is_nothing_passed():
    """An exercise of which nothing was run is skipped."""
    assert gravest(()) is Verdict.SKIPPED
