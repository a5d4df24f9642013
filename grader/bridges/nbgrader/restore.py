"""A submitted notebook with the cells of its release put right: one cell for each, with the metadata it was given.

Owns which of several cells with one name counts (the last, as for nbgrader) and what becomes of missing ones. Whatever
a student's file says of a cell but its source and type is forgotten. Knows no module of nbgrader but by its records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

from nbformat import v4

from grader.bridges.nbgrader.cells import Cell

SCHEMA = 3
"""The version of nbgrader's metadata that is written."""
MAKERS: Mapping[str, Callable[..., Cell]] = {
    "code": v4.new_code_cell,
    "markdown": v4.new_markdown_cell,
    "raw": v4.new_raw_cell,
}


class ReleasedNotebook(Protocol):
    """What nbgrader's gradebook keeps of a released notebook."""

    source_cells: Iterable[Any]
    grade_cells: Iterable[Any]
    solution_cells: Iterable[Any]
    task_cells: Iterable[Any]


@dataclass(frozen=True)
class Released:
    """One cell of a release that nbgrader knows of."""

    kind: str
    source: str
    locked: bool
    """Whether the source stands in it whatever a student wrote."""
    metadata: Mapping[str, Any]

    @property
    def is_kept(self) -> bool:
        """Whether a notebook without it gets it back: a cell with points, or one that holds an answer."""
        return bool(self.metadata["grade"] or self.metadata["solution"] or self.metadata["task"])


@dataclass(frozen=True)
class Release:
    """The cells of a released notebook by their names, in order."""

    cells: Mapping[str, Released]

    @classmethod
    def of(cls, notebook: ReleasedNotebook) -> Self:
        """Return what the gradebook knows of a notebook."""
        tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
        points = {cell.name: cell.max_score for cell in notebook.grade_cells} | tasks
        solutions = {cell.name for cell in notebook.solution_cells}
        found = {}
        for cell in notebook.source_cells:
            metadata = {
                "schema_version": SCHEMA,
                "grade_id": cell.name,
                "grade": cell.name in points and cell.name not in tasks,
                "solution": cell.name in solutions,
                "task": cell.name in tasks,
                "locked": bool(cell.locked),
                "checksum": cell.checksum,
                "cell_type": cell.cell_type,
            }
            if cell.name in points:
                metadata["points"] = points[cell.name]
            found[cell.name] = Released(cell.cell_type, cell.source or "", bool(cell.locked), metadata)
        return cls(found)


def restored(submitted: Iterable[Any], release: Release) -> list[Cell]:
    """Return the cells of a submitted notebook as the release has them; missing ones stand at the end.

    A missing answer in code comes back empty: its student may have written it elsewhere.
    """
    cells = [made(cell, release) for cell in submitted if isinstance(cell, dict)]
    last = {name_of(cell): index for index, cell in enumerate(cells) if name_of(cell)}
    for index, cell in enumerate(cells):
        if last.get(name_of(cell), index) != index:
            del cell.metadata["nbgrader"]
    missing = [each for name, each in release.cells.items() if name not in last and each.is_kept]
    return cells + [filled(each, "" if each.kind == "code" else each.source) for each in missing]


def made(cell: Mapping[str, Any], release: Release) -> Cell:
    """Return a submitted cell anew: with what the release says of it, or as an ordinary one."""
    source = cell.get("source")
    text = source if isinstance(source, str) else ""
    metadata = cell.get("metadata")
    known = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = known.get("grade_id") if isinstance(known, dict) else None
    if isinstance(name, str) and name in release.cells:
        return filled(release.cells[name], text, cell.get("attachments"))
    return node(str(cell.get("cell_type")), text, {}, cell.get("attachments"))


def filled(released: Released, text: str, attachments: Any = None) -> Cell:
    """Return a cell of the release with a student's text, or its own where it is locked."""
    source = released.source if released.locked else text
    return node(released.kind, source, {"nbgrader": dict(released.metadata)}, attachments)


def node(kind: str, source: str, metadata: Mapping[str, Any], attachments: Any) -> Cell:
    """Return a cell of some kind; one of no known kind is text as it stands."""
    cell = MAKERS.get(kind, MAKERS["raw"])(source, metadata=dict(metadata))
    if kind == "markdown" and isinstance(attachments, dict):
        cell.attachments = attachments
    return cell


def name_of(cell: Cell) -> str:
    """Return the name that a restored cell has in the release, or nothing."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
