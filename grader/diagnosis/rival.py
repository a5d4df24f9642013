"""A known-wrong solution as something to compare a student with: it is run on what the student was called with.

Runs trusted content in the judge's process, observed by the same code that observes a student.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import torch

from grader.catalogue.exercise import WrongSolution
from grader.comparison.evidence import Seen
from grader.errors import ContentError
from grader.protocol.messages import Observation, decode_observation, encode_observation
from grader.protocol.values import Decoder, Encoder, materialise
from grader.sandbox.observation import observe

ROOM = 64 * 1024 * 1024


@dataclass(frozen=True)
class Rival:
    """A known-wrong solution, loaded."""

    path: Path
    misconception: str
    functions: Mapping[str, Callable[..., Any]]

    def observe(self, seen: Seen) -> tuple[Observation, ...]:
        """Return what this solution does where the student was `seen`; the last observations of a failing call."""
        function = self.functions.get(seen.entry)
        if function is None:
            return ()
        if seen.observer is not None:
            function = partial(seen.observer, dict(self.functions))
        given = tuple(materialise(argument) for argument in seen.before)
        with modes_put_back():
            seen_now = [observe(function, given, filename=self.path.name) for _ in range(seen.times)]
        return as_received(seen_now)


@contextmanager
def modes_put_back() -> Iterator[None]:
    """Run a wrong solution without warnings, and undo the modes of torch that it leaves on: it may be wrong in that."""
    with torch.enable_grad(), torch.autograd.set_detect_anomaly(mode=False), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            while torch._C._autograd._top_saved_tensors_default_hooks(True) is not None:  # noqa: SLF001, FBT003 - torch tells this nowhere else
                torch._C._autograd._pop_saved_tensors_default_hooks()  # noqa: SLF001


def as_received(observations: list[Observation]) -> tuple[Observation, ...]:
    """Return observations as they would arrive from a student process: tensors as records, one numbering of storage."""
    encoder = Encoder(room=ROOM)
    trees = [encode_observation(each, encoder) for each in observations]
    decoder = Decoder(memoryview(encoder.blob))
    return tuple(decode_observation(tree, decoder) for tree in trees)


@cache
def load_rival(wrong: WrongSolution) -> Rival:
    """Return a known-wrong solution, loaded; ContentError when it can't be."""
    namespace: dict[str, Any] = {"__name__": wrong.name}
    try:
        source = wrong.path.read_text(encoding="utf-8")
        exec(compile(source, wrong.path.name, "exec"), namespace)  # noqa: S102 - trusted content of the course
    except Exception as problem:
        raise ContentError(f"this wrong solution does not load: {problem!r}", path=wrong.path) from problem
    functions = {name: value for name, value in namespace.items() if callable(value)}
    return Rival(wrong.path, wrong.misconception, functions)
