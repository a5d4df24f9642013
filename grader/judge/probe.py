"""Random probes: a hidden test run on examples that Hypothesis draws, with failures shrunk.

The examples depend on the course's secret and the test alone: they are drawn once for each judge and are the same
for every student. Only when one fails does Hypothesis search for the smallest counterexample.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Protocol
from unittest import mock

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisException
from hypothesis.internal.conjecture.providers import HypothesisProvider
from hypothesis.strategies import DrawFn, SearchStrategy, composite

from grader.judge.findings import CheckFailed, EnoughShrinking, StudentRaised

Body = Callable[..., None]
ShrinkableFailure = (CheckFailed, StudentRaised)


class Shrinkable(Protocol):
    """What a probe needs of the `student` fixture."""

    probe_seed: int
    shrinking_attempts: int
    """What the search for a smaller counterexample may cost; none where nobody reads one."""

    def begin_example(self) -> None:
        """Forget the calls of the example before."""

    def keep_example(self) -> None:
        """Keep the calls of the example that failed, as evidence."""

    def begin_shrinking(self) -> None:
        """Open the budget of a search for a smaller counterexample."""

    def spend_attempt(self) -> None:
        """Take one attempt out of the budget; raise `EnoughShrinking` when it is spent."""


def probe(strategy: SearchStrategy[Any], *, examples: int = 12) -> Callable[[Body], Body]:
    """Run the test on `examples` values drawn from `strategy`, given as its second argument.

    The first failing example is shrunk; the test fails as its smallest counterexample does.
    """

    def decorate(body: Body) -> Body:
        drawn = Drawn(strategy, examples)

        def check(student: Shrinkable) -> None:
            run_examples(body, student, drawn)

        check.__name__, check.__doc__, check.__module__ = body.__name__, body.__doc__, body.__module__
        check.__wrapped__ = body  # type: ignore[attr-defined]  # so that pytest tells the place of the body
        check.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # read by inspect, and so by pytest
            [inspect.Parameter("student", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        )
        return check

    return decorate


@dataclass
class Drawn:
    """A strategy and the examples drawn from it, for each seed once."""

    strategy: SearchStrategy[Any]
    count: int
    by_seed: dict[int, list[Any]] = field(default_factory=dict)

    def examples(self, number: int) -> list[Any]:
        """Return the examples of seed `number`."""
        if number not in self.by_seed:
            values: list[Any] = []
            self.explore(values.append, number, (Phase.generate,), self.strategy)
            self.by_seed[number] = values
        return self.by_seed[number]

    def explore(
        self,
        body: Callable[[Any], None],
        number: int,
        phases: tuple[Phase, ...],
        strategy: SearchStrategy[Any],
    ) -> None:
        """Run Hypothesis over `strategy` from seed `number`."""
        quiet = settings(
            max_examples=self.count,
            phases=phases,
            deadline=None,
            database=None,
            derandomize=False,
            report_multiple_bugs=False,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        )

        def run(value: Any) -> None:
            body(value)

        with mock.patch.object(HypothesisProvider, "_maybe_draw_constant", no_constant):
            seed(number)(quiet(given(strategy)(run)))()


def no_constant(*_given: Any, **_named: Any) -> None:
    """Draw no constant: Hypothesis takes some from whatever modules are loaded, and a course must replay anywhere."""


def run_examples(body: Body, student: Shrinkable, drawn: Drawn) -> None:
    """Run `body` on each example; on a failure, shrink and raise the smallest one's finding."""
    for index, example in enumerate(drawn.examples(student.probe_seed)):
        student.begin_example()
        try:
            body(student, deepcopy(example))
        except ShrinkableFailure as failure:
            student.keep_example()
            if not (student.shrinking_attempts and getattr(failure, "shrinkable", True)):
                raise
            raise shrink(body, student, drawn, first=index, failure=failure) from None


def shrink(body: Body, student: Shrinkable, drawn: Drawn, *, first: int, failure: Exception) -> Exception:
    """Return the failure of the smallest counterexample that the budget of attempts allows to find.

    Hypothesis starts from the same seed, so its first examples are those that have passed and are not called again.
    """
    smallest = failure
    count = 0

    def attempt(value: Any) -> None:
        nonlocal smallest, count
        count += 1
        if count <= first:
            return
        student.begin_example()
        try:
            body(student, value)
        except ShrinkableFailure as problem:
            smallest = problem
            student.keep_example()
            raise

    student.begin_shrinking()
    with contextlib.suppress(*ShrinkableFailure, EnoughShrinking, HypothesisException):
        phases = (Phase.generate, Phase.shrink)
        drawn.explore(attempt, student.probe_seed, phases, paid(drawn.strategy, student.spend_attempt))
    return smallest


@composite
def paid(draw: DrawFn, strategy: SearchStrategy[Any], pay: Callable[[], None]) -> Any:
    """Draw from `strategy`, paying for each attempt, those that Hypothesis rejects included."""
    pay()
    return draw(strategy)
