"""What judged exercises and marked quizzes come to: the facts of one submission.

The only place that knows judge, diagnosis and quiz together. Puts nothing into words: that is for who looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.catalogue.exercise import Exercise
from grader.comparison.evidence import Aspect
from grader.comparison.grid import grid
from grader.config.course_config import Tolerances
from grader.diagnosis.diagnose import Case, Lore, diagnose
from grader.diagnosis.observations import observations_of
from grader.diagnosis.relations import relation
from grader.diagnosis.witness import Trial, ending_of, witnesses_of
from grader.grading.graded import Cells, Graded
from grader.grading.options import Assignment
from grader.grading.quiz_marks import mark_quizzes
from grader.judge.outcome import Check, Outcome
from grader.judge.record_failure import RecordedFailure
from grader.results.facts import CheckFacts, ExerciseFacts, GridFacts, RecordingFacts, SourceLine, SubmissionFacts
from grader.results.verdicts import Verdict, gravest
from grader.submissions.submission import SourceFile, Submission, is_unread
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
    marked = mark_quizzes(submission.student, submission.sheet, assignment, known_as=submission.known_as)
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


@dataclass(frozen=True)
class WeighedExercise:
    """What the outcomes of an exercise's checks come to by themselves: the same for all who gave the same replies."""

    facts: ExerciseFacts
    case: Case
    traces: tuple[str, ...] = ()
    relations: dict[tuple[str, ...], Message | None] = field(default_factory=dict)
    """The relation that holds for some failed checks, by their ids, once it was looked for."""


def weighed(exercise: Exercise, outcomes: Sequence[Outcome], assignment: Assignment, trial: Trial) -> WeighedExercise:
    """Return what the checks of an exercise, which have run, come to."""
    failed = {each.check.id: each.evidence for each in outcomes if each.evidence}
    passed = [evidence for each in outcomes for evidence in each.counter_evidence]
    facts = ExerciseFacts(
        slug=exercise.slug,
        verdict=gravest(tuple(each.ending.verdict for each in outcomes)),
        checks=tuple(check_facts(each, assignment.tolerances) for each in outcomes),
    )
    witnesses = witnesses_of(failed, passed, exercise.wrong_solutions, trial)
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


def with_lines(facts: ExerciseFacts, source: SourceFile) -> ExerciseFacts:
    """Return an exercise's facts with the lines of the source that the recording and the observations name."""
    if facts.recording is None:
        return facts
    places = set(facts.recording.recording.places())
    places |= {(each.cause, each.cause_cell) for each in facts.observations}
    recording = facts.recording.model_copy(update={"lines": tuple(source_lines(source, places))})
    return facts.model_copy(update={"recording": recording})


def source_lines(source: SourceFile, places: Iterable[tuple[int, int]]) -> Iterator[SourceLine]:
    """Yield some lines of a source, in order."""
    for line, cell in sorted(places, key=lambda place: place[::-1]):
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


def with_relation(
    facts: ExerciseFacts, outcomes: Sequence[Outcome], known: WeighedExercise, tolerances: Tolerances
) -> ExerciseFacts:
    """Return facts with the relation that holds for all failed checks that are not explained; a stop allows none."""
    explained = {check for each in facts.diagnosis.misconceptions for check in each.checks}
    rest = [each for each in outcomes if each.check.id not in explained and each.ending.verdict not in UNTOLD]
    evidence = [each.evidence for each in rest if each.evidence]
    names = tuple(each.check.id for each in rest)
    if names not in known.relations:
        known.relations[names] = relation(evidence, tolerances) if len(evidence) == len(rest) else None
    return facts.model_copy(
        update={"diagnosis": facts.diagnosis.model_copy(update={"relation": known.relations[names]})}
    )


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
