"""Hidden tests collected once and run for one submission after another.

A pytest session whose run loop is a function of ours: it is given a `Judge`, asks it for the outcomes of as many
submissions as it likes, and ends the session by returning. Knows nothing of points or reports.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

import cloudpickle
import pytest
from _pytest.runner import runtestprotocol
from hypothesis.configuration import set_hypothesis_home_dir

from grader.catalogue.exercise import Exercise
from grader.errors import ContentError, UserError
from grader.judge import plugin
from grader.judge.outcome import Check, Ending, Outcome, ending_of, skipped
from grader.judge.student import Student
from grader.results.verdicts import Part, Verdict

Result = TypeVar("Result")

AUTOLOAD = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
PYTEST_VARIABLES = (AUTOLOAD, "PYTEST_ADDOPTS", "PYTEST_PLUGINS")
ENDING: pytest.StashKey[Ending] = pytest.StashKey()
QUIET = ("terminal", "cacheprovider", "capture", "logging", "warnings", "faulthandler", "unraisableexception",
         "threadexception", "doctest", "junitxml", "debugging", "pastebin", "stepwise", "nose", "python_path",
         "assertion", "legacypath", "recwarn", "setuponly", "setupplan", "unittest", "tmpdir", "monkeypatch",
         "subtests")  # fmt: skip


class Judge:
    """The collected hidden tests of a course's exercises."""

    def __init__(self, items: Mapping[str, Sequence[pytest.Function]], config: pytest.Config) -> None:
        self._items = items
        self._config = config
        self.checks = {slug: checks_of(group) for slug, group in items.items()}

    def outcomes(self, slug: str, student: Student) -> tuple[Outcome, ...]:
        """Run every check of an exercise on a student; the student's process is ended afterwards."""
        self._config.stash[plugin.STUDENTS] = lambda _slug: student
        outcomes: dict[str, Outcome] = {}
        try:
            for check, item in zip(self.checks[slug], self._items[slug], strict=True):
                if ending := waiting(check, outcomes):
                    outcomes[check.id] = Outcome(check, ending)
                else:
                    outcomes[check.id] = run_check(check, item, student)
        finally:
            student.close()
        return tuple(outcomes.values())


def waiting(check: Check, done: Mapping[str, Outcome]) -> Ending | None:
    """Return the ending `skipped` when the check that this one waits for has not passed by the student's doing."""
    needed = done.get(check.needs) if check.needs else None
    if needed is None or needed.ending.verdict in (Verdict.PASSED, Verdict.INTERNAL):
        return None
    return skipped(needed.check.title)


def run_check(check: Check, item: pytest.Function, student: Student) -> Outcome:
    """Run one check."""
    item.stash[ENDING] = ending_of(None)
    runtestprotocol(item, log=False, nextitem=None)
    ending = item.stash[ENDING]
    student.keep_check()
    calls = tuple(seen for example in student.evidence for seen in example)
    return Outcome(check, ending, tuple(student.remarks), calls, frozenset(student.asked))


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


class Bench(Generic[Result]):
    """The pytest plugin object that turns a session into a bench."""

    def __init__(self, secret: bytes, use: Callable[[Judge], Result]) -> None:
        self._secret = secret
        self._use = use
        self.result: Result | None = None
        self.problem: BaseException | None = None
        self.finished = False

    def pytest_configure(self, config: pytest.Config) -> None:
        """Let hidden tests be collected."""
        config.stash[plugin.STUDENTS] = lambda slug: pytest.fail(f"no student for {slug}")
        config.stash[plugin.SECRET] = self._secret

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep the first hidden test file that can't be collected."""
        if report.failed and self.problem is None:
            text = str(report.longrepr).strip().splitlines()
            self.problem = InvalidHiddenTest(report.nodeid, text[-1] if text else "unknown")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Hand the judge to `use`, in place of running the tests once."""
        if self.problem is None:
            try:
                groups = by_slug(session.items)
                self.result = self._use(Judge(groups, session.config))
                self.finished = True
            except BaseException as problem:  # noqa: BLE001 - carried out of pytest, which would render it
                self.problem = problem
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Turn what a test raised into an ending, without rendering it."""
        if call.excinfo is not None:
            item.stash[ENDING] = ending_of(call.excinfo.value)
        outcome: Any = "passed" if call.excinfo is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, "call")


