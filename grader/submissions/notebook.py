"""The code cells of a Jupyter notebook, as Python source.

Owns the notebook's format: JSON, older versions, and the magics of IPython, which turn into calls of
`get_ipython`. Runs nothing. nbformat and IPython are imported by the first notebook that needs them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from grader.submissions.refusal import refused
from grader.submissions.source import checked

CURRENT = 4
MAGIC = re.compile(r"\A\s|^[ \t]*(?:[%!,;/]|>>>|\.\.\.|In \[)|\?|=[ \t]*[%!]", re.MULTILINE)
"""Finds at least every place that IPython reads differently from Python."""
PYTHON_AS_IT_IS = re.compile(r"\A\s*%%(?:time|capture)\b.*")
"""A first line whose cell is plain Python in the notebook's own variables."""
MOST_MAGIC = 1024 * 1024
"""Characters times magics that are transformed in one notebook; IPython reads a cell once per magic in it."""


def notebook_cells(content: bytes, *, name: str, most: int) -> tuple[str, ...]:
    """Return the code cells of a notebook in order, at most `most` of them."""
    cells = [cell for cell in _cells(_parsed(content, name), name) if cell.get("cell_type") == "code"]
    if len(cells) > most:
        raise refused("too_many_cells", name=name, limit=most)
    return tuple(_transformed([_source(cell, name) for cell in cells]))


def _parsed(content: bytes, name: str) -> Mapping[str, Any]:
    """Return the JSON object of a notebook in the current version of its format."""
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
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


def _transformed(sources: list[str]) -> Iterator[str]:
    """Yield each cell as Python; one that IPython can't read, or not soon enough, stays as it is."""
    spent = 0
    for source in sources:
        python = PYTHON_AS_IT_IS.sub("", source)
        cost = len(python) * sum(1 for _ in MAGIC.finditer(python))
        if 0 < cost <= MOST_MAGIC - spent:
            spent += cost
            python = _as_python(python)
        yield python


def _as_python(source: str) -> str:
    """Return a cell with its magics as calls of `get_ipython()`, or as it is where that fails."""
    from IPython.core.inputtransformer2 import TransformerManager  # noqa: PLC0415 - only a cell with magics needs it

    try:
        return str(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 - IPython is not made for hostile cells either
        return source
