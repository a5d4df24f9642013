"""The notebook that nbgrader keeps of a marked submission, which its pages show: `autograded/<student>/<assignment>/…`.

Owns where it lies, how it is read, and the one of a student who handed in no notebook. Knows no module of nbgrader but
by its `CourseDirectory`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4

from grader.bridges.nbgrader.restore import Release, restored
from grader.bridges.notebook import METADATA
from grader.errors import UserError
from grader.wording.message import message

MINOR = 5
"""The minor version of notebooks whose cells have ids, as nbgrader writes them."""

Notebook = Any


def autograded_path(coursedir: Any, student: str, assignment: str, notebook: str) -> Path:
    """Return where nbgrader keeps a notebook, with a `CourseDirectory` of nbgrader's."""
    return Path(coursedir.format_path(coursedir.autograded_directory, student, assignment), f"{notebook}.ipynb")


def read_notebook(path: Path) -> Notebook:
    """Return a notebook that nbgrader keeps; UserError where it is missing or broken."""
    try:
        notebook = nbformat.from_dict(json.loads(path.read_bytes()))  # type: ignore[no-untyped-call]
        nbformat.validate(notebook, version=v4.nbformat)
        return v4.rwbase.rejoin_lines(notebook)  # type: ignore[no-untyped-call]
    except OSError as problem:
        raise UserError(f"{path} can't be read: {problem.strerror}") from problem
    except Exception as problem:  # what the library makes of a broken notebook is not of one type
        raise UserError(f"{path} is no notebook as nbgrader writes them") from problem


def blank_notebook(release: Release, language: str) -> Notebook:
    """Return the notebook of a student who handed in something else: the cells of the release, without answers."""
    note = v4.new_markdown_cell(message("nbgrader.from_files").text(language))  # type: ignore[no-untyped-call]
    cells = [note, *restored([], release)]
    notebook = v4.new_notebook(cells=cells, metadata=METADATA)  # type: ignore[no-untyped-call]
    notebook.nbformat_minor = MINOR
    return notebook


def notebook_bytes(notebook: Notebook) -> bytes:
    """Return a notebook as its file holds it."""
    return f"{nbformat.writes(notebook)}\n".encode()  # type: ignore[no-untyped-call]
