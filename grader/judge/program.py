"""A student's source for one exercise, and what the exercise asks of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from grader.catalogue.exercise import Exercise
from grader.catalogue.static_rules import broken_static_rules, parsed
from grader.judge.findings import RuleBroken
from grader.judge.words import rule_finding
from grader.protocol.messages import Raised
from grader.submissions.magics import as_python
from grader.submissions.own_modules import OwnModule
from grader.submissions.submission import SourceFile


@dataclass(frozen=True)
class Program:
    """A source and the rules of one exercise."""

    name: str
    cells: tuple[str, ...]
    notebook: bool
    entries: tuple[str, ...]
    parameters: dict[str, tuple[str, ...]]
    forbidden: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    modules: tuple[OwnModule, ...] = ()
    """The student's own files that the source can import; they are held to the same rules."""
    imports: tuple[str, ...] | None = None
    """The packages that it may import beside the standard library; None for any."""

    def shares_a_process_with(self, other: Program) -> bool:
        """Whether one process may hold both: they forbid the same, and no name stands for two sources."""
        if (self.notebook, sorted(self.forbidden)) != (other.notebook, sorted(other.forbidden)):
            return False
        same = (self.name, self.cells, self.modules) == (other.name, other.cells, other.modules)
        return same or not (self.notebook or self.name == other.name)

    @cached_property
    def broken_rule(self) -> RuleBroken | None:
        """Return the first static rule of the exercise that the source breaks, or None."""
        cells = tuple(map(readable, self.cells)) if self.notebook else self.cells
        broken = broken_static_rules(
            cells,
            entries=self.entries,
            forbidden=self.forbidden,
            required=self.required,
            modules={each.name: (each.file, each.text) for each in self.modules},
        )
        return RuleBroken(rule_finding(broken[0], notebook=self.notebook)) if broken else None

    def mentions(self, word: str) -> bool:
        """Whether a word stands in the source or in a file that it can import: then saying it tells nothing new."""
        return any(word in text for text in (*self.cells, *(each.text for each in self.modules)))

    def has_place(self, raised: Raised) -> bool:
        """Whether the source has the line and the cell that an exception names."""
        return self.placed(raised) == raised

    def placed(self, raised: Raised) -> Raised:
        """Return `raised` without a line or cell that the source does not have: any number could be told by one."""
        cell = raised.cell if self.notebook and raised.cell <= len(self.cells) else 0
        return replace(raised, cell=cell, line=raised.line if raised.line <= self._lines(cell) else 0)

    def has_line(self, place: tuple[int, int]) -> bool:
        """Whether the source has a line, of a cell where the second number is not 0."""
        line, cell = place
        return cell <= (len(self.cells) if self.notebook else 0) and line <= self._lines(cell)

    def _lines(self, cell: int) -> int:
        """Return how many lines the source has, or one of its cells."""
        return "\n".join(self.cells[cell - 1 : cell] if cell else self.cells).count("\n") + 1


def readable(cell: str) -> str:
    """Return a notebook's cell as Python can read it: one that is Python already stays as it is."""
    return cell if parsed(cell).body else as_python(cell)


def program_of(exercise: Exercise, source: SourceFile, imports: tuple[str, ...] | None = None) -> Program:
    """Return a student's source as the judge runs it for an exercise; `imports` are what the course allows."""
    sheet = exercise.sheet
    return Program(
        name=source.name,
        cells=source.cells,
        notebook=source.notebook,
        entries=sheet.entry_points,
        parameters=dict(exercise.parameters),
        forbidden=sheet.forbidden,
        required=sheet.required,
        modules=source.modules,
        imports=imports,
    )
