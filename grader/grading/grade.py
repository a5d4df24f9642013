"""What judged exercises and marked quizzes come to: one report.

The only place that knows judge, diagnosis and quiz together. Everything that a student reads is put into words here and
in `quiz_marks`, in the report's language and as far as its feedback level allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.catalogue.exercise import Exercise
from grader.diagnosis.diagnose import Diagnosis, diagnose
from grader.grading.graded import DIGITS, Cells, Graded, student_report
from grader.grading.options import Assignment
from grader.grading.quiz_marks import mark_quizzes
from grader.judge.outcome import Check, Outcome
from grader.results.report import CheckReport, ExerciseReport, Verdict, gravest
from grader.submissions.submission import Submission
from grader.wording.message import Message, message


@dataclass(frozen=True)
class GradedExercise:
    """One exercise's report, the tracebacks behind its internal verdicts, and a notebook's outputs by its name."""

    report: ExerciseReport
    traces: tuple[str, ...] = ()
    cells: Mapping[str, Cells] = field(default_factory=dict)


def put_together(submission: Submission, assignment: Assignment, exercises: Sequence[GradedExercise]) -> Graded:
    """Return the report of a submission whose exercises, if any, have been graded; mark its quizzes."""
    marked = mark_quizzes(submission.student, submission.sheet, assignment)
    problem = [submission.problem.text(assignment.options.language)] if submission.problem else []
    words = "\n".join([*problem, *marked.remarks])
    reports = tuple(each.report for each in exercises)
    traces = tuple(trace for each in exercises for trace in each.traces) + marked.traces
    cells = {name: each.cells[name] for each in reversed(exercises) for name in each.cells}
    return Graded(
        student_report(submission.student, reports, assignment, quizzes=marked.quizzes, message=words), traces, cells
    )


def judged(exercise: Exercise, outcomes: Sequence[Outcome], assignment: Assignment) -> GradedExercise:
    """Return the report of an exercise whose checks have run."""
    language = assignment.options.language
    failed = [each.evidence for each in outcomes if each.evidence]
    passed = [evidence for each in outcomes for evidence in each.counter_evidence]
    diagnosis = diagnose(failed, exercise.wrong_solutions, assignment.tolerances, passed=passed)
    checks = tuple(check_report(each, language, tells_all=assignment.options.tells_all) for each in outcomes)
    report = ExerciseReport(
        slug=exercise.slug,
        title=exercise.sheet.title.in_language(language),
        score=round(sum(each.points for each in checks), DIGITS),
        max_score=round(sum(each.max_points for each in checks), DIGITS),
        verdict=gravest(tuple(each.verdict for each in checks)),
        checks=checks,
        **diagnosis_fields(diagnosis, assignment),
    )
    return GradedExercise(report, tuple(each.ending.trace for each in outcomes if each.ending.trace))


def check_report(outcome: Outcome, language: str, *, tells_all: bool) -> CheckReport:
    """Return one check's report; an internal verdict takes the check out of the reckoning."""
    check, ending = outcome.check, outcome.ending
    counted = 0.0 if ending.verdict is Verdict.INTERNAL else check.points
    words = ending.finding if tells_all else ending.brief
    return CheckReport(
        id=check.id,
        title=check.title[language],
        part=check.part,
        points=check.points if ending.verdict is Verdict.PASSED else 0.0,
        max_points=counted,
        verdict=ending.verdict,
        message=words.text(language) if words else "",
        limit=ending.limit,
        remarks=tuple(remark.text(language) for remark in outcome.remarks) if tells_all else (),
        covers=check.covers,
    )


def diagnosis_fields(diagnosis: Diagnosis, assignment: Assignment) -> dict[str, str | None]:
    """Return the report's words for a diagnosis."""
    language = assignment.options.language
    known = assignment.course.misconceptions
    if (named := diagnosis.misconception) and named in known:
        return {
            "misconception": named,
            "misconception_title": known[named].title.in_language(language),
            "misconception_explanation": known[named].explanation.in_language(language),
        }
    if not diagnosis.tried:
        return {}
    if diagnosis.candidates:
        titles = [known[each].title.in_language(language) for each in diagnosis.candidates if each in known]
        return {"diagnosis": message("grading.several", titles=" · ".join(titles)).text(language)}
    return {"diagnosis": message("grading.unknown").text(language)}


def unreadable(exercise: Exercise, checks: Iterable[Check], problem: Message, language: str) -> ExerciseReport:
    """Return the report of an exercise for which there is nothing to run."""
    waited = message("grading.waited").text(language)
    skipped = tuple(
        CheckReport(
            id=check.id,
            title=check.title[language],
            part=check.part,
            points=0.0,
            max_points=check.points,
            verdict=Verdict.SKIPPED,
            message=waited,
            covers=check.covers,
        )
        for check in checks
    )
    return ExerciseReport(
        slug=exercise.slug,
        title=exercise.sheet.title.in_language(language),
        score=0.0,
        max_score=round(sum(each.max_points for each in skipped), DIGITS),
        verdict=Verdict.ERROR,
        message=problem.text(language),
        checks=skipped,
    )
