"""Idle answers: what somebody returns who has done nothing. None may earn a point.

They are constants, an argument, its copy, an argument or the right answer filled with one number, and the documented
values. The reference's own run tells the shape of the right answer and the documented values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch

from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import Broken, functions_of, returns_nothing
from grader.judge.outcome import Outcome
from grader.protocol.messages import Observation
from grader.protocol.values import TensorRecord, materialise
from grader.results.verdicts import Part, Verdict
from grader.verify.trial import Trials
from grader.yamlfile import read_text

FILLERS = ("0", "1", "nan")
CONSTANTS = ("None", "0", "1", "True", "torch.tensor(0.0)", "torch.tensor(1.0)", "torch.empty(0)", "()")
TOOLS = """
import copy
from math import inf, nan

import torch


def copied(value):
    return value.detach().clone() if isinstance(value, torch.Tensor) else copy.copy(value)


def filled(value, number):
    if isinstance(value, torch.Tensor):
        return torch.full_like(value.detach(), number)
    if isinstance(value, (list, tuple)):
        return type(value)(filled(part, number) for part in value)
    if isinstance(value, dict):
        return {key: filled(part, number) for key, part in value.items()}
    return number if isinstance(value, (bool, int, float)) else None
"""


@dataclass(frozen=True)
class Idle:
    """An idle answer: the expression that every entry point returns, and whether it calls the reference."""

    expression: str
    uses_reference: bool = False


@dataclass(frozen=True)
class IdleFate:
    """What became of one idle answer: the checks that paid for it, and those that broke in the judge."""

    expression: str
    paid: tuple[str, ...]
    broke: tuple[str, ...]


def try_idle_answers(exercise: Exercise, trials: Trials) -> tuple[IdleFate, ...]:
    """Put every idle answer before the judge, without the rules that would refuse it unread."""
    text = read_text(exercise.solution)
    known = trials.outcomes(exercise, text)
    free = replace(exercise, sheet=exercise.sheet.model_copy(update={"required": (), "forbidden": ()}))
    fates = []
    wrapped = wrapped_entries(exercise)
    for idle in idle_answers(known):
        if idle.uses_reference and not wrapped:
            continue
        outcomes = trials.outcomes(free, source_of(exercise, idle, text))
        paid, broke = (checks_with(verdict, outcomes) for verdict in (Verdict.PASSED, Verdict.INTERNAL))
        fates.append(IdleFate(idle.expression, paid, broke))
    return tuple(fates)


def checks_with(verdict: Verdict, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Return the checks that ended with a verdict."""
    return tuple(each.check.id for each in outcomes if each.ending.verdict is verdict)


def idle_answers(known: Sequence[Outcome]) -> Iterator[Idle]:
    """Yield every idle answer, once; `known` is what the reference did."""
    yield from map(Idle, CONSTANTS)
    for index, is_tensor in enumerate(tensor_arguments(known)):
        yield Idle(f"arguments[{index}]")
        yield Idle(f"copied(arguments[{index}])")
        yield from (Idle(f"filled(arguments[{index}], {number})") for number in FILLERS if is_tensor)
    yield from (Idle(f"filled(reference(*arguments), {number})", uses_reference=True) for number in FILLERS)
    documented = (literal(materialise(value)) for value in documented_values(known))
    yield from (Idle(text) for text in dict.fromkeys(documented) if text and text not in CONSTANTS)


def tensor_arguments(known: Sequence[Outcome]) -> list[bool]:
    """Return which places among the arguments hold a tensor in some call."""
    calls = [seen.before for outcome in known for seen in outcome.calls]
    length = max(map(len, calls), default=0)
    return [
        any(isinstance(before[index], TensorRecord) for before in calls if index < len(before))
        for index in range(length)
    ]


def documented_values(known: Sequence[Outcome]) -> list[Any]:
    """Return what the reference gave in the documented checks."""
    outcomes = [each for each in known if each.check.part is Part.DOCUMENTED]
    observations = [each for outcome in outcomes for seen in outcome.calls for each in seen.observations]
    return [each.value for each in observations if returned(each)]


def returned(observation: Observation) -> bool:
    """Whether a call returned."""
    return observation.raised is None


def literal(value: Any) -> str:
    """Return an expression that makes a value, or nothing for one that can't be written down."""
    if isinstance(value, torch.Tensor):
        if not value.numel():
            return f"torch.zeros({tuple(value.shape)}, dtype={value.dtype})"
        return f"torch.tensor({value.tolist()}, dtype={value.dtype})"
    if isinstance(value, list | tuple):
        parts = [literal(part) for part in value]
        return f"{type(value).__name__}([{', '.join(parts)}])" if all(parts) else ""
    if isinstance(value, dict):
        items = {repr(key): literal(part) for key, part in value.items()}
        return f"{{{', '.join(f'{key}: {part}' for key, part in items.items())}}}" if all(items.values()) else ""
    return repr(value) if value is None or isinstance(value, bool | int | float | complex | str) else ""


def source_of(exercise: Exercise, idle: Idle, reference: str) -> str:
    """Return a file whose entry points return an idle answer."""
    entries = exercise.sheet.entry_points
    if not idle.uses_reference:
        functions = [f"def {name}(*arguments, **named):\n    return {idle.expression}\n" for name in entries]
        return "\n\n".join([TOOLS, *functions])
    wrapped = [
        f"def {name}(*arguments, reference={name}):\n    return {idle.expression}\n"
        for name in wrapped_entries(exercise)
    ]
    return "\n\n".join([reference, TOOLS, *wrapped])


def wrapped_entries(exercise: Exercise) -> list[str]:
    """Return the entry points whose result an idle answer can stand in for: functions that return something.

    To call one that returns nothing is all of its work; what a class does is asked of its own methods.
    """
    functions = functions_of(exercise.solution)
    entries = (name for name in exercise.sheet.entry_points if name in functions)
    return [name for name in entries if not returns_nothing(functions[name])]


def broken_by_idle_answers(exercise: Exercise, fates: Sequence[IdleFate]) -> Iterator[Broken]:
    """No check pays for an idle answer, nor breaks on one."""
    for name in dict.fromkeys(check for fate in fates for check in fate.paid):
        answers = ", ".join(f"`{fate.expression}`" for fate in fates if name in fate.paid)
        problem = f"{name} pays for an answer that does nothing: {answers}; let it ask for another right answer too"
        yield Broken(exercise.hidden_tests, problem)
    for name in dict.fromkeys(check for fate in fates for check in fate.broke):
        answers = ", ".join(f"`{fate.expression}`" for fate in fates if name in fate.broke)
        yield Broken(exercise.hidden_tests, f"{name} breaks by itself on {answers}; let it expect any result")
