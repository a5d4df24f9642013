"""The pytest plugin of hidden tests: the `check` marker, the `student` fixture, and `--submission PATH`.

Loaded by every pytest of the environment, so it imports nothing heavy until a hidden test runs. Without a
submission hidden tests are not collected.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.judge.student import Student

MARKER = "check(part, *, points, covers=(), needs=None): a hidden check: its part, points and documented outputs"
STUDENTS: pytest.StashKey[Callable[[str, str], Any]] = pytest.StashKey()
"""What gives the student of an exercise's check."""
SUFFIX = "_hidden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--submission`."""
    group = parser.getgroup("grader")
    group.addoption("--submission", metavar="PATH", type=Path, help="run the hidden tests on this submission")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker; open the submission when one is given."""
    config.addinivalue_line("markers", MARKER)
    if path := config.getoption("--submission", default=None):
        from grader.judge.one_submission import open_submission  # noqa: PLC0415 - heavy, and only wanted here

        stack = ExitStack()
        try:
            config.stash[STUDENTS] = stack.enter_context(open_submission(path))
        except Exception as problem:
            raise pytest.UsageError(str(problem)) from problem
        config.add_cleanup(stack.close)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave hidden tests out where there is no submission to judge."""
    is_hidden = collection_path.stem.endswith(SUFFIX) and collection_path.suffix == ".py"
    return True if is_hidden and STUDENTS not in config.stash else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give hidden tests a short failure: a finding is data, and rendering sources costs more than the check."""
    if item.path.stem.endswith(SUFFIX) and isinstance(item, pytest.Function):
        hide_origin(item)
        item.repr_failure = short_failure  # type: ignore[method-assign]  # pytest's documented way is a subclass


def hide_origin(item: pytest.Function) -> None:
    """Let the functions of a hidden test module be pickled by value, without the module's path."""
    import cloudpickle  # noqa: PLC0415 - not wanted by other tests

    module = item.module
    if module is not None and "__file__" in vars(module):
        cloudpickle.register_pickle_by_value(module)
        del vars(module)["__file__"]


def short_failure(excinfo: pytest.ExceptionInfo[BaseException], *_: Any, **__: Any) -> str:
    """Return a finding's words, or the whole traceback of what is no finding."""
    finding = getattr(excinfo.value, "finding", None)
    return str(excinfo.getrepr()) if finding is None else str(finding.text("en"))


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Student:
    """The submission under judgement, as hidden tests call it."""
    given: Student = request.config.stash[STUDENTS](slug_of(request.node.path), check_id(request.node.name))
    return given


def slug_of(path: Path) -> str:
    """Return the exercise that a hidden test file judges."""
    return path.stem.removeprefix("test_").removesuffix(SUFFIX)


def check_id(name: str) -> str:
    """Return the id of the check that a test function is."""
    return name.removeprefix("test_")
