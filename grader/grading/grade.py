"""What judged exercises and marked quizzes come to: the facts of one submission.

The only place that knows judge, diagnosis and quiz together. Puts nothing into words: that is for who looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from grader.catalogue.exercise import Exercise
from grader.comparison.evidence import Aspect
from grader.comparison.grid import grid
from grader.config.course_config import Tolerances
from grader.diagnosis.diagnose import Diagnosis, diagnose
from grader.diagnosis.relations import relation
from grader.grading.graded import Cells, Graded
from grader.grading.options import Assignment
from grader.grading.quiz_marks import mark_quizzes
from grader.judge.outcome import Check, Outcome
from grader.judge.record_failure import RecordedFailure
from grader.protocol.recording import Recording
from grader.results.facts import (
    CheckFacts,
    DiagnosisFacts,
    ExerciseFacts,
    Explained,
    GridFacts,
    RecordingFacts,
    SourceLine,
    SubmissionFacts,
)
from grader.results.verdicts import Verdict, gravest
from grader.submissions.submission import SourceFile, Submission
from grader.wording.message import Message, message

LONGEST_LINE = 200
UNTOLD = (Verdict.PASSED, Verdict.SKIPPED, Verdict.INTERNAL)
"""The verdicts of checks that tell nothing of what is wrong."""


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


def judged(exercise: Exercise, outcomes: Sequence[Outcome], assignment: Assignment) -> GradedExercise:
    """Return the facts of an exercise whose checks have run."""
    failed = {each.check.id: each.evidence for each in outcomes if each.evidence}
    passed = [evidence for each in outcomes for evidence in each.counter_evidence]
    found = diagnose(list(failed.values()), exercise.wrong_solutions, assignment.tolerances, passed=passed)
    facts = ExerciseFacts(
        slug=exercise.slug,
        verdict=gravest(tuple(each.ending.verdict for each in outcomes)),
        checks=tuple(check_facts(each, assignment.tolerances) for each in outcomes),
        diagnosis=with_relation(diagnosis_facts(found, tuple(failed)), outcomes, assignment.tolerances),
    )
    return GradedExercise(facts, tuple(each.ending.trace for each in outcomes if each.ending.trace))


def with_recording(facts: ExerciseFacts, recorded: RecordedFailure | None, source: SourceFile) -> ExerciseFacts:
    """Return the facts of an exercise with one student's own recording, and the lines of the source that it names."""
    if recorded is None:
        return facts
    recording = RecordingFacts(
        check=recorded.check,
        call=recorded.call,
        recording=recorded.recording,
        lines=tuple(source_lines(source, recorded.recording)),
    )
    return facts.model_copy(update={"recording": recording})


def source_lines(source: SourceFile, recording: Recording) -> Iterator[SourceLine]:
    """Yield the lines that a recording names, in order."""
    for line, cell in sorted(set(recording.places()), key=lambda place: place[::-1]):
        rows = (source.cells[cell - 1] if cell else "\n".join(source.cells)).split("\n")
        if line:
            yield SourceLine(cell=cell, line=line, text=rows[line - 1].rstrip()[:LONGEST_LINE])


def check_facts(outcome: Outcome, tolerances: Tolerances) -> CheckFacts:
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
        grid=grid_of(outcome, tolerances),
        limit=ending.limit,
        remarks=outcome.remarks,
        covers=check.covers,
    )


def grid_of(outcome: Outcome, tolerances: Tolerances) -> GridFacts | None:
    """Return the result that made a check fail as a grid, or None where it failed for another reason."""
    if outcome.ending.verdict is not Verdict.FAILED or outcome.ending.aspect is not Aspect.VALUE:
        return None
    compared = outcome.calls[-1].compared if outcome.calls else ()
    return grid(*compared[-1], tolerances) if compared else None


def diagnosis_facts(found: Diagnosis, failed: tuple[str, ...]) -> DiagnosisFacts:
    """Return the facts of a diagnosis of the `failed` checks; one misconception alone is named."""
    if found.misconception:
        named = Explained(misconception=found.misconception, checks=failed)
        return DiagnosisFacts(tried=True, misconceptions=(named,))
    return DiagnosisFacts(tried=found.tried, candidates=found.candidates)


def with_relation(found: DiagnosisFacts, outcomes: Sequence[Outcome], tolerances: Tolerances) -> DiagnosisFacts:
    """Return a diagnosis with the relation that holds for all that it leaves unexplained; a stop allows none."""
    explained = {check for each in found.misconceptions for check in each.checks}
    rest = [each for each in outcomes if each.check.id not in explained and each.ending.verdict not in UNTOLD]
    evidence = [each.evidence for each in rest if each.evidence]
    if len(evidence) < len(rest):
        return found
    return found.model_copy(update={"relation": relation(evidence, tolerances)})


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
