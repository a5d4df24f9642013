"""Reports that the views are tried on: an ordinary one in both languages, and one that attacks its reader."""

from collections.abc import Callable
from typing import Any

import pytest

from grader.results.report import (
    AnswerReport,
    CheckReport,
    EdgeReport,
    ExerciseReport,
    GridReport,
    Language,
    MisconceptionReport,
    NodeReport,
    PictureReport,
    QuizReport,
    Report,
    StepReport,
)
from grader.results.verdicts import AnswerVerdict, Part, Verdict

HOSTILE = (
    "=1+1</pre></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}{student}%s"
    "\x1b[2J\x1b]8;;http://evil.example\x07\x9b31m\u202egnp\u2066\u200b\ufeff\udc80"
    "[bold red]x[/bold red]\r\n-2\t:smile:"
)
"""What a student might put wherever a string may stand."""

RAW = ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u200b", "\udc80", "\r")
"""What of it must reach no reader as it is."""

MESSAGE = """weighted_grad(f, x, v)
    f = lambda x: (2 * x).view(2, 2)
    x = torch.tensor([1.0, 2.0])

2 of 4 entries of the result differ.
    returned: torch.tensor([3.0, 0.3])
    expected: torch.tensor([2.0, 0.2])"""


def check(verdict: Verdict, part: Part, **changes: Any) -> CheckReport:
    """Return a check of half a point."""
    points = 0.5 if verdict is Verdict.PASSED else 0.0
    fields = {"id": f"test_{verdict}", "title": f"Case {verdict.value}.", "points": points, "max_points": 0.5}
    return CheckReport(**{**fields, "part": part, "verdict": verdict, **changes})


def drawn(text: str = "x") -> PictureReport:
    """Return a picture with every kind of node and edge, and `text` wherever one may stand."""
    kinds = ("leaf", "recorded", "plain", "folded")
    nodes = tuple(
        NodeReport(name=text, note=text, kind=kind, grad=(text,), is_result=kind == "plain") for kind in kinds
    )
    edges = tuple(
        EdgeReport(start=start, end=end, kind=kind)
        for start, end, kind in ((0, 1, "recorded"), (1, 2, "cut"), (0, 3, "plain"), (2, 0, "backward"))
    )
    steps = tuple(StepReport(cell=cell, line=5, code=f"    {text}", did=(text, text)) for cell in (0, 2))
    return PictureReport(call=text, nodes=nodes, edges=edges, told=(text,) * len(edges), steps=steps)


def compared(text: str = "2.0") -> GridReport:
    """Return a result of which one entry is wrong."""
    return GridReport(part=text, got=((text, "3.0"),), expected=((text, "4.0"),), wrong=((False, True),))


def exercises() -> tuple[ExerciseReport, ...]:
    """Return three exercises: passed, explained by a misconception, and with every other verdict."""
    passed = (check(Verdict.PASSED, Part.DOCUMENTED, covers=("d0-o2",)), check(Verdict.PASSED, Part.PROBES))
    failed = (
        check(Verdict.PASSED, Part.PROBES, remarks=("The result is float32.",)),
        check(
            Verdict.FAILED,
            Part.PROBES,
            message=MESSAGE,
            remarks=("The result is float64.",),
            covers=("d0-o3",),
            grid=compared(),
        ),
    )
    named = MisconceptionReport(id="M05", title="Alias", explanation="It is the same tensor.", checks=("test_failed",))
    others = tuple(
        check(verdict, Part.EDGES, message="" if verdict is Verdict.INTERNAL else f"Why {verdict.value}.")
        for verdict in Verdict
        if verdict not in (Verdict.PASSED, Verdict.TIMEOUT)
    )
    others += (check(Verdict.TIMEOUT, Part.DOCUMENTED, limit="cpu"),)
    return (
        ExerciseReport(
            slug="weighted_grad", title="Weight", score=4, max_score=4, verdict=Verdict.PASSED, checks=passed
        ),
        ExerciseReport(
            slug="sum_backward",
            title="Sum",
            score=0.5,
            max_score=3,
            verdict=Verdict.FAILED,
            misconception="M05",
            misconception_title="Alias",
            misconception_explanation="It is the same tensor.",
            misconceptions=(named,),
            observations=("Line 5 keeps .grad itself.",),
            relation="In every check that failed, the result is exactly 3 times the right one.",
            hint="Look at line 5.",
            simplest="test_failed",
            picture=drawn(),
            checks=failed,
        ),
        ExerciseReport(
            slug="vjp_matmul",
            title="Product",
            score=0,
            max_score=5,
            verdict=Verdict.CRASHED,
            message="Not all of it ran.",
            diagnosis="No misconception explains this.",
            checks=others,
        ),
    )


