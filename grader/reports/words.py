"""The fixed words of the views, in one language.

Owns how a verdict, a number of points, an isolation and a feedback level are said.
The sentences themselves are in `grader/wording/reports.yaml`; nothing here knows a format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from grader.results.report import ExerciseReport, Language, QuizReport
from grader.results.verdicts import AnswerVerdict, Verdict
from grader.wording.message import message, table

SYMBOLS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.PASSED: "✓",
        Verdict.FAILED: "✗",
        Verdict.ERROR: "!",
        Verdict.TIMEOUT: "◷",
        Verdict.MEMORY: "▣",
        Verdict.CRASHED: "↯",
        Verdict.FORBIDDEN: "⊘",
        Verdict.SKIPPED: "»",
        Verdict.UNREAD: "◌",
        Verdict.INTERNAL: "?",
    }
)

TONES: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.PASSED: "good",
        Verdict.FAILED: "bad",
        Verdict.ERROR: "bad",
        Verdict.TIMEOUT: "warn",
        Verdict.MEMORY: "warn",
        Verdict.CRASHED: "bad",
        Verdict.FORBIDDEN: "bad",
        Verdict.SKIPPED: "quiet",
        Verdict.UNREAD: "ours",
        Verdict.INTERNAL: "ours",
    }
)
"""The mood a verdict is shown in; a symbol and a word always say it too."""

ANSWER_TONES: Mapping[AnswerVerdict, str] = MappingProxyType(
    {
        AnswerVerdict.RIGHT: "good",
        AnswerVerdict.PARTLY: "warn",
        AnswerVerdict.WRONG: "bad",
        AnswerVerdict.UNANSWERED: "quiet",
        AnswerVerdict.UNREADABLE: "bad",
        AnswerVerdict.WAITING: "quiet",
        AnswerVerdict.INTERNAL: "ours",
    }
)

ANSWER_ICONS: Mapping[AnswerVerdict, str] = MappingProxyType(
    {
        AnswerVerdict.RIGHT: "passed",
        AnswerVerdict.PARTLY: "error",
        AnswerVerdict.WRONG: "failed",
        AnswerVerdict.UNANSWERED: "skipped",
        AnswerVerdict.UNREADABLE: "error",
        AnswerVerdict.WAITING: "timeout",
        AnswerVerdict.INTERNAL: "internal",
    }
)
"""The drawing of the verdict on an exercise that says most nearly the same."""


def tone(verdict: Verdict, points: float) -> str:
    """Return the mood that an exercise is shown in: who has earned a part is not shown the red of nothing."""
    return "warn" if TONES[verdict] == "bad" and points > 0 else TONES[verdict]


@dataclass(frozen=True)
class Words:
    """Says the fixed words of the views in `language`."""

    language: Language

    def say(self, key: str, /, **params: Any) -> str:
        """Return the words `reports.<key>`; KeyError for an unknown key."""
        return message(f"reports.{key}", **params).text(self.language)

    def named(self, kind: str, name: str) -> str:
        """Return the words for a `name` of `kind` (verdict, part, isolation, …), else the name itself."""
        key = f"{kind}_{name}"
        return self.say(key) if key in table("reports") else name

    def outcome(self, exercise: ExerciseReport) -> str:
        """Return what became of an exercise, in words."""
        if exercise.verdict in (Verdict.FAILED, Verdict.ERROR) and exercise.score > 0:
            return self.say("partly_passed")
        return self.named("verdict", exercise.verdict.value)

    def count(self, key: str, number: int) -> str:
        """Return `key` said of a number of things, with the singular's own words for one."""
        return self.say(f"{key}_one" if number == 1 else f"{key}_many", number=number)

    def answered(self, quiz: QuizReport) -> str:
        """Return how many of a quiz's questions were answered rightly, in words; `-` where none was looked at."""
        if not quiz.answers:
            return "–"  # noqa: RUF001 - a dash
        right = sum(each.verdict is AnswerVerdict.RIGHT for each in quiz.answers)
        return self.say("right_of", right=right, total=len(quiz.answers))

    def score(self, points: float, max_points: float) -> str:
        """Return such as `3.5 of 4 points`."""
        return self.say("score", points=number(points), max_points=number(max_points))


def number(value: float) -> str:
    """Return points as a teacher writes them: at most three decimals, no trailing zeros."""
    return f"{round(value, 3) + 0.0:.3f}".rstrip("0").rstrip(".")


def percent(points: float, max_points: float) -> float | None:
    """Return the share of `max_points` in percent, 0 to 100, or None where nothing could be earned."""
    if not max_points > 0:
        return None
    return round(min(max(100 * points / max_points, 0.0), 100.0), 2)
