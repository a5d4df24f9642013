"""Running the public tests of a released exercise in the sandbox, where there is no course to judge by.

Owns the student process that runs them. What they find is that process's own word: it is for the student's eyes and is
no mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.catalogue.one_language import titled
from grader.catalogue.visible_tests import VisibleTests
from grader.errors import UserError
from grader.judge.words import stop_finding
from grader.learn.cells import read_cells
from grader.learn.handout import HandedOut
from grader.protocol.messages import Begin, Call, Load, Loaded, Observed, Raised
from grader.results.public_report import PublicCheck, PublicReport
from grader.results.report import Language
from grader.results.verdicts import Verdict
from grader.sandbox.isolation import Isolation
from grader.sandbox.limits import Limits
from grader.sandbox.process import Stopped, StudentProcess
from grader.sandbox.sandbox import Sandbox
from grader.submissions.wanted import Wanted
from grader.wording.message import message

VERDICTS = {"wall": Verdict.TIMEOUT, "cpu": Verdict.TIMEOUT, "memory": Verdict.MEMORY}


@dataclass
class PublicRunner:
    """Keeps a warm sandbox that runs public tests; `close` ends it."""

    isolation: Isolation = Isolation.SANDBOX
    _sandbox: Sandbox | None = None

    def report_on(self, exercise: HandedOut, cells: Sequence[str], language: Language) -> PublicReport:
        """Return what the public tests of an exercise say of these cells; GraderError where none can be run."""
        tests = exercise.tests()
        wanted = Wanted({exercise.slug: (exercise.slug,)})
        submission = read_cells("student", exercise.slug, cells, wanted, beside=modules_beside(exercise))
        if problem := submission.problem or submission.problems.get(exercise.slug):
            raise UserError(problem.text(language))
        source = submission.files[exercise.slug]
        modules = tuple((each.name, each.file, each.text) for each in source.modules)
        load = Load(source.name, (*source.cells, *cells_of(tests)), notebook=True, entries=(), modules=modules)
        return PublicReport(
            slug=exercise.slug,
            language=language,
            isolation=self.isolation.value,
            checks=Run(self._opened(), load, tests, language).checks(),
        )

    def close(self) -> None:
        """End the sandbox; the next report opens another."""
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None

    def _opened(self) -> Sandbox:
        if self._sandbox is None:
            self._sandbox = Sandbox(Limits(), isolation=self.isolation, notebooks_only=True).__enter__()
        return self._sandbox


def modules_beside(exercise: HandedOut) -> list[Path]:
    """Return the student's own modules beside a file."""
    return [
        path
        for path in sorted(exercise.file.parent.glob("*.py"))
        if path != exercise.file and not path.name.startswith("test_") and path.stem != exercise.slug
    ]


def cells_of(tests: VisibleTests) -> tuple[str, ...]:
    """Return the cells that make a function of each public test, which takes no arguments."""
    calls = [
        "\n    ".join([f"def {runner(place)}():", *each.calls.split("\n")]) for place, each in enumerate(tests.tests)
    ]
    return (tests.setup, *(each.definition for each in tests.tests), "\n\n\n".join(calls))


def runner(place: int) -> str:
    """Return the name of the function that runs a test."""
    return f"run_public_test_{place}"


@dataclass
class Run:
    """The public tests of one exercise, run on one source."""

    sandbox: Sandbox
    load: Load
    tests: VisibleTests
    language: Language
    _process: StudentProcess | None = None

    def checks(self) -> tuple[PublicCheck, ...]:
        """Return what each test found; after a stop the others get a process of their own."""
        try:
            return tuple(self._check(place) for place in range(len(self.tests.tests)))
        finally:
            self._drop()

    def _check(self, place: int) -> PublicCheck:
        title = titled(self.tests.tests[place].docstring, self.language) or self.tests.tests[place].name
        try:
            raised = self._run(place)
        except Stopped as stop:
            self._drop()
            said = stop_finding(stop.limit, stop.detail, self.sandbox.limits).text(self.language)
            return PublicCheck(title=title, verdict=VERDICTS.get(stop.limit or "", Verdict.CRASHED), message=said)
        if raised is None:
            return PublicCheck(title=title, verdict=Verdict.PASSED)
        verdict = Verdict.FAILED if raised.type == "AssertionError" else Verdict.ERROR
        return PublicCheck(title=title, verdict=verdict, message=self._told(raised))

    def _run(self, place: int) -> Raised | None:
        """Return what a test raised, or None."""
        process = self._begun()
        match process.ask(Call(runner(place), ())):
            case Observed((observation, *_)):
                return observation.raised
        raise Stopped("message", "an answer to another question")

    def _begun(self) -> StudentProcess:
        """Return a process that has loaded the source."""
        if self._process is None:
            self._process = self.sandbox.start(notebook=True)
            if not isinstance(self._process.ask(self.load), Loaded):
                raise Stopped("message", "an answer to another question")
            self._process.ask(Begin(self.load.name))
        return self._process

    def _told(self, raised: Raised) -> str:
        """Return the line that raised, and what it said."""
        lines = self.load.cells[raised.cell - 1].splitlines() if 0 < raised.cell <= len(self.load.cells) else []
        line = lines[raised.line - 1].strip() if 0 < raised.line <= len(lines) else ""
        said = raised.message if raised.type == "AssertionError" else f"{raised.type}: {raised.message}"
        if raised.type == "NotImplementedError":
            return message("learn.not_written").text(self.language)
        return "\n".join([*([f"    {line}"] if line else []), said.strip()]).rstrip()

    def _drop(self) -> None:
        if self._process is not None:
            with suppress(OSError):
                self._process.close()
            self._process = None