class InvalidHiddenTest(Exception):  # noqa: N818 - told as a ContentError once its path is known
    """A hidden test file that pytest can't collect."""

    def __init__(self, node: str, reason: str) -> None:
        super().__init__(reason)
        self.node = node
        self.reason = reason


def by_slug(items: Iterable[pytest.Item]) -> Mapping[str, Sequence[pytest.Function]]:
    """Return hidden tests by the exercise that they judge."""
    groups: dict[str, list[pytest.Function]] = {}
    for item in items:
        if isinstance(item, pytest.Function):
            hide_origin(item)
            groups.setdefault(plugin.slug_of(item.path), []).append(item)
    return groups


def forget_hidden_tests(names: Iterable[str]) -> None:
    """Forget hidden test modules, so that the next judge of this process reads its own; pytest would reuse them."""
    for name in names:
        if name.endswith(plugin.SUFFIX):
            module = sys.modules.pop(name)
            with suppress(ValueError):
                cloudpickle.unregister_pickle_by_value(module)


def hide_origin(item: pytest.Function) -> None:
    """Let the functions of a hidden test module be pickled by value, without the module's path."""
    module = item.module
    if module is not None and "__file__" in vars(module):
        cloudpickle.register_pickle_by_value(module)
        del vars(module)["__file__"]


def with_judge(exercises: Sequence[Exercise], secret: bytes, use: Callable[[Judge], Result]) -> Result:
    """Collect the hidden tests of `exercises` and return what `use` makes of the judge.

    Raises ContentError for a hidden test that can't be collected, and whatever `use` raises.
    """
    if not exercises:
        raise UserError("there is no exercise to judge; add one to config.yaml, or choose one that is there")
    for exercise in exercises:
        if not exercise.hidden_tests.is_file():
            raise ContentError("the hidden tests are missing; write them", path=exercise.hidden_tests)

    def use_checked(judge: Judge) -> Result:
        check_every_exercise_is_judged(exercises, judge)
        return use(judge)

    bench = Bench(secret, use_checked)
    options = [
        *(f"-pno:{name}" for name in QUIET),
        "-c",
        os.devnull,
        "--import-mode=importlib",
        "--strict-markers",
    ]
    options.append(f"--rootdir={exercises[0].root}")
    loaded = set(sys.modules)
    with quiet_surroundings():
        pytest.main([*options, *(str(exercise.hidden_tests) for exercise in exercises)], plugins=[plugin, bench])
    forget_hidden_tests(set(sys.modules) - loaded)
    return finish(bench, exercises)


def check_every_exercise_is_judged(exercises: Sequence[Exercise], judge: Judge) -> None:
    """Raise ContentError for an exercise whose hidden test file holds no test."""
    for exercise in exercises:
        if exercise.slug not in judge.checks:
            raise ContentError("this file holds no hidden test; write one", path=exercise.hidden_tests)


@contextmanager
def quiet_surroundings() -> Iterator[None]:
    """Keep other pytest plugins out, and Hypothesis from leaving a folder where the grader was started."""
    previous = {name: os.environ.pop(name, None) for name in PYTEST_VARIABLES}
    os.environ[AUTOLOAD] = "1"
    with tempfile.TemporaryDirectory(prefix="grader-", ignore_cleanup_errors=True) as scratch:
        set_hypothesis_home_dir(scratch)
        try:
            yield
        finally:
            set_hypothesis_home_dir(None)
            os.environ.pop(AUTOLOAD)
            os.environ.update({name: value for name, value in previous.items() if value is not None})


def finish(bench: Bench[Result], exercises: Sequence[Exercise]) -> Result:
    """Return what the bench made, or raise what stopped it."""
    if isinstance(bench.problem, InvalidHiddenTest):
        name = bench.problem.node.rpartition("/")[2]
        path = next((each.hidden_tests for each in exercises if each.hidden_tests.name == name), exercises[0].root)
        raise ContentError(f"the hidden tests can't be collected: {bench.problem.reason}", path=path)
    if bench.problem is not None:
        raise bench.problem
    if not bench.finished:
        root = exercises[0].root if exercises else None
        raise ContentError(
            "no hidden test was collected; run pytest on it to see why",
            path=root / "tests" / "hidden" if root else Path(),
        )
    assert bench.finished
    return bench.result  # type: ignore[return-value]  # finished, so set
