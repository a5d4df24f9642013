"""How long the parts of grading a class took: until the first result, judging, and writing the feedback."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from grader.events import tell

Result = TypeVar("Result")


@dataclass
class Timing:
    """The clock of one run, which starts when it is made."""

    began: float = field(default_factory=time.perf_counter)
    first: float | None = None
    """When the first result came."""
    written: float = 0.0
    """Seconds spent on reports."""
    count: int = 0

    def noted(self, results: Iterable[Result]) -> Iterator[Result]:
        """Yield results as they come, noting when the first one did."""
        for each in results:
            if self.first is None:
                self.first = time.perf_counter()
            self.count += 1
            yield each

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Count the block as writing."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.written += time.perf_counter() - begin

    def line(self) -> str:
        """Return one line for the end of a run, and tell it as an event."""
        whole = time.perf_counter() - self.began
        start_up = (self.first or time.perf_counter()) - self.began
        judging = max(0.0, whole - start_up - self.written)
        seconds = {"whole": whole, "start_up": start_up, "judging": judging, "writing": self.written}
        tell("timing", students=self.count, **{name: round(each, 3) for name, each in seconds.items()})
        return (
            f"{self.count} graded in {whole:.1f} s: start-up {start_up:.1f} s, judging {judging:.1f} s, "
            f"writing {self.written:.1f} s"
        )
