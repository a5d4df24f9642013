"""What judged exercises and marked quizzes come to: the facts of one submission.

The only place that knows judge, diagnosis and quiz together. Puts nothing into words: that is for who looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.catalogue.exercise import Exercise
from grader.diagnosis.diagnose import Diagnosis, diagnose
from grader.grading.graded import Cells, Graded
from grader.grading.options import Assignment
from grader.grading.quiz_marks import mark_quizzes
from grader.judge.outcome import Check, Outcome
from grader.results.facts import CheckFacts, DiagnosisFacts, ExerciseFacts, Explained, SubmissionFacts
from grader.results.verdicts import Verdict, gravest
from grader.submissions.submission import Submission, is_unread
from grader.wording.message import Message, message


@dataclass(frozen=True)
class GradedExercise:
    """One exercise's facts, the tracebacks behind its internal verdicts, and a notebook's outputs by its name."""

    facts: ExerciseFacts
    traces: tuple[str, ...] = ()
    cells: Mapping[str, Cells] = field(default_factory=dict)


def put_together(submission: Submission, assignment: Assignment, exercises: Sequence[GradedExercise]) -> Graded:
    """Return the facts of a submission whose exercises, if any, have been graded; mark its quizzes."""
    marked = mark_quizzes(submission.student, submission.sheet, assignment)
    facts = SubmissionFacts(
        student=submission.student,
        course=assignment.course.version,
        isolation=assignment.options.isolation.value,
        problem=submission.problem,
        remarks=(*submission.remarks, *marked.remarks),
        exercises=tuple(each.facts for each in exercises),
        quizzes=marked.quizzes,
    )
    traces = tuple(trace for each in exercises for trace in each.traces) + marked.traces
    cells = {name: each.cells[name] for each in reversed(exercises) for name in each.cells}
    return Graded(facts, traces, cells)


def judged(exercise: Exercise, outcomes: Sequence[Outcome], assignment: Assignment) -> GradedExercise:
    """Return the facts of an exercise whose checks have run."""
    failed = {each.check.id: each.evidence for each in outcomes if each.evidence}
    passed = [evidence for each in outcomes for evidence in each.counter_evidence]
    found = diagnose(list(failed.values()), exercise.wrong_solutions, assignment.tolerances, passed=passed)
    facts = ExerciseFacts(
        slug=exercise.slug,
        verdict=gravest(tuple(each.ending.verdict for each in outcomes)),
        checks=tuple(map(check_facts, outcomes)),
        diagnosis=diagnosis_facts(found, tuple(failed)),
    )
    return GradedExercise(facts, tuple(each.ending.trace for each in outcomes if each.ending.trace))


def check_facts(outcome: Outcome) -> CheckFacts:
    """Return one check's facts; an internal verdict takes the check out of the reckoning."""
    check, ending = outcome.check, outcome.ending
    return CheckFacts(
        id=check.id,
        part=check.part,
        points=check.points if ending.verdict is Verdict.PASSED else 0.0,
        max_points=0.0 if ending.verdict is Verdict.INTERNAL else check.points,
        verdict=ending.verdict,
        finding=ending.finding,
        brief=ending.brief,
        limit=ending.limit,
        remarks=outcome.remarks,
        covers=check.covers,
    )


def diagnosis_facts(found: Diagnosis, failed: tuple[str, ...]) -> DiagnosisFacts:
    """Return the facts of a diagnosis of the `failed` checks; one misconception alone is named."""
    if found.misconception:
        named = Explained(misconception=found.misconception, checks=failed)
        return DiagnosisFacts(tried=True, misconceptions=(named,))
    return DiagnosisFacts(tried=found.tried, candidates=found.candidates)


def unreadable(exercise: Exercise, checks: Iterable[Check], problem: Message) -> ExerciseFacts:
    """Return the facts of an exercise for which there is nothing to run."""
    waited, unread = message("grading.waited"), is_unread(problem)
    skipped = tuple(
        CheckFacts(
            id=check.id,
            part=check.part,
            points=0.0,
            max_points=0.0 if unread else check.points,
            verdict=Verdict.SKIPPED,
            finding=waited,
            brief=waited,
            covers=check.covers,
        )
        for check in checks
    )
    verdict = Verdict.UNREAD if unread else Verdict.ERROR
    return ExerciseFacts(slug=exercise.slug, verdict=verdict, problem=problem, checks=skipped)
