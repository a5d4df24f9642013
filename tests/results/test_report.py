"""The report's record: frozen, strict, and the same again after a journey as JSON."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from grader.results.report import (
    REPORT_VERSION,
    AnswerReport,
    CheckReport,
    ClassReport,
    Deduction,
    EdgeReport,
    ExerciseReport,
    GridReport,
    MisconceptionReport,
    NodeReport,
    PictureReport,
    QuizReport,
    Report,
    StepReport,
    decode_report,
)
from grader.results.verdicts import AnswerVerdict, Part, Verdict

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
    grid=GridReport(part="result", got=(("1.0",),), expected=(("2.0",),), wrong=((True,),)),
)
MISCONCEPTION = MisconceptionReport(id="M14", title="t", explanation="e", checks=("squares",))
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
    misconceptions=(MISCONCEPTION,),
    diagnosis="d",
    observations=("o",),
    relation="r",
    hint="h",
    simplest="squares",
    picture=PictureReport(
        call="f(x)",
        nodes=(NodeReport(name="x", note="(2,)", kind="leaf"), NodeReport(name="mul", note="", kind="recorded")),
        edges=(EdgeReport(start=0, end=1, kind="cut"),),
        told=("x to mul",),
        steps=(StepReport(cell=0, line=3, code="y = 2 * x", did=("mul",)),),
    ),
    checks=(CHECK,),
    is_marked=True,
    comment="c",
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
QUIZ = QuizReport(
    unit="sums", title="Sums", score=0.5, max_score=1, message="m", answers=(ANSWER,), is_marked=True, comment="c"
)
REPORT = Report(
    student="王小明",
    student_id="101",
    section="A",
    course="Autograd",
    language="zh",
    isolation="sandbox",
    feedback="visible",
    score=0.1,
    max_score=3,
    needs_review=True,
    deductions=(Deduction(unit="sums", points=0.25, share=0.5),),
    missing=True,
    gone=True,
    handed_in="2030-01-31 23:59 (UTC)",
    late="an hour",
    message="m",
    exercises=(EXERCISE,),
    quizzes=(QUIZ,),
)
CLASS = ClassReport(course="Autograd", students=(REPORT,))
GOLDEN = sorted((Path(__file__).parent.parent / "reports" / "golden" / "report_1").glob("*.json"))
ENDINGS = {"id": "", "title": "_title", "explanation": "_explanation"}
RECORDS = [CHECK, MISCONCEPTION, EXERCISE, ANSWER, QUIZ, REPORT, CLASS]


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
    assert data["version"] == REPORT_VERSION == 2
    with pytest.raises(ValidationError, match="version"):
        type(record).model_validate({**data, "version": 3})


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


NEW = {"observations": [], "picture": None, "relation": "", "hint": "", "simplest": None, "is_begun": True}
"""What an exercise of version 1 does not tell."""
MARKED = {"is_marked": False, "comment": ""}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda each: each.stem)
def test_reports_of_version_1_are_read_for_ever(path):
    """Every field of version 1 is there as it was; the one misconception explains every check that failed."""
    old = json.loads(path.read_text(encoding="utf-8"))
    report = decode_report(path.read_bytes())
    new = json.loads(report.model_dump_json())
    assert (old.pop("version"), new.pop("version")) == (1, REPORT_VERSION)
    assert [new.pop(name) for name in ("late", "handed_in", "student_id")] == [None] * 3
    assert [new.pop(name) for name in ("deductions", "section", "missing", "gone")] == [[], "", False, False]
    for part in (*new["exercises"], *new["quizzes"]):
        assert {name: part.pop(name) for name in MARKED} == MARKED
    for exercise in new["exercises"]:
        assert {name: exercise.pop(name) for name in NEW} == NEW
        assert {check.pop("grid") for check in exercise["checks"]} <= {None}
        failed = [check["id"] for check in exercise["checks"] if check["verdict"] == "failed"]
        named = [{name: exercise["misconception" + end] for name, end in ENDINGS.items()} | {"checks": failed}]
        assert exercise.pop("misconceptions") == (named if exercise["misconception"] else [])
    assert new == old


def test_the_old_reports_hold_a_misconception():
    """Else the test above would not see what becomes of one."""
    reports = [decode_report(path.read_bytes()) for path in GOLDEN]
    assert {exercise.misconception for report in reports for exercise in report.exercises} >= {"M09", "M14", None}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b'{"version": 1}', b'{"version": 0}', b"\xff"])
def test_what_is_no_report_is_refused(content):
    """With a ValueError, whatever it is."""
    with pytest.raises(ValueError, match=r"."):
        decode_report(content)
