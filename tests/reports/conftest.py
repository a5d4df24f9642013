"""Reports that the views are tried on: an ordinary one in both languages, and one that attacks its reader."""

from collections.abc import Callable
from typing import Any

import pytest

from grader.results.report import CheckReport, ExerciseReport, Language, Part, Report, Verdict

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
        ),
    )
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
        return check.model_copy(update={**texts, "remarks": (HOSTILE,), "covers": (HOSTILE,)})

    def of_exercise(exercise: ExerciseReport) -> ExerciseReport:
        names = (
            "slug",
            "title",
            "message",
            "misconception",
            "misconception_title",
            "misconception_explanation",
        )
        texts = dict.fromkeys((*names, "diagnosis"), HOSTILE)
        return exercise.model_copy(update={**texts, "checks": tuple(of_check(check) for check in exercise.checks)})

    report = Report(student="", course="", language="en", isolation="", feedback="", score=1, max_score=2)
    texts = dict.fromkeys(("student", "course", "isolation", "feedback", "message"), HOSTILE)
    first, *others = (of_exercise(exercise) for exercise in exercises())
    undiagnosed = first.model_copy(update={"misconception": None})
    return report.model_copy(update={**texts, "needs_review": True, "exercises": (undiagnosed, *others)})


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
