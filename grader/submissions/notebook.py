"""The code cells of a Jupyter notebook, as they were written.

Owns the notebook's format: JSON and older versions. Runs nothing. nbformat is imported by the first notebook that needs
it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from grader.submissions.limits import spoken_size
from grader.submissions.refusal import refused
from grader.submissions.source import checked, plain_text
from grader.submissions.tally import Tally

CURRENT = 4


def notebook_cells(content: bytes, *, name: str, tally: Tally) -> tuple[str, ...]:
    """Return the code cells of a notebook in order."""
    cells = [cell for cell in _cells(_parsed(content, name), name) if cell.get("cell_type") == "code"]
    if len(cells) > tally.limits.max_cells:
        raise refused("too_many_cells", name=name, limit=tally.limits.max_cells)
    sources = tuple(_source(cell, name) for cell in cells)
    if sum(len(source.encode()) for source in sources) > tally.limits.max_source_bytes:
        raise refused("notebook_code_too_large", name=name, limit=spoken_size(tally.limits.max_source_bytes))
    return sources


def _parsed(content: bytes, name: str) -> Mapping[str, Any]:
    """Return the JSON object of a notebook in the current version of its format."""
    try:
        notebook = json.loads(plain_text(content, name=name))
    except (ValueError, RecursionError) as error:
        raise refused("bad_notebook", name=name) from error
    version = notebook.get("nbformat") if isinstance(notebook, dict) else None
    if not isinstance(version, int):
        raise refused("bad_notebook", name=name)
    if version > CURRENT:
        raise refused("notebook_too_new", name=name, version=version)
    return notebook if version == CURRENT else _upgraded(notebook, name)


def _upgraded(notebook: dict[str, Any], name: str) -> Mapping[str, Any]:
    """Return a notebook of an older version in the current one."""
    import nbformat  # noqa: PLC0415 - few notebooks need it

    try:
        upgraded: Mapping[str, Any] = nbformat.convert(  # type: ignore[no-untyped-call]
            nbformat.from_dict(notebook),  # type: ignore[no-untyped-call]
            CURRENT,
        )
    except Exception as error:  # what the library makes of a hostile notebook is not of one type
        raise refused("bad_notebook", name=name) from error
    return upgraded


def _cells(notebook: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return all cells of a notebook."""
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise refused("bad_notebook", name=name)
    return cells


def _source(cell: Mapping[str, Any], name: str) -> str:
    """Return the text of a cell, which the format stores whole or in lines."""
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise refused("bad_notebook", name=name)
    return checked(source, name=name).replace("\r\n", "\n").replace("\r", "\n")
