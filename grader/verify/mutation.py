"""Mutation testing of hidden tests: each mutant of the reference loses points, or is listed as equal with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import Broken
from grader.verify.mutants import mutants_of
from grader.verify.trial import Trials
from grader.yamlfile import Frozen, load_yaml, read_text


class EqualMutant(Frozen):
    """A mutant that no test can tell from the reference, and why."""

    was: Annotated[str, Field(min_length=1)]
    becomes: str
    reason: Annotated[str, Field(min_length=10)]


@dataclass(frozen=True)
class Mutated:
    """What became of one mutant."""

    line: int
    was: str
    becomes: str
    change: str
    killed_by: str
    """The first check that sees it, or empty."""
    equal: bool
    """Whether it is listed as one that no test can see."""


def equal_path(exercise: Exercise) -> Path:
    """Return where the author lists the mutants that no test can see."""
    return exercise.solution.parent / "equal.yaml"


def equal_mutants(exercise: Exercise) -> tuple[EqualMutant, ...]:
    """Return the mutants that the author has explained; ContentError for a file that breaks its form."""
    path = equal_path(exercise)
    return load_yaml(path, tuple[EqualMutant, ...]) if path.is_file() else ()


def try_mutants(exercise: Exercise, trials: Trials) -> tuple[Mutated, ...]:
    """Put every mutant of the reference before the judge."""
    listed = {(each.was, each.becomes) for each in equal_mutants(exercise)}
    return tuple(
        Mutated(
            mutant.line,
            mutant.was,
            mutant.becomes,
            mutant.change,
            trials.first_flaw(exercise, mutant.source),
            (mutant.was, mutant.becomes) in listed,
        )
        for mutant in mutants_of(read_text(exercise.solution))
    )


def score(mutants: Sequence[Mutated]) -> tuple[int, int]:
    """Return how many mutants are killed, of how many that can be."""
    return sum(bool(each.killed_by) for each in mutants), sum(
        bool(each.killed_by) or not each.equal for each in mutants
    )


def broken_by_mutants(exercise: Exercise, mutants: Sequence[Mutated]) -> Iterator[Broken]:
    """Each mutant is killed or listed as equal, and nothing else is listed."""
    path = equal_path(exercise)
    for each in mutants:
        if not (each.killed_by or each.equal):
            problem = f"no hidden test sees that {each.change}; write one, or explain in {path.name} why none can"
            yield Broken(exercise.solution, problem, each.line)
    survivors = {(each.was, each.becomes) for each in mutants if not each.killed_by}
    for listed in equal_mutants(exercise) if mutants else ():
        if (listed.was, listed.becomes) not in survivors:
            yield Broken(path, f"`{listed.was}` that becomes `{listed.becomes}` survives nowhere; take it off the list")
