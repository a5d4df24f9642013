"""What a hidden test asks of one call: the right value, and the promises of the contract.

An answer holds what was sent and what was observed. Each `must_…` returns the answer, so that they chain, or raises
`CheckFailed` with the aspect it looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

from grader.comparison.compare import compare
from grader.comparison.evidence import Aspect
from grader.comparison.show import show
from grader.config.course_config import Tolerances
from grader.judge.call import Compared, MadeCall
from grader.judge.findings import CheckFailed
from grader.protocol.messages import Observation
from grader.protocol.values import TensorRecord, tensor_records
from grader.wording.message import Message, message


class PromiseWithoutValueError(Exception):
    """A hidden test looks at a promise of a call whose value it has not compared: an author's mistake."""

    def __init__(self, aspect: str) -> None:
        super().__init__(f"call must_equal before looking at {aspect}: a promise counts beside a right value only")


@dataclass
class Answer:
    """One call and what came of it; the call raised nothing."""

    call: MadeCall
    observation: Observation
    tolerances: Tolerances
    compared: Compared = field(default_factory=list)
    """What the answers to this call were compared with, as evidence."""
    remarks: list[Message] = field(default_factory=list)
    looked_at: set[Aspect] = field(default_factory=set)
    """The aspects of this answer that the test has looked at."""

    @property
    def value(self) -> Any:
        """The returned value, tensors as `TensorRecord`."""
        return self.observation.value

    def must_equal(self, expected: Any) -> Self:
        """The returned value has the structure, shapes and values of `expected`; another dtype is a remark."""
        self.looked_at.add(Aspect.VALUE)
        self.compared.append((self.value, expected))
        comparison = compare(self.value, expected, self.tolerances)
        self.remarks.extend(comparison.remarks)
        if comparison.difference is not None:
            raise self._failure(comparison.difference, Aspect.VALUE)
        return self

    def must_leave_arguments(self) -> Self:
        """Every tensor argument has its data, `.grad` and `requires_grad` as before the call."""
        self._look_at(Aspect.ARGUMENTS)
        for name, before, after in zip(self.call.names(), self.call.before, self.observation.arguments, strict=False):
            if finding := argument_change(name, before, after):
                raise self._failure(finding, Aspect.ARGUMENTS)
        return self

    def must_carry_no_graph(self) -> Self:
        """No returned tensor requires grad: the result is plain numbers."""
        self._look_at(Aspect.GRAPH)
        if any(record.requires_grad for record in tensor_records(self.value)):
            raise self._failure(message("judge.carries_graph"), Aspect.GRAPH)
        return self

    def must_own_its_storage(self) -> Self:
        """Returned tensors share memory neither with an argument or its `.grad` nor with one another."""
        self._look_at(Aspect.STORAGE)
        theirs = {record.storage for record in tensor_records(self.observation.arguments)}
        theirs |= {
            record.grad.storage for record in tensor_records(self.observation.arguments) if record.grad is not None
        }
        seen: set[int] = set()
        for record in tensor_records(self.value):
            if record.storage in theirs - {-1}:
                raise self._failure(message("judge.shares_with_argument"), Aspect.STORAGE)
            if record.storage in seen:
                raise self._failure(message("judge.shares_with_itself"), Aspect.STORAGE)
            seen |= {record.storage} - {-1}
        return self

    def _look_at(self, aspect: Aspect) -> None:
        """Note the aspect. A promise counts beside a right value only, so that returning nothing earns nothing."""
        if Aspect.VALUE not in self.looked_at:
            raise PromiseWithoutValueError(aspect.value)
        self.looked_at.add(aspect)

    def _failure(self, finding: Message, aspect: Aspect) -> CheckFailed:
        key = "judge.second_call" if self.call.times > 1 else "judge.call"
        told = as_seen(finding) if self.call.observed else finding
        return CheckFailed(message(key, call=self.call.told(), finding=told), aspect)


def as_seen(finding: Message) -> Message:
    """Return a difference in what an observer reports: it is no result of the student's function."""
    match finding.params.get("part"):
        case Message("judge.part", params):
            part = message("judge.seen_part", path=params["path"])
        case Message():
            part = message("judge.seen_whole")
        case _:
            return finding
    return Message(finding.key, {**finding.params, "part": part})


def argument_change(name: str, before: Any, after: Any) -> Message | None:
    """Return what a call changed in an argument's tensors, or None."""
    was, now = list(tensor_records(before)), list(tensor_records(after))
    if len(was) != len(now):
        return message("judge.changed_data", name=name, before=show(before), after=show(after))
    is_flat = isinstance(before, list | tuple) and all(isinstance(each, TensorRecord) for each in before)
    names = [f"{name}[{index}]" for index in range(len(was))] if is_flat else [name] * len(was)
    changes = (tensor_change(*each) for each in zip(names, was, now, strict=True))
    return next((change for change in changes if change), None)


def tensor_change(name: str, before: TensorRecord, after: TensorRecord) -> Message | None:
    """Return what a call changed in a tensor, or None."""
    if (before.dtype, before.shape, before.data) != (after.dtype, after.shape, after.data):
        return message("judge.changed_data", name=name, before=show(before), after=show(after))
    if before.requires_grad != after.requires_grad:
        return message("judge.changed_requires_grad", name=name, before=before.requires_grad, after=after.requires_grad)
    if gradient(before) != gradient(after):
        old, new = (None if record.grad is None else show(record.grad) for record in (before, after))
        return message("judge.changed_grad", name=name, before=old, after=new)
    return None


def gradient(record: TensorRecord) -> tuple[str, tuple[int, ...], bytes] | None:
    """Return what a tensor's `.grad` holds."""
    return None if record.grad is None else (record.grad.dtype, record.grad.shape, record.grad.data)
