"""One call of a student's function as it is written in a message, and the calls that a diagnosis looks at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from grader.comparison.evidence import Seen
from grader.comparison.show import show
from grader.protocol.values import TensorRecord
from grader.wording.message import Message, message

Compared = list[tuple[Any, Any]]
"""What was returned and what was expected, for each comparison of a call."""


@dataclass(frozen=True)
class MadeCall:
    """What was called, with what, and how that is written in a message."""

    entry: str
    parameters: tuple[str, ...]
    before: tuple[Any, ...]
    """The arguments as sent, tensors as records."""
    times: int = 1
    observed: bool = False
    """Whether an observer makes the call; parameters and arguments are then the observer's."""

    def names(self) -> list[str]:
        """Return the arguments' names; a nameless one has its number."""
        unnamed = [f"argument_{index + 1}" for index in range(len(self.parameters), len(self.before))]
        return [*self.parameters[: len(self.before)], *unnamed]

    def text(self) -> str:
        """Return the arguments, one a line, and the call: what can be pasted as it stands."""
        return "\n".join([*self._argument_lines(), f"    {self.entry}({', '.join(self.names())})"])

    def told(self) -> str | Message:
        """Return how the call is told to a student, who knows nothing of an observer's parameters."""
        if not self.observed:
            return self.text()
        return message("judge.observed_call", entry=self.entry, arguments="\n".join(self._argument_lines()))

    def _argument_lines(self) -> list[str]:
        lines: list[str] = []
        for name, argument in zip(self.names(), self.before, strict=True):
            lines += written(name, show(argument))
            if isinstance(argument, TensorRecord) and argument.grad is not None:
                lines.append(f"    {name}.grad = {show(argument.grad)}")
        return lines


def written(name: str, text: str) -> list[str]:
    """Return the lines that give a name its value; a `def` stands by itself, followed by the name."""
    first, *others = text.splitlines()
    if not first.startswith("def "):
        return [f"    {name} = {first}", *(f"    {line}" for line in others)]
    function = first.removeprefix("def ").partition("(")[0]
    lines = [f"    {line}" for line in (first, *others)]
    return lines if function == name else [*lines, f"    {name} = {function}"]


@dataclass
class CallLog:
    """The calls of one check. Of a probe, those of the example at hand, and of two that failed."""

    current: list[tuple[Seen, Compared]] = field(default_factory=list)
    first_failure: list[tuple[Seen, Compared]] | None = None
    smallest_failure: list[tuple[Seen, Compared]] | None = None

    def add(self, seen: Seen) -> Compared:
        """Keep a call of the example at hand; return the list of what will be compared of it."""
        compared: Compared = []
        self.current.append((seen, compared))
        return compared

    def begin_example(self) -> None:
        """Forget the calls of the example before."""
        self.current = []

    def keep_example(self) -> None:
        """Keep this example's calls: it failed, and is smaller than those that failed before."""
        if self.first_failure is None:
            self.first_failure = self.current
        else:
            self.smallest_failure = self.current

    def telling(self) -> tuple[Seen, ...]:
        """Return the calls that tell what the student's code does: those of failed examples, else the last ones."""
        telling = self.current if self.first_failure is None else [*self.first_failure, *(self.smallest_failure or ())]
        return tuple(replace(seen, compared=tuple(compared)) for seen, compared in telling)