def quizzes_of_all_kinds() -> tuple[QuizReport, ...]:
    """Return two quizzes: one with an answer of each verdict, and one that nobody answered."""
    worth = {AnswerVerdict.RIGHT: (1.0, 1.0), AnswerVerdict.PARTLY: (0.5, 1.0), AnswerVerdict.WAITING: (0.0, 0.0)}
    answers = tuple(
        AnswerReport(
            id=f"question_{verdict.value}",
            kind="single",
            concepts=("rows",),
            seed=f"5eed{number}",
            attempt=1,
            text=f"What is {verdict.value}?",
            code="for x in y:\n    print(x)" if verdict is AnswerVerdict.WRONG else "",
            options=("a) this", "b) that"),
            points=worth.get(verdict, (0.0, 1.0))[0],
            max_points=worth.get(verdict, (0.0, 1.0))[1],
            verdict=verdict,
            message=f"Note on {verdict.value}.",
            given=f"given\n    to {verdict.value}",
            key=f"key of {verdict.value}",
            explanation=f"Reason of {verdict.value}.",
            misconception="M08" if verdict is AnswerVerdict.WRONG else None,
            misconception_title="Transposed" if verdict is AnswerVerdict.WRONG else "",
            misconception_explanation="Rows are columns." if verdict is AnswerVerdict.WRONG else "",
        )
        for number, verdict in enumerate(AnswerVerdict)
    )
    return (
        QuizReport(unit="sums", title="Sums", score=1.5, max_score=6, answers=answers),
        QuizReport(unit="graph", title="Graph", score=0, max_score=3, message="No answers were handed in."),
    )


@pytest.fixture
def quizzes() -> tuple[QuizReport, ...]:
    """Return two quizzes: one with an answer of each verdict, and one that nobody answered."""
    return quizzes_of_all_kinds()


@pytest.fixture
def make_report() -> Callable[..., Report]:
    """Return what makes an ordinary report with some fields changed."""

    def make(language: Language = "en", **changes: Any) -> Report:
        report = Report(
            student="ada",
            course="Autograd",
            language=language,
            isolation="sandbox",
            feedback="visible",
            score=4.5,
            max_score=12,
            needs_review=True,
            exercises=exercises(),
        )
        return report.model_copy(update=changes)

    return make


@pytest.fixture
def hostile_report() -> Report:
    """Return a report with hostile text in every field that holds any."""

    def of_check(check: CheckReport) -> CheckReport:
        texts = dict.fromkeys(("id", "title", "message", "limit"), HOSTILE)
        lists = {"remarks": (HOSTILE,), "covers": (HOSTILE,)}
        return check.model_copy(update={**texts, **lists, "grid": compared(HOSTILE)})

    def of_exercise(exercise: ExerciseReport) -> ExerciseReport:
        names = (
            "slug",
            "title",
            "message",
            "misconception",
            "misconception_title",
            "misconception_explanation",
        )
        texts = dict.fromkeys((*names, "diagnosis", "relation", "hint", "simplest"), HOSTILE)
        named = MisconceptionReport(id=HOSTILE, title=HOSTILE, explanation=HOSTILE, checks=(HOSTILE,))
        lists = {"misconceptions": (named,), "observations": (HOSTILE,), "picture": drawn(HOSTILE)}
        checks = tuple(of_check(check) for check in exercise.checks)
        return exercise.model_copy(update={**texts, **lists, "checks": checks})

    def of_answer(answer: AnswerReport) -> AnswerReport:
        lists = {"concepts", "options"}
        numbers = {"attempt", "points", "max_points", "verdict"}
        texts = dict.fromkeys(AnswerReport.model_fields.keys() - lists - numbers, HOSTILE)
        return answer.model_copy(update={**texts, **dict.fromkeys(lists, (HOSTILE, HOSTILE))})

    def of_quiz(quiz: QuizReport) -> QuizReport:
        texts = dict.fromkeys(("unit", "title", "message"), HOSTILE)
        return quiz.model_copy(update={**texts, "answers": tuple(of_answer(answer) for answer in quiz.answers)})

    report = Report(student="", course="", language="en", isolation="", feedback="", score=1, max_score=2)
    texts = dict.fromkeys(("student", "course", "isolation", "feedback", "message"), HOSTILE)
    first, *others = (of_exercise(exercise) for exercise in exercises())
    attacked = tuple(of_quiz(quiz) for quiz in quizzes_of_all_kinds())
    undiagnosed = first.model_copy(update={"misconception": None})
    return report.model_copy(
        update={**texts, "needs_review": True, "exercises": (undiagnosed, *others), "quizzes": attacked}
    )


@pytest.fixture
def hostile() -> str:
    """Return the hostile text."""
    return HOSTILE


@pytest.fixture
def assert_harmless() -> Callable[[str], None]:
    """Return what asserts that no character of a text deceives or steers its reader."""

    def harmless(text: str) -> None:
        assert [raw for raw in RAW if raw in text] == []
        assert r"\u202e" in text, "the attack is shown, not dropped"

    return harmless
