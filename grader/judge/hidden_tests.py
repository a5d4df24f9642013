"""The hidden tests of a course, collected by pytest when they are first asked for, and run as often as one likes.

Owns a pytest session that is opened and closed by pytest's own steps. Knows nothing of points or reports.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import cloudpickle
import pytest
from _pytest.config import _prepareconfig
from _pytest.runner import runtestprotocol
from hypothesis.configuration import set_hypothesis_home_dir

from grader.catalogue.exercise import Exercise
from grader.errors import ContentError
from grader.judge import plugin
from grader.judge.outcome import Check, Ending, ending_of
from grader.judge.student import Student
from grader.results.verdicts import Part

PYTEST_VARIABLES = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")
ENDING: pytest.StashKey[Ending] = pytest.StashKey()
QUIET = ("terminal", "cacheprovider", "capture", "logging", "warnings", "faulthandler", "unraisableexception",
         "threadexception", "doctest", "junitxml", "debugging", "pastebin", "stepwise", "nose", "python_path",
         "assertion", "legacypath", "recwarn", "setuponly", "setupplan", "unittest", "tmpdir", "monkeypatch",
         "subtests")  # fmt: skip


@dataclass(frozen=True)
class HiddenTest:
    """A check and the test that decides it."""

    check: Check
    item: pytest.Function


class HiddenTests:
    """The hidden tests of some exercises; a context manager."""

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self._exercises = {exercise.slug: exercise for exercise in exercises}
        self._collected: dict[str, Mapping[str, HiddenTest]] = {}
        self._modules = set(sys.modules)
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        """Open the session; ContentError for an exercise without hidden tests."""
        for exercise in self._exercises.values():
            if not exercise.hidden_tests.is_file():
                raise ContentError("the hidden tests are missing; write them", path=exercise.hidden_tests)
        scratch = tempfile.TemporaryDirectory(prefix="grader-", ignore_cleanup_errors=True)
        set_hypothesis_home_dir(self._opened.enter_context(scratch))
        self._opened.callback(set_hypothesis_home_dir, None)
        self._recorder = EndingRecorder()
        root = next(iter(self._exercises.values())).root if self._exercises else Path.cwd()
        with without_variables(PYTEST_VARIABLES):
            self._config = _prepareconfig(arguments(root), [plugin, self._recorder])
        self._config.stash[plugin.STUDENTS] = no_student
        self._config._do_configure()  # noqa: SLF001 - pytest's own steps of a session, as in pytest.main
        self._session = pytest.Session.from_config(self._config)
        self._config.hook.pytest_sessionstart(session=self._session)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the session, and forget the modules of the hidden tests."""
        self._config.hook.pytest_sessionfinish(session=self._session, exitstatus=pytest.ExitCode.OK)
        self._config._ensure_unconfigure()  # noqa: SLF001 - as in __enter__
        forget_hidden_tests(set(sys.modules) - self._modules)
        self._opened.close()

    def checks(self, slug: str) -> tuple[Check, ...]:
        """Return the checks of an exercise; ContentError for hidden tests that can't be collected."""
        return tuple(each.check for each in self._tests(slug).values())

    def run(self, slug: str, check: str, student: Student) -> Ending:
        """Run the hidden test of a check on a student."""
        item = self._tests(slug)[check].item
        self._config.stash[plugin.STUDENTS] = lambda _slug, _check: student
        item.stash[ENDING] = ending_of(None)
        runtestprotocol(item, log=False, nextitem=None)
        return item.stash[ENDING]

    def _tests(self, slug: str) -> Mapping[str, HiddenTest]:
        if slug not in self._collected:
            self._collected[slug] = self._collect(self._exercises[slug])
        return self._collected[slug]

    def _collect(self, exercise: Exercise) -> Mapping[str, HiddenTest]:
        self._recorder.problem = ""
        with suppress(pytest.UsageError):
            self._session.perform_collect([str(exercise.hidden_tests)])
        if problem := self._recorder.problem:
            raise ContentError(f"the hidden tests can't be collected: {problem}", path=exercise.hidden_tests)
        items = [each for each in self._session.items if isinstance(each, pytest.Function)]
        if not items:
            raise ContentError("this file holds no hidden test; write one", path=exercise.hidden_tests)
        return {check.id: HiddenTest(check, item) for check, item in zip(checks_of(items), items, strict=True)}


