"""Whether two observations agree in the aspect that a check looked at."""

from __future__ import annotations

from typing import Any

from grader.comparison.compare import is_same
from grader.comparison.evidence import Aspect
from grader.config.course_config import Tolerances
from grader.protocol.messages import Observation, Raised
from grader.protocol.values import materialise, tensor_records


def agrees(one: Observation, other: Observation, aspect: Aspect, tolerances: Tolerances) -> bool:
    """Whether two observations of the same call agree in `aspect`; exceptions agree by type and first line."""
    if one.raised is not None or other.raised is not None:
        return same_exception(one.raised, other.raised)
    match aspect:
        case Aspect.VALUE:
            return same_value(one.value, other.value, tolerances)
        case Aspect.ARGUMENTS:
            return argument_states(one) == argument_states(other)
        case Aspect.GRAPH:
            return graph_states(one) == graph_states(other)
        case Aspect.STORAGE:
            return sharing(one) == sharing(other)


def same_exception(one: Raised | None, other: Raised | None) -> bool:
    """Whether both raised, the same type with the same first line."""
    if one is None or other is None:
        return False
    return (one.type, first_line(one)) == (other.type, first_line(other))


def first_line(raised: Raised) -> str:
    """Return the first line of what an exception says."""
    return raised.message.partition("\n")[0]


def same_value(one: Any, other: Any, tolerances: Tolerances) -> bool:
    """Whether two returned values are equal within tolerance; unlike in a check, NaN agrees with NaN."""
    return is_same(one, materialise(other), tolerances)


def argument_states(observation: Observation) -> list[tuple[Any, ...]]:
    """Return what a call left in its tensor arguments, without their places in memory."""
    return [
        (record.data, record.requires_grad, record.grad and record.grad.data)
        for record in tensor_records(observation.arguments)
    ]


def graph_states(observation: Observation) -> list[bool]:
    """Return which returned tensors carry a graph."""
    return [record.requires_grad for record in tensor_records(observation.value)]


def sharing(observation: Observation) -> tuple[list[bool], list[bool]]:
    """Return which returned tensors lie in an argument's memory, and which in an earlier result's."""
    arguments = list(tensor_records(observation.arguments))
    theirs = {record.storage for record in arguments} | {record.grad.storage for record in arguments if record.grad}
    numbers = [record.storage for record in tensor_records(observation.value)]
    with_arguments = [number in theirs for number in numbers]
    with_each_other = [number in numbers[:index] for index, number in enumerate(numbers)]
    return with_arguments, with_each_other
