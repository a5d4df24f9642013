"""Putting the facts of one exercise into words: what happened, which misconception explains it, which hint to take.

Owns what a report on an exercise tells and what it withholds until everything may be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.reports.picture import picture
from grader.results.facts import CheckFacts, DiagnosisFacts, ExerciseFacts, GridFacts, ObservationFacts
from grader.results.report import CheckReport, ExerciseReport, GridReport, Language, MisconceptionReport
from grader.results.texts import Both, CourseTexts
from grader.results.verdicts import Verdict
from grader.wording.message import Message, message

TELLING = (Verdict.FAILED, Verdict.ERROR)
"""The verdicts of checks that have a result to explain."""
RUN = tuple(each for each in Verdict if each is not Verdict.SKIPPED)
NOT_RUN = ("judge.given_up", "judge.budget_spent")
"""The findings of checks that were given up because of earlier ones, which say more."""
NOTHING_TO_HELP_WITH = ("judge.not_implemented", "judge.missing_function", "judge.load_raised")
"""How the findings begin of work that is not written yet or can't be run."""


def simplest_check(facts: ExerciseFacts, *, tells_all: bool) -> CheckFacts | None:
    """Return the check to tell whole: the recorded one, else the one with the least to read that is explained first.

    Below *visible* it is the first that did not pass: its choice must not depend on hidden inputs.
    """
    not_passed = [each for each in facts.checks if each.verdict not in (Verdict.PASSED, Verdict.SKIPPED)]
    if not tells_all or not not_passed:
        return next(iter(not_passed), None)
    recorded = [each for each in not_passed if facts.recording and each.id == facts.recording.check]
    explained = facts.diagnosis.misconceptions[0].checks if facts.diagnosis.misconceptions else ()

    def effort(check: CheckFacts) -> tuple[bool, bool, bool, int]:
        return (
            check.finding is not None and check.finding.key in NOT_RUN,
            check.verdict not in TELLING,
            bool(explained) and check.id not in explained,
            len(check.finding.text("en")) if check.finding else 0,
        )

    return recorded[0] if recorded else min(not_passed, key=effort)


def begins_alike(check: CheckFacts) -> bool:
    """Whether a check found only that the function is not there to be judged."""
    return check.finding is not None and check.finding.key.startswith(NOTHING_TO_HELP_WITH)


def is_unwritten(facts: ExerciseFacts) -> bool:
    """Whether every check found that the function is not written yet."""
    found = [each.finding for each in facts.checks if each.verdict in RUN]
    return bool(found) and all(each is not None and each.key == "judge.not_implemented" for each in found)


def place(line: int, cell: int) -> Message:
    """Return the words for a line of the student's own source; 0 is one that is not known."""
    if not line:
        return message("observations.some_line")
    return (
        message("observations.line_in_cell", line=line, cell=cell) if cell else message("observations.line", line=line)
    )


def capitalised(sentence: str) -> str:
    """Return a sentence with its first letter in upper case."""
    return sentence[:1].upper() + sentence[1:]


def titled(titles: Mapping[str, Both], name: str, language: Language) -> str:
    """Return the title of something in the course; its name where it has none."""
    return titles[name].text(language) if name in titles else name


def said(words: Message | None, language: Language) -> str:
    """Return a message in words, or nothing."""
    return words.text(language) if words else ""


