"""One run of a command over a class of the store, with a bar on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from grader.cli.class_feedback import ClassFeedback
from grader.cli.timing import Timing
from grader.errors import UserError
from grader.events import tell
from grader.sandbox.isolation import Isolation

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from grader.grading.class_run import ClassRun
    from grader.grading.graded import Graded
    from grader.grading.options import Assignment, Options
    from grader.grading.roll import Roll
    from grader.results.report import Language
    from grader.store.class_book import ClassBook
    from grader.store.rows import StudentRow
    from grader.store.store import Store
    from grader.submissions.submission import Submission


@dataclass(frozen=True)
class Workers:
    """Where submissions are graded: by processes of this machine, or by the workers of a cluster."""

    jobs: int
    scheduler: str | None = None
    """The address of the cluster's scheduler."""

    @classmethod
    def chosen(cls, jobs: int, scheduler: str | None, *, trust_network: bool) -> Workers:
        """Return the workers that a command's options name; UserError for a scheduler that can't be trusted."""
        from grader.grading.grade_all import cores

        if scheduler is None:
            return cls(jobs or cores())
        from grader.cluster.address import checked_address

        return cls(jobs or cores(), checked_address(scheduler, is_trusted=trust_network))

    @contextmanager
    def executor(self, assignment: Assignment, *, most: int) -> Iterator[tuple[Executor, int]]:
        """Yield what grades, and how many submissions it grades at once: at most as many as there are."""
        from grader.grading import grade_all as grading

        if self.scheduler is None:
            jobs = max(1, min(self.jobs, most))
            with grading.local_executor(assignment.options, jobs, loaded=assignment) as local:
                yield local, jobs
            return
        try:
            from grader.cluster.cluster_executor import cluster_executor
        except ModuleNotFoundError as problem:
            raise UserError(
                f"a cluster needs {problem.name}; install it with: pip install 'autograd-grader[cluster]'"
            ) from problem
        with cluster_executor(assignment, self.scheduler) as found:
            yield found


@dataclass(frozen=True)
class Wish:
    """How a class is to be graded and shown."""

    out: Path
    language: Language
    workers: Workers
    has_class_columns: bool = False

    def with_columns(self, *, has_class_columns: bool) -> Wish:
        """Return the wish with columns for what a roster and due dates say, or without."""
        return replace(self, has_class_columns=has_class_columns)


def options_of(course: Path | None, names: tuple[str, ...], isolation: Isolation) -> Options:
    """Return the options of a run over a course; its secret is empty where it has none yet."""
    from grader.catalogue.course import course_root, find_course
    from grader.grading.options import Options
    from grader.grading.secret import known_secret

    place = find_course((course or Path.cwd()).absolute())
    return Options(root=place, secret=known_secret(course_root(place)) or b"", names=names, isolation=isolation)


@contextmanager
def store_of(root: Path, given: str | None, *, must_exist: bool = False) -> Iterator[Store]:
    """Yield the store of a course; UserError where it must exist and does not."""
    from grader.store.place import shown, store_url
    from grader.store.store import exists, open_store

    url = store_url(root, given)
    if must_exist and not exists(url):
        raise UserError(f"there is no store {shown(url)}; grade a class first, or name another with --store")
    with open_store(url, tell=lambda said: typer.echo(said, err=True)) as store:
        yield store


@contextmanager
def opened_feedback(assignment: Assignment, wish: Wish, timing: Timing) -> Iterator[Callable[[Roll], ClassFeedback]]:
    """Yield what makes the feedback of a class; its folder is made at once, and its tables at the end of the block."""
    from grader.grading.class_reports import ClassReports
    from grader.reports.folder import FeedbackFolder
    from grader.reports.shown_pages import ShownPages
    from grader.reports.summary import ClassSummary

    config, made = assignment.course.config, []
    with FeedbackFolder(
        wish.out,
        config.title.in_language(wish.language),
        slugs=tuple(each.slug for each in assignment.exercises),
        quizzes=assignment.quizzes,
        has_class_columns=wish.has_class_columns,
    ) as folder:

        def make(roll: Roll) -> ClassFeedback:
            reports = ClassReports(assignment.course, wish.language)
            roll.book.store.keep_texts(reports.texts)
            made.append(ShownPages.begin(wish.out))
            isolation = assignment.options.isolation.value
            return ClassFeedback(folder, made[0], reports, roll, ClassSummary(), timing, isolation)

        yield make
    for pages in made:
        pages.finish()


def book_of(store: Store, name: str | None) -> ClassBook:
    """Return a class of a store; without a name the only one. UserError names those that there are."""
    from grader.store.class_book import ClassBook

    known = store.classes()
    if not known:
        raise UserError(f"the store {store.place} holds no class; grade one first")
    if name is None and len(known) > 1:
        raise UserError(f"the store {store.place} holds several classes ({', '.join(known)}); name one with --class")
    chosen = name or next(iter(known))
    if chosen not in known:
        raise UserError(f"there is no class {chosen!r} in the store {store.place}; it has {', '.join(known)}")
    return ClassBook(store, known[chosen], chosen)


def student_of(roll: Roll, name: str) -> StudentRow:
    """Return a student of a class, by name or by the roster's id; UserError for one who is not there."""
    from difflib import get_close_matches

    by_id = {row.enrolled.id: row for row in roll.students.values() if row.enrolled.id}
    row = roll.students.get(name) or by_id.get(name)
    if row is None:
        close = get_close_matches(name, roll.students, n=1)
        advice = f"did you mean {close[0]}?" if close else f"it has {len(roll.students)} students"
        raise UserError(f"there is no student {name!r} in the class {roll.book.name}; {advice}")
    return row


def carry_out(
    run: ClassRun, students: Iterable[StudentRow], feedback: ClassFeedback, *, total: int, workers: Workers
) -> None:
    """Grade students, and show each one as soon as what counts is known and kept."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("grading"), MofNCompleteColumn(), TimeElapsedColumn())
    tell("begun", submissions=total, jobs=workers.jobs, exercises=len(run.assignment.exercises))
    with (
        Progress(*columns, console=Console(stderr=True)) as bar,
        graders(run.assignment, workers, most=total) as grade_all,
    ):
        task = bar.add_task("", total=total)
        try:
            for settled in feedback.timing.noted(run.grade(students, grade_all)):
                feedback.show(settled)
                bar.advance(task)
        except KeyboardInterrupt:
            typer.echo("broken off; what was judged is kept, and the same command goes on from here", err=True)
            raise
    feedback.show_rest()


@contextmanager
def graders(
    assignment: Assignment, workers: Workers, *, most: int
) -> Iterator[Callable[[Iterator[Submission], Callable[[Submission], tuple[str, ...]]], Iterator[Graded]]]:
    """Yield what grades submissions; judges are started for the first of them, and end with the block."""
    from contextlib import ExitStack
    from itertools import chain

    from grader.grading import grade_all as grading

    with ExitStack() as opened:
        started: list[tuple[Executor, int]] = []

        def grade_all(
            submissions: Iterator[Submission], only: Callable[[Submission], tuple[str, ...]]
        ) -> Iterator[Graded]:
            for first in submissions:
                if not started:
                    started.append(opened.enter_context(workers.executor(assignment, most=most)))
                executor, jobs = started[0]
                yield from grading.grade_all(
                    chain([first], submissions), executor, assignment.options, in_flight=2 * jobs, only=only
                )

        yield grade_all
