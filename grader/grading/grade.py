"""What judged exercises and marked quizzes come to: the facts of one submission.

The only place that knows judge, diagnosis and quiz together. Puts nothing into words: that is for who looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.catalogue.exercise import Exercise
from grader.diagnosis.diagnose import Case, Lore, diagnose
from grader.diagnosis.observations import observations_of
from grader.diagnosis.witness import ending_of, witnesses_of
from grader.grading.graded import Cells, Graded
from grader.grading.options import Assignment
from grader.grading.quiz_marks import mark_quizzes
from grader.judge.outcome import Check, Outcome
from grader.judge.record_failure import RecordedFailure
from grader.results.facts import CheckFacts, ExerciseFacts, RecordingFacts, SubmissionFacts
from grader.results.verdicts import Verdict, gravest
from grader.submissions.submission import Submission
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
        remarks=marked.remarks,
        exercises=tuple(each.facts for each in exercises),
        quizzes=marked.quizzes,
    )
    traces = tuple(trace for each in exercises for trace in each.traces) + marked.traces
    cells = {name: each.cells[name] for each in reversed(exercises) for name in each.cells}
    return Graded(facts, traces, cells)


@dataclass(frozen=True)
class WeighedExercise:
    """What the outcomes of an exercise's checks come to by themselves: the same for all who gave the same replies."""

    facts: ExerciseFacts
    case: Case
    traces: tuple[str, ...] = ()


def weighed(exercise: Exercise, outcomes: Sequence[Outcome], assignment: Assignment) -> WeighedExercise:
    """Return what the checks of an exercise, which have run, come to."""
    failed = {each.check.id: each.evidence for each in outcomes if each.evidence}
    passed = [evidence for each in outcomes for evidence in each.counter_evidence]
    facts = ExerciseFacts(
        slug=exercise.slug,
        verdict=gravest(tuple(each.ending.verdict for each in outcomes)),
        checks=tuple(map(check_facts, outcomes)),
    )
    witnesses = witnesses_of(failed, passed, exercise.wrong_solutions, assignment.tolerances)
    case = Case(exercise.slug, {name: ending_of(evidence) for name, evidence in failed.items()}, witnesses)
    return WeighedExercise(facts, case, tuple(each.ending.trace for each in outcomes if each.ending.trace))


def explained(found: WeighedExercise, recorded: RecordedFailure | None, lore: Lore) -> GradedExercise:
    """Return an exercise's facts with one student's own recording, and what both tell about the cause."""
    observations = observations_of(recorded.recording) if recorded else ()
    case = replace(
        found.case,
        recorded=recorded.check if recorded else "",
        observations=tuple(each.name for each in observations),
    )
    changes = {"recording": recording_facts(recorded), "observations": observations, "diagnosis": diagnose(case, lore)}
    return GradedExercise(found.facts.model_copy(update=changes), found.traces)


def recording_facts(recorded: RecordedFailure | None) -> RecordingFacts | None:
    """Return a recording as facts."""
    if recorded is None:
        return None
    return RecordingFacts(check=recorded.check, call=recorded.call, recording=recorded.recording)


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


def unreadable(exercise: Exercise, checks: Iterable[Check], problem: Message) -> ExerciseFacts:
    """Return the facts of an exercise for which there is nothing to run."""
    waited = message("grading.waited")
    skipped = tuple(
        CheckFacts(
            id=check.id,
            part=check.part,
            points=0.0,
            max_points=check.points,
            verdict=Verdict.SKIPPED,
            finding=waited,
            brief=waited,
            covers=check.covers,
        )
        for check in checks
    )
    return ExerciseFacts(slug=exercise.slug, verdict=Verdict.ERROR, problem=problem, checks=skipped)