@dataclass(frozen=True)
class ExerciseWriter:
    """Puts the facts of exercises into words."""

    texts: CourseTexts
    language: Language
    tells_all: bool
    """Whether hidden inputs, expected values and the student's own words may be told."""

    def exercise(self, facts: ExerciseFacts) -> ExerciseReport:
        """Return the report on one exercise."""
        named = self.misconceptions(facts.diagnosis)
        first = named[0] if named else None
        simplest = simplest_check(facts, tells_all=self.tells_all)
        observations = tuple(map(self.observation, facts.observations)) if self.tells_all else ()
        relation = self.relation(facts) if self.tells_all else ""
        return ExerciseReport(
            slug=facts.slug,
            title=titled(self.texts.exercises, facts.slug, self.language),
            score=facts.points,
            max_score=facts.max_points,
            verdict=facts.verdict,
            message=said(facts.problem or self.met_by_all(facts), self.language),
            is_begun=not is_unwritten(facts),
            misconception=first.id if first else None,
            misconception_title=first.title if first else "",
            misconception_explanation=first.explanation if first else "",
            misconceptions=named,
            diagnosis=self.diagnosis(facts, is_told=bool(observations or relation)),
            observations=observations,
            relation=relation,
            hint=self.hint(facts, simplest),
            simplest=simplest.id if simplest else None,
            picture=picture(facts.recording, self.language) if facts.recording and self.tells_all else None,
            checks=tuple(self.check(each, facts.slug) for each in facts.checks),
            is_marked=facts.mark is not None,
            comment=facts.mark.comment if facts.mark else "",
        )

    def met_by_all(self, facts: ExerciseFacts) -> Message | None:
        """Return what every check met that was run, such as a file that can't be run; None where they differ."""
        met = [each.finding if self.tells_all else each.brief for each in facts.checks if each.verdict in RUN]
        alike = len(met) > 1 and all(each == met[0] for each in met) and met[0] is not None
        return met[0] if alike and met[0] != message("judge.brief_failed") else None

    def check(self, facts: CheckFacts, slug: str) -> CheckReport:
        """Return the report on one check of an exercise."""
        return CheckReport(
            id=facts.id,
            title=titled(self.texts.checks.get(slug, {}), facts.id, self.language),
            part=facts.part,
            points=facts.points,
            max_points=facts.max_points,
            verdict=facts.verdict,
            message=said(facts.finding if self.tells_all else facts.brief, self.language),
            limit=facts.limit,
            remarks=tuple(each.text(self.language) for each in facts.remarks) if self.tells_all else (),
            covers=facts.covers,
            grid=self.grid(facts.grid) if facts.grid and self.tells_all else None,
        )

    def grid(self, facts: GridFacts) -> GridReport:
        """Return a wrong result beside the right one."""
        part = message("judge.part", path=facts.path) if facts.path else message("judge.whole")
        return GridReport(part=part.text(self.language), got=facts.got, expected=facts.expected, wrong=facts.wrong)

    def observation(self, facts: ObservationFacts) -> str:
        """Return what a recording shows, as a sentence."""
        line, cause = place(facts.line, facts.cell), place(facts.cause, facts.cause_cell)
        return capitalised(message(f"observations.{facts.name}", line=line, cause=cause).text(self.language))

    def relation(self, facts: ExerciseFacts) -> str:
        """Return what the wrong results that no misconception explains have to do with the right ones, or nothing."""
        if facts.diagnosis.relation is None:
            return ""
        explained = any(each.checks for each in facts.diagnosis.misconceptions)
        holds = "relations.in_every_other" if explained else "relations.in_every_check"
        if sum(each.verdict in TELLING for each in facts.checks) == 1:
            holds = "relations.in_the_check"
        return message(holds, relation=facts.diagnosis.relation).text(self.language)

    def hint(self, facts: ExerciseFacts, simplest: CheckFacts | None) -> str:
        """Return the hint to take first; nothing where all is well or nothing is written yet."""
        hints = self.texts.hints.get(facts.slug, ())
        if simplest is None or not hints or simplest.verdict not in TELLING or begins_alike(simplest):
            return ""
        return hints[0].text(self.language)

    def misconceptions(self, facts: DiagnosisFacts) -> tuple[MisconceptionReport, ...]:
        """Return the misconceptions that are named, as far as the course describes them."""
        known = self.texts.misconceptions
        return tuple(
            MisconceptionReport(
                id=each.misconception,
                title=known[each.misconception].title.text(self.language),
                explanation=known[each.misconception].explanation.text(self.language),
                checks=each.checks,
            )
            for each in facts.misconceptions
            if each.misconception in known
        )

    def diagnosis(self, facts: ExerciseFacts, *, is_told: bool) -> str:
        """Return one honest sentence on what no misconception explains; empty where the rest `is_told` otherwise."""
        found, known = facts.diagnosis, self.texts.misconceptions
        is_named = any(each.misconception in known for each in found.misconceptions)
        if titles := [known[each].title.text(self.language) for each in found.candidates if each in known]:
            key = "grading.several_others" if is_named else "grading.several"
            return message(key, titles=" · ".join(titles)).text(self.language)
        if is_told or not found.tried or (is_named and not found.unexplained):
            return ""
        if is_named:
            return message("grading.unexplained", number=len(found.unexplained)).text(self.language)
        return message("grading.unknown").text(self.language)