def no_student(slug: str, _check: str) -> Student:
    """Fail: a hidden test runs when it is asked to only."""
    pytest.fail(f"no student for {slug}")


def arguments(root: Path) -> list[str]:
    """Return pytest's arguments: none of its plugins that a hidden test does not need, and no other's."""
    plugins = [f"-pno:{name}" for name in QUIET]
    return [
        *plugins,
        "--disable-plugin-autoload",
        "-c",
        os.devnull,
        "--import-mode=importlib",
        "--strict-markers",
        f"--rootdir={root}",
        str(root),
    ]


@contextmanager
def without_variables(names: Sequence[str]) -> Iterator[None]:
    """Let pytest read its arguments alone, while it reads them."""
    previous = {name: os.environ.pop(name, None) for name in names}
    try:
        yield
    finally:
        os.environ.update({name: value for name, value in previous.items() if value is not None})


class EndingRecorder:
    """The pytest plugin object that keeps how a hidden test ended, and why one can't be collected."""

    problem: str = ""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why a hidden test file can't be collected."""
        if report.failed and not self.problem:
            text = str(report.longrepr).strip().splitlines()
            self.problem = text[-1] if text else "unknown"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Turn what a test raised into an ending, without rendering it."""
        if call.excinfo is not None:
            item.stash[ENDING] = ending_of(call.excinfo.value)
        outcome: Any = "passed" if call.excinfo is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, "call")


def checks_of(items: Sequence[pytest.Function]) -> tuple[Check, ...]:
    """Return the checks of one exercise; ContentError for one that waits for a check that is not there."""
    checks = tuple(check_of(item) for item in items)
    earlier: set[str] = set()
    for check, item in zip(checks, items, strict=True):
        if check.needs and check.needs not in earlier:
            problem = f"{item.name} needs {check.needs!r}, which is no earlier check of this file"
            raise ContentError(problem, path=item.path, line=(item.location[1] or 0) + 1)
        earlier.add(check.id)
    return checks


def check_of(item: pytest.Function) -> Check:
    """Return a hidden test's check; ContentError for a marker or docstring that breaks its form."""
    line = (item.location[1] or 0) + 1
    marks = list(item.iter_markers("check"))
    if len(marks) != 1:
        raise ContentError(f"{item.name} needs exactly one check marker", path=item.path, line=line)
    title = title_of(item)
    try:
        return Check(plugin.check_id(item.name), title, *marker_fields(*marks[0].args, **marks[0].kwargs))
    except (TypeError, ValueError) as problem:
        raise ContentError(f"the check marker of {item.name}: {problem}", path=item.path, line=line) from None


def marker_fields(
    part: str, *, points: float, covers: Iterable[str] = (), needs: str | None = None
) -> tuple[Part, float, tuple[str, ...], str | None]:
    """Return a check marker's arguments as a check's fields."""
    if isinstance(points, str) or not points > 0:
        raise ValueError("points must be more than 0")
    return Part(part), float(points), tuple(covers), plugin.check_id(needs) if needs else None


def title_of(item: pytest.Function) -> dict[str, str]:
    """Return the student's title for a check: the docstring's first paragraph in English, its second in Chinese."""
    paragraphs = [" ".join(part.split()) for part in (item.obj.__doc__ or "").split("\n\n") if part.strip()]
    if len(paragraphs) != 2:  # noqa: PLR2004 - one in each language
        raise ContentError(
            f"the docstring of {item.name} needs two paragraphs: the title in English and in Chinese",
            path=item.path,
            line=(item.location[1] or 0) + 1,
        )
    return {"en": paragraphs[0], "zh": paragraphs[1]}


def forget_hidden_tests(names: Iterable[str]) -> None:
    """Forget hidden test modules, so that the next judge of this process reads its own; pytest would reuse them."""
    for name in names:
        if name.endswith(plugin.SUFFIX):
            module = sys.modules.pop(name)
            with suppress(ValueError):
                cloudpickle.unregister_pickle_by_value(module)
